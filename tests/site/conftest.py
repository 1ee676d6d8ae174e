# SPDX-License-Identifier: Apache-2.0
"""The demonstration's own city under the tests of the roof."""

from tests.ground import suizhou

__all__ = ["suizhou"]
