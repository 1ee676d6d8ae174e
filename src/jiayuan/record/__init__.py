# SPDX-License-Identifier: Apache-2.0
"""The record: one append-only table of what happened, and everything that reads it.

It owns events, their canonical bytes and leaves, readers with cursors, and counters. It knows no other room: kinds of
events, readers and folds are handed to it by ``site/wiring.py``.
"""
