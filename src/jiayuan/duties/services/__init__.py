# SPDX-License-Identifier: Apache-2.0
"""What is done in the room: lists, zones, guarantors, frontages, and whistles blown and answered."""

from jiayuan.duties.services.frontages import (
    add_scheme,
    correct_frontage,
    end_frontage,
    load_frontages,
    load_schemes,
    sign_frontage,
)
from jiayuan.duties.services.groups import (
    correct_group,
    correct_member,
    dissolve_group,
    end_member,
    found_group,
    load_groups,
    name_member,
)
from jiayuan.duties.services.lists import (
    fill_draft,
    load_lists,
    make_draft,
    open_document,
    publish,
    take_entry_out,
    write_entry,
)
from jiayuan.duties.services.loading import load_answers
from jiayuan.duties.services.rotas import (
    add_turn,
    correct_rota,
    draw_rota,
    end_rota,
    end_turn,
    load_rotas,
    renew_card,
)
from jiayuan.duties.services.swaps import ask_swap, take_swap, withdraw_swap
from jiayuan.duties.services.whistle_clocks import recompute_whistles, remind_of_whistles
from jiayuan.duties.services.whistle_units import (
    arrive_at_whistle,
    insist_on_unit,
    refuse_whistle,
    release_unit,
    sign_whistle,
    tell_measures,
    tell_result,
)
from jiayuan.duties.services.whistles import (
    apply_for_whistle,
    approve_whistle,
    assign_whistle,
    dismiss_whistle,
    erase_whistler,
    link_case,
    rate_whistle,
    turn_whistle_down,
    withdraw_whistle,
)
from jiayuan.duties.services.zones import (
    claim,
    correct_claim,
    correct_guarantee,
    correct_zone,
    end_claim,
    end_guarantee,
    end_zone,
    guarantee,
    open_zone,
)

__all__ = [
    "add_scheme", "add_turn", "apply_for_whistle", "approve_whistle", "arrive_at_whistle", "ask_swap",
    "assign_whistle", "claim", "correct_claim", "correct_frontage", "correct_group", "correct_guarantee",
    "correct_member", "correct_rota", "correct_zone", "dismiss_whistle", "dissolve_group", "draw_rota", "end_claim",
    "end_frontage", "end_guarantee", "end_member", "end_rota", "end_turn", "end_zone", "erase_whistler", "fill_draft",
    "found_group", "guarantee", "insist_on_unit", "link_case", "load_answers", "load_frontages", "load_groups",
    "load_lists", "load_rotas", "load_schemes", "make_draft", "name_member", "open_document", "open_zone", "publish",
    "rate_whistle", "recompute_whistles", "refuse_whistle", "release_unit", "remind_of_whistles", "renew_card",
    "sign_frontage", "sign_whistle", "take_entry_out", "take_swap", "tell_measures", "tell_result",
    "turn_whistle_down", "withdraw_swap", "withdraw_whistle", "write_entry",
]  # fmt: skip
