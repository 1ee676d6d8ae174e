# SPDX-License-Identifier: Apache-2.0
"""The only writers of the notices room."""

from jiayuan.notices.services.choosing import prefer, stop_mail
from jiayuan.notices.services.delivering import deliver_due, mark_read, notify, notify_holder
from jiayuan.notices.services.gathering import digest_due
from jiayuan.notices.services.wording import write_words

__all__ = [
    "deliver_due", "digest_due", "mark_read", "notify", "notify_holder", "prefer", "stop_mail", "write_words",
]  # fmt: skip
