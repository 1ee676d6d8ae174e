# SPDX-License-Identifier: Apache-2.0
"""The tables of the notices room."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from jiayuan.notices.enums import DeliveryState
from jiayuan.record.events import Ref


class Notice(models.Model):
    """One thing one account should know. ``params`` is JSON of codes and integers; the words are made when read.

    Without an account it is for somebody who left a telephone number: ``holder`` and ``holder_id`` say whose, and the
    number stays where it was left. ``key`` tells notices apart that no event stands behind, such as a deadline.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="notices")
    holder = models.CharField(max_length=10, blank=True, default="")
    holder_id = models.BigIntegerField(null=True)
    language = models.CharField(max_length=10, blank=True, default="")
    key = models.CharField(max_length=60, blank=True, default="")
    kind = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    params = models.TextField()
    # Where in the record the reason stands: telling an account twice of one event is impossible.
    event_position = models.BigIntegerField()
    created_at = models.DateTimeField()
    created_on = models.DateField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "event_position", "kind", "key"], name="notices_notice_once"),
            models.UniqueConstraint(
                fields=["holder", "holder_id", "event_position", "kind"],
                condition=~Q(holder=""),
                name="notices_notice_once_to_a_holder",
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=False, holder="", holder_id__isnull=True)
                | (Q(account__isnull=True, holder_id__isnull=False) & ~Q(holder="")),
                name="notices_notice_for_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-id"], name="notices_inbox"),
            models.Index(fields=["account"], name="notices_unread", condition=Q(read_at__isnull=True)),
        ]


class Delivery(models.Model):
    """One way of one notice to its reader. ``key`` goes along, so that a repeated delivery can be recognised."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10)
    key = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=10)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=60, blank=True, default="")
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    # The digest that took this delivery along; a digest is a delivery itself, of the newest notice in it.
    digest = models.ForeignKey("self", models.PROTECT, null=True, related_name="gathered")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="notices_delivery_once"),
            models.CheckConstraint(
                name="notices_delivery_waiting_has_time",
                condition=Q(state=DeliveryState.WAITING, next_try_at__isnull=False)
                | (~Q(state=DeliveryState.WAITING) & Q(next_try_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="notices_delivery_sent_has_time",
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], name="notices_delivery_due", condition=Q(state="waiting")),
            models.Index(fields=["notice"], name="notices_delivery_gathered", condition=Q(state="gathered")),
        ]


class Preference(models.Model):
    """How a channel reaches an account; without a row it is at once."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences")
    channel = models.CharField(max_length=10)
    pace = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "channel"], name="notices_preference_once")]


class NoticeTemplate(models.Model):
    """The house's own words of a kind of notice in one language on one channel; without any, the shipped ones hold.

    Only ever added to: the highest version holds, and one with an empty body means the shipped words again.
    """

    kind = models.CharField(max_length=70)
    language = models.CharField(max_length=10)
    channel = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120, blank=True, default="")
    body = models.TextField(blank=True, default="")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language", "channel", "version"], name="notices_template_version_once"
            ),
        ]

    @property
    def ref(self) -> Ref:
        """The version as the subject of an event."""
        return Ref("notice_template", self.pk)
