# SPDX-License-Identifier: Apache-2.0
"""The pages of what villages clear by themselves: lists and rows for the village, draws and verdicts for the town."""
