# SPDX-License-Identifier: Apache-2.0
"""What the desk keeps beside cases: saved lists, exports, standard replies, internal notes with who is to read them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from jiayuan.cases.enums import Form
from jiayuan.cases.models.case import Case
from jiayuan.people.models import Person
from jiayuan.places.models import Organisation
from jiayuan.record.events import Ref
from jiayuan.standards.models import ProblemClass


class SavedList(models.Model):
    """A list somebody comes back to: its address and columns. Without a name it holds the person's usual columns."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Colleagues of this unit see it too.
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=20, blank=True, default="")
    address = models.CharField(max_length=500, blank=True, default="")
    columns = models.CharField(max_length=200, blank=True, default="")
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "cases_saved_list"
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="cases_saved_list_named_once"),
            models.CheckConstraint(
                condition=~Q(name="") | Q(address="", unit__isnull=True), name="cases_saved_list_nameless_is_own"
            ),
        ]


class Export(models.Model):
    """That a list left the house: who took how much of what. What it said is not kept."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    form = models.CharField(max_length=4, choices=Form)
    rows = models.PositiveIntegerField()
    address = models.CharField(max_length=500, blank=True, default="")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "cases_export"

    @property
    def ref(self) -> Ref:
        """The export as events name it."""
        return Ref("export", self.pk)


class Reply(models.Model):
    """A sentence that is written often, offered beside the note of a move, for the cases of an area."""

    area = models.CharField(max_length=12)
    # Empty: beside every note.
    verb = models.CharField(max_length=20, blank=True, default="")
    problem_class = models.ForeignKey(ProblemClass, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.CharField(max_length=200)
    is_off = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "cases_reply"
        verbose_name_plural = "replies"
        constraints = [models.CheckConstraint(condition=~Q(body=""), name="cases_reply_says_something")]

    @property
    def ref(self) -> Ref:
        """The reply as events name it."""
        return Ref("reply", self.pk)


class Note(models.Model):
    """A word among colleagues about a case; the handling unit reads it only when it was marked for the unit."""

    client_id = models.UUIDField(unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # The unit for which the author wrote; none when they wrote for the desk.
    author_unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    body = models.TextField(max_length=1000)
    for_unit = models.BooleanField(default=False)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "cases_note"
        constraints = [
            models.CheckConstraint(
                condition=Q(author_unit__isnull=True) | Q(for_unit=True), name="cases_note_of_unit_is_for_unit"
            ),
        ]


class Mention(models.Model):
    """That a note calls on somebody."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="mentions")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "cases_mention"
        constraints = [models.UniqueConstraint(fields=["note", "account"], name="cases_mention_once")]
