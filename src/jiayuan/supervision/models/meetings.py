# SPDX-License-Identifier: Apache-2.0
"""Joint meetings: what they talk about, which units were there, and what was decided, by whom to be done."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiayuan.cases.models import Case
from jiayuan.kernel.access import Spot
from jiayuan.papers.models import Paper
from jiayuan.people.models import Person
from jiayuan.places.models import Organisation
from jiayuan.record.events import Ref
from jiayuan.supervision.enums import AgendaKind, Attendance, MeetingState
from jiayuan.supervision.models.sheets import Item


class Meeting(models.Model):
    """A joint meeting of units inside an area. The columns of reach are those of its area."""

    handle = models.CharField(max_length=11, unique=True)
    client_id = models.UUIDField()
    state = models.CharField(max_length=9, choices=MeetingState)
    version = models.IntegerField(default=0)
    office = models.CharField(max_length=32)
    area = models.CharField(max_length=12)
    county = models.CharField(max_length=6, blank=True)
    town = models.CharField(max_length=9, blank=True)
    village = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=80)
    venue = models.CharField(max_length=80, blank=True, default="")
    # The post that leads it, never a name.
    chair = models.CharField(max_length=40, blank=True, default="")
    meets_at = models.DateTimeField()
    # Made up to show how it works; said so wherever it is shown.
    is_example = models.BooleanField(default=False)
    number = models.CharField(max_length=60, blank=True, default="")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()

    class Meta:
        db_table = "supervision_meeting"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["made_by", "client_id"], name="supervision_meeting_told_once"),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="supervision_meeting_number_once"),
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="supervision_meeting_state_known"),
            models.CheckConstraint(
                condition=Q(state="issued", issued_at__isnull=False, paper__isnull=False) & ~Q(number="")
                | ~Q(state="issued") & Q(issued_at__isnull=True, paper__isnull=True, number=""),
                name="supervision_meeting_issued_is_numbered",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-meets_at", "-id"], name="supervision_meeting_newest"),
            models.Index(fields=["county", "-meets_at", "-id"], name="supervision_meeting_by_county"),
        ]

    @property
    def ref(self) -> Ref:
        """The meeting as events name it."""
        return Ref("meeting", self.pk)

    @property
    def spot(self) -> Spot:
        """Where it stands for permission."""
        return Spot(code=self.area)


class Agendum(models.Model):
    """One thing that a meeting talks about: a case, a whistle by its code, or something put into words."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, db_index=False, related_name="agenda")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7, choices=AgendaKind)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    whistle = models.CharField(max_length=11, blank=True, default="")
    matter = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "supervision_agendum"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="supervision_agendum_numbered_once"),
            models.UniqueConstraint(
                fields=["meeting", "case"], condition=Q(case__isnull=False), name="supervision_agendum_case_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "whistle"], condition=~Q(whistle=""), name="supervision_agendum_whistle_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="case", case__isnull=False, whistle="", matter="")
                | Q(kind="whistle", case__isnull=True, matter="") & ~Q(whistle="")
                | Q(kind="matter", case__isnull=True, whistle="") & ~Q(matter=""),
                name="supervision_agendum_is_one_thing",
            ),
        ]


class Decision(models.Model):
    """What a unit does until when. With the minutes it becomes an item of an assignment sheet."""

    agendum = models.ForeignKey(Agendum, on_delete=models.CASCADE, db_index=False, related_name="decisions")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    until = models.DateField()
    item = models.OneToOneField(Item, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "supervision_decision"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agendum", "unit"], name="supervision_decision_one_for_a_unit")
        ]


class Roll(models.Model):
    """A unit that was invited, and whether it was there, by which post."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, db_index=False, related_name="rolls")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    attendance = models.CharField(max_length=7, choices=Attendance, default=Attendance.INVITED)
    post = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        db_table = "supervision_roll"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "unit"], name="supervision_roll_once"),
            models.CheckConstraint(
                condition=Q(attendance__in=Attendance.values), name="supervision_roll_attendance_known"
            ),
        ]
