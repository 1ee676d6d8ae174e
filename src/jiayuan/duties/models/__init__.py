# SPDX-License-Identifier: Apache-2.0
"""The tables of the room: lists as documents with versions; zones with their claims, and guarantors of places."""

from jiayuan.duties.models.lists import Document, DutyEntry, Stamp, Version
from jiayuan.duties.models.zones import Claim, Guarantee, Zone, ZonePlace

__all__ = ["Claim", "Document", "DutyEntry", "Guarantee", "Stamp", "Version", "Zone", "ZonePlace"]
