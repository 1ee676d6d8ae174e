# SPDX-License-Identifier: Apache-2.0
"""The cast, for the table of permissions."""

from tests.cast import cast, small_town

__all__ = ["cast", "small_town"]
