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

__all__ = [
    "CaseId", "ask_verify", "close", "dispatch", "erase_old_contacts", "erase_reporter", "feed_back", "file", "find",
    "give_back", "reject", "report", "send_back", "sign",
]  # fmt: skip
