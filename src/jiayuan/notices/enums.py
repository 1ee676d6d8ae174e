# SPDX-License-Identifier: Apache-2.0
"""Stored codes of the notices room."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Channel(TextChoices):
    """The ways to a reader. The inbox always gets a notice; the others are asked for."""

    IN_APP = "in_app", pgettext_lazy("notices", "In the inbox here")
    EMAIL = "email", pgettext_lazy("notices", "By e-mail")
    SMS = "sms", pgettext_lazy("notices", "By text message")


OF_ACCOUNTS = (Channel.IN_APP, Channel.EMAIL)
"""The channels of an account; text messages go to those who left a number and have none."""


class DeliveryState(TextChoices):
    """How far a delivery has come."""

    WAITING = "waiting", pgettext_lazy("notices", "Waiting")
    SENT = "sent", pgettext_lazy("notices", "Sent")
    GIVEN_UP = "given_up", pgettext_lazy("notices", "Given up")
    DROPPED = "dropped", pgettext_lazy("notices", "No longer needed")


class Urgency(TextChoices):
    """Whether a notice may break the quiet of the night."""

    ORDINARY = "ordinary", pgettext_lazy("notices", "Ordinary")
    EMERGENCY = "emergency", pgettext_lazy("notices", "Emergency")
