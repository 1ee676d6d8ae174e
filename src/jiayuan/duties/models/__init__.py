# SPDX-License-Identifier: Apache-2.0
"""The tables of the room: lists with versions; zones, guarantors and frontages of places; groups; rotas; whistles."""

from jiayuan.duties.models.frontages import Frontage, FrontageItem, FrontageScheme
from jiayuan.duties.models.groups import Group, GroupMember
from jiayuan.duties.models.lists import Document, DutyEntry, Stamp, Version
from jiayuan.duties.models.rotas import Rota, RotaHand, RotaSwap, RotaTurn
from jiayuan.duties.models.whistles import Whistle, WhistleCase, WhistleText, WhistleUnit
from jiayuan.duties.models.zones import Claim, Guarantee, Zone, ZonePlace

__all__ = [
    "Claim", "Document", "DutyEntry", "Frontage", "FrontageItem", "FrontageScheme", "Group", "GroupMember",
    "Guarantee", "Rota", "RotaHand", "RotaSwap", "RotaTurn", "Stamp", "Version", "Whistle", "WhistleCase",
    "WhistleText", "WhistleUnit", "Zone", "ZonePlace",
]  # fmt: skip
