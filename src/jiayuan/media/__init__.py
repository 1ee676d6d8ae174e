# SPDX-License-Identifier: Apache-2.0
"""Evidence photos: received, read, sealed away, derived for showing, linked to what they prove, and purged in time.

The received bytes stay encrypted in a restricted store; only re-encoded, stripped pictures are ever served. What a
photo proves is an immutable link to a subject named by value, so this room knows no case. It stands on ``record``
and ``people`` and is used by ``cases`` and the rooms above it.
"""
