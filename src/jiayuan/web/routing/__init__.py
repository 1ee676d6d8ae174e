# SPDX-License-Identifier: Apache-2.0
"""The desk's pages of routing rules: which unit a case goes to, tried out before it holds."""
