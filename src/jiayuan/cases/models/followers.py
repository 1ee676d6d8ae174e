# SPDX-License-Identifier: Apache-2.0
"""Who else saw the same problem and follows its case, and the words by which reports are found."""

from django.db import models
from django.db.models import Q

from jiayuan.cases.enums import ReminderKind
from jiayuan.cases.models.case import Case, Text
from jiayuan.people.models import Person


class Follower(models.Model):
    """Somebody who said "me too", with a receipt code of their own. It stays with the case that was joined.

    When that case is merged, its followers follow the leading one by the case's own link. ``device`` is a keyed digest
    of the browser's random cookie and names nobody.
    """

    handle = models.CharField(max_length=11, unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="followers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    device = models.CharField(max_length=40, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    # What they wrote beside it; it goes when they are forgotten.
    text = models.ForeignKey(Text, on_delete=models.SET_NULL, null=True, db_index=False, related_name="+")
    since = models.DateTimeField()

    class Meta:
        db_table = "cases_follower"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(person__isnull=False), name="cases_follower_person_once"
            ),
            models.UniqueConstraint(
                fields=["case", "device"], condition=~Q(device=""), name="cases_follower_device_once"
            ),
        ]
        indexes = [models.Index(fields=["phone"], name="cases_follower_phone", condition=~Q(phone=""))]


class SearchWords(models.Model):
    """The pairs of characters of one text. It goes with the text, and the full-text index goes with it."""

    text = models.OneToOneField(Text, on_delete=models.CASCADE, primary_key=True, related_name="search_words")
    words = models.TextField()

    class Meta:
        db_table = "cases_search_words"


class Reminder(models.Model):
    """That a unit was reminded of a deadline; once for each deadline and sort, so a moved one is said anew."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=8, choices=ReminderKind)
    due_at = models.DateTimeField()

    class Meta:
        db_table = "cases_reminder"
        constraints = [models.UniqueConstraint(fields=["case", "kind", "due_at"], name="cases_reminder_once")]
