# SPDX-License-Identifier: Apache-2.0
"""What the record keeps of notices: nothing yet.

A notice follows from an event that the record already has, and a delivery is a row with its own attempts and outcome;
writing them into the record again would make it grow with every reader.
"""

from jiayuan.record.events import Event

EVENTS: tuple[type[Event], ...] = ()
