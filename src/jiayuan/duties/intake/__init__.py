# SPDX-License-Identifier: Apache-2.0
"""Words → typed values of the room, from forms or tables, or refusals beside what is wrong. Pure."""

from jiayuan.duties.intake.frontages import FrontageFinders, FrontageInput, SchemeInput, frontage_from, schemes_from
from jiayuan.duties.intake.groups import (
    DissolutionInput,
    GroupInput,
    MemberInput,
    dissolution_from,
    group_from,
    member_from,
)
from jiayuan.duties.intake.lists import (
    HEADINGS,
    MOST_ENTRIES,
    PART_WORDS,
    WHOEVER_GOVERNS,
    DocumentInput,
    Finders,
    Issued,
    Table,
    Wrong,
    contradicting,
    document_from,
    entries_from_table,
    entry_from,
    issued_from,
)
from jiayuan.duties.intake.rotas import MOST_WEEKS, RotaInput, TurnInput, go_from, rota_from, turn_from
from jiayuan.duties.intake.whistles import (
    CallInput,
    Rating,
    WhistleFinders,
    WhistleInput,
    call_from,
    chosen,
    clause_from,
    no_whistle_from,
    rating_from,
    told_from,
    whistle_from,
)
from jiayuan.duties.intake.zones import (
    GuaranteeInput,
    HolderFinders,
    HolderInput,
    ZoneInput,
    end_from,
    guarantee_from,
    holder_from,
    zone_from,
)

__all__ = [
    "HEADINGS", "MOST_ENTRIES", "MOST_WEEKS", "PART_WORDS", "WHOEVER_GOVERNS", "CallInput", "DissolutionInput",
    "DocumentInput", "Finders", "FrontageFinders", "FrontageInput", "GroupInput", "GuaranteeInput", "HolderFinders",
    "HolderInput", "Issued", "MemberInput", "Rating", "RotaInput", "SchemeInput", "Table", "TurnInput",
    "WhistleFinders", "WhistleInput", "Wrong", "ZoneInput", "call_from", "chosen", "clause_from", "contradicting",
    "dissolution_from", "document_from", "end_from", "entries_from_table", "entry_from", "frontage_from", "go_from",
    "group_from", "guarantee_from", "holder_from", "issued_from", "member_from", "no_whistle_from", "rating_from",
    "rota_from", "schemes_from", "told_from", "turn_from", "whistle_from", "zone_from",
]  # fmt: skip
