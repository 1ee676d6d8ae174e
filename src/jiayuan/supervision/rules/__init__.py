# SPDX-License-Identifier: Apache-2.0
"""What the room decides, without Django: balances of lists, who presses next, and what a colour says."""
