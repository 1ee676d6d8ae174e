# SPDX-License-Identifier: Apache-2.0
"""The pages of rectification lists: drafted from cases, issued under a number, answered, struck off item by item."""
