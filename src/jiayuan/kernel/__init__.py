# SPDX-License-Identifier: Apache-2.0
"""What every room stands on: the clock, refusals, commands, access by area, life-cycle tables, handles and limits.

Nothing here knows a campaign. It imports no other room.
"""
