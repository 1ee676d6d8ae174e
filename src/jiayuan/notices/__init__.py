# SPDX-License-Identifier: Apache-2.0
"""Notices to accounts and their delivery: the in-app inbox, e-mail with retries, and the quiet hours of the night.

A notice is a kind, a subject and a few codes; its words are made when it is read, in the reader's language, so no
personal data is stored or sent. Kinds are held by the roof, because this room knows no room above it. It stands on
``record`` and ``people``.
"""
