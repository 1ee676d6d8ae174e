# SPDX-License-Identifier: Apache-2.0
"""The commands of cases, one module per subject: the only writers. Each reads load, require, decide, write, record."""

from jiayuan.cases.services.moves import (
    CaseId,
    ask_verify,
    close,
    dispatch,
    erase_old_contacts,
    erase_reporter,
    feed_back,
    file,
    find,
    give_back,
    reject,
    report,
    send_back,
    sign,
)
from jiayuan.cases.services.routing import (
    change_rule,
    dispatch_by_rule,
    end_rule,
    keep_rules,
    make_rule,
    take_back,
)
from jiayuan.cases.services.routing_figures import dispatch_at_once, keep_count

__all__ = [
    "CaseId",
    "ask_verify",
    "change_rule",
    "close",
    "dispatch",
    "dispatch_at_once",
    "dispatch_by_rule",
    "end_rule",
    "erase_old_contacts",
    "erase_reporter",
    "feed_back",
    "file",
    "find",
    "give_back",
    "keep_count",
    "keep_rules",
    "make_rule",
    "reject",
    "report",
    "send_back",
    "sign",
    "take_back",
]  # fmt: skip
