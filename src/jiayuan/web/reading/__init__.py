# SPDX-License-Identifier: Apache-2.0
"""How a visitor wants to read: large type or not."""
