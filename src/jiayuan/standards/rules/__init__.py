# SPDX-License-Identifier: Apache-2.0
"""Pure rules of the room: the work calendar, deadlines, plain words, settings. No Django and no clock in here."""
