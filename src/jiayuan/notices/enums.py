# SPDX-License-Identifier: Apache-2.0
"""Stored codes of the notices room."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Channel(TextChoices):
    """The ways to a reader. The inbox always gets a notice; the others are asked for."""

    IN_APP = "in_app", pgettext_lazy("notices", "In the inbox here")
    EMAIL = "email", pgettext_lazy("notices", "By e-mail")
    SMS = "sms", pgettext_lazy("notices", "By text message")
    DIGEST = "digest", pgettext_lazy("notices", "In the digest of the day")


OF_ACCOUNTS = (Channel.IN_APP, Channel.EMAIL)
"""The channels of an account; text messages go to those who left a number and have none."""

WRITABLE = (Channel.EMAIL, Channel.SMS)
"""The channels for which a house may write words of its own."""


class Pace(TextChoices):
    """How e-mail reaches an account; the inbox has everything at once whatever is chosen."""

    AT_ONCE = "at_once", pgettext_lazy("notices", "At once, each message by itself")
    DAILY = "daily", pgettext_lazy("notices", "Once a day: on working days at 8, everything new in one e-mail")
    INBOX = "inbox", pgettext_lazy("notices", "No e-mail: only in the inbox here")


class DeliveryState(TextChoices):
    """How far a delivery has come."""

    WAITING = "waiting", pgettext_lazy("notices", "Waiting")
    GATHERED = "gathered", pgettext_lazy("notices", "Waits for the digest")
    SENT = "sent", pgettext_lazy("notices", "Sent")
    GIVEN_UP = "given_up", pgettext_lazy("notices", "Given up")
    DROPPED = "dropped", pgettext_lazy("notices", "No longer needed")


class Urgency(TextChoices):
    """Whether a notice may break the quiet of the night."""

    ORDINARY = "ordinary", pgettext_lazy("notices", "Ordinary")
    EMERGENCY = "emergency", pgettext_lazy("notices", "Emergency")
