# SPDX-License-Identifier: Apache-2.0
"""The work guide: its pages for staff and for residents, its past, and writing in it."""
