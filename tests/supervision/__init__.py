# SPDX-License-Identifier: Apache-2.0
"""Tests of rectification lists and of how hard they are pressed."""
