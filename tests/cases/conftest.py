# SPDX-License-Identifier: Apache-2.0
"""The cast stands on the ground for every test of cases."""

from tests.cast import cast
from tests.ground import committed_ground, ground, small_town

__all__ = ["cast", "committed_ground", "ground", "small_town"]
