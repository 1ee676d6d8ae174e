# SPDX-License-Identifier: Apache-2.0
"""Filters that templates load by name."""
