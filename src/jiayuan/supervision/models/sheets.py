# SPDX-License-Identifier: Apache-2.0
"""Numbered sheets and their items. Constraints say in the database what the life-cycles say in Python."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jiayuan.cases.models import Case
from jiayuan.kernel.access import Spot
from jiayuan.papers.models import Paper
from jiayuan.people.models import Person
from jiayuan.places.models import Organisation
from jiayuan.record.events import Ref
from jiayuan.standards.models import ProblemClass
from jiayuan.supervision.enums import (
    LIVE,
    Denial,
    ItemState,
    RequestState,
    Rung,
    SheetKind,
    SheetSource,
    SheetState,
    TextKind,
    TimeReason,
    VoidReason,
)

# Plain text, so that migrations never import today's enums.
_LIVE = [state.value for state in LIVE]
_SHEET_ISSUED = [SheetState.ISSUED.value, SheetState.SETTLED.value]
_SHEET_VOID, _SETTLED = SheetState.VOID.value, SheetState.SETTLED.value
_FED_BACK, _STRUCK, _VOID = ItemState.FED_BACK.value, ItemState.STRUCK.value, ItemState.VOID.value


class Sheet(models.Model):
    """A sheet that an office issues to one unit. The columns of reach say where the unit is at home."""

    handle = models.CharField(max_length=11, unique=True)
    client_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=SheetKind)
    state = models.CharField(max_length=7, choices=SheetState)
    version = models.IntegerField(default=0)
    # The code of the office that issues papers.
    office = models.CharField(max_length=32)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # The division at which the unit is at home, and its columns of reach.
    area = models.CharField(max_length=12)
    county = models.CharField(max_length=6, blank=True)
    town = models.CharField(max_length=9, blank=True)
    village = models.CharField(max_length=12, blank=True)
    source = models.CharField(max_length=10, choices=SheetSource)
    # What the sheet goes back to, by value: the code of a round, for instance.
    source_ref = models.CharField(max_length=40, blank=True, default="")
    campaign = models.CharField(max_length=30, blank=True, default="")
    requirement = models.CharField(max_length=400, blank=True, default="")
    # The limit of its items, as the office wrote it: so many working days from the day of issue.
    days = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=60, blank=True, default="")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    issued_on = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=10, blank=True, default="", choices=VoidReason)
    moved_at = models.DateTimeField()

    class Meta:
        db_table = "supervision_sheet"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["made_by", "client_id"], name="supervision_sheet_told_once"),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="supervision_sheet_number_once"),
            models.CheckConstraint(condition=Q(state__in=SheetState.values), name="supervision_sheet_state_known"),
            models.CheckConstraint(condition=Q(kind__in=SheetKind.values), name="supervision_sheet_kind_known"),
            models.CheckConstraint(
                condition=~Q(state__in=_SHEET_ISSUED)
                | Q(issued_at__isnull=False, issued_on__isnull=False, paper__isnull=False) & ~Q(number=""),
                name="supervision_sheet_issued_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(state=_SETTLED, settled_at__isnull=False)
                | (~Q(state=_SETTLED) & Q(settled_at__isnull=True)),
                name="supervision_sheet_settled_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(issued_at__isnull=False), name="supervision_sheet_signed_issued"
            ),
            models.CheckConstraint(
                condition=Q(state=_SHEET_VOID) | Q(void_reason=""), name="supervision_sheet_void_has_reason"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-made_at", "-id"], name="supervision_sheet_newest"),
            models.Index(fields=["county", "-made_at", "-id"], name="supervision_sheet_by_county"),
            models.Index(fields=["town", "-made_at", "-id"], name="supervision_sheet_by_town"),
            models.Index(fields=["unit", "-made_at", "-id"], name="supervision_sheet_by_unit"),
            models.Index(fields=["office", "issued_on"], name="supervision_sheet_by_office"),
        ]

    @property
    def ref(self) -> Ref:
        """The sheet as events name it."""
        return Ref("sheet", self.pk)

    @property
    def spot(self) -> Spot:
        """Where the sheet stands for permission: at the home of its unit, in the hands of its unit."""
        return Spot(code=self.area, unit_id=self.unit_id)


class SheetCopy(models.Model):
    """A unit that reads a sheet although it is not addressed to it."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="copies")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "supervision_copy"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "organisation"], name="supervision_copy_once")
        ]


class Item(models.Model):
    """One problem of a sheet. With a case it follows the case; the issuing side strikes it off all the same."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=ItemState)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    place = models.CharField(max_length=12)
    problem_class = models.ForeignKey(ProblemClass, on_delete=models.PROTECT, null=True, related_name="+")
    # The post that answers inside the unit, never a name.
    responsible = models.CharField(max_length=40, blank=True, default="")
    # Empty while the sheet is a draft.
    due_at = models.DateTimeField(null=True)
    due_is_provisional = models.BooleanField(default=False)
    fed_back_at = models.DateTimeField(null=True)
    struck_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    extensions = models.PositiveSmallIntegerField(default=0)
    refusals = models.PositiveSmallIntegerField(default=0)
    asking = models.BooleanField(default=False)
    rung = models.CharField(max_length=7, choices=Rung)
    rung_since = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=10, blank=True, default="", choices=VoidReason)

    class Meta:
        db_table = "supervision_item"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "number"], name="supervision_item_numbered_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(case__isnull=False, state__in=_LIVE), name="supervision_item_case_once"
            ),
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="supervision_item_state_known"),
            models.CheckConstraint(condition=Q(rung__in=Rung.values), name="supervision_item_rung_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[_FED_BACK, _STRUCK]) | Q(fed_back_at__isnull=False, due_at__isnull=False),
                name="supervision_item_fed_back_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=_STRUCK, struck_at__isnull=False) | (~Q(state=_STRUCK) & Q(struck_at__isnull=True)),
                name="supervision_item_struck_has_moment",
            ),
            models.CheckConstraint(
                condition=(Q(state=_VOID) & ~Q(void_reason="")) | (~Q(state=_VOID) & Q(void_reason="")),
                name="supervision_item_void_has_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], name="supervision_item_running", condition=Q(state="open")),
            models.Index(fields=["case"], name="supervision_item_of_case", condition=Q(case__isnull=False)),
        ]


class ItemText(models.Model):
    """A text that somebody typed about an item, kept apart from events so that it can be erased."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="texts")
    kind = models.CharField(max_length=8, choices=TextKind)
    body = models.TextField(max_length=1000)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "supervision_text"


class Pause(models.Model):
    """A span in which the clock of an item stood still, because its case was shelved or returned."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="pauses")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "supervision_pause"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(until_at__isnull=True), name="supervision_pause_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")), name="supervision_pause_ends_later"
            ),
        ]


class TimeRequest(models.Model):
    """More time that a unit asks for, and what was answered."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="requests")
    state = models.CharField(max_length=7, choices=RequestState)
    reason = models.CharField(max_length=8, choices=TimeReason)
    until = models.DateTimeField()
    text = models.ForeignKey(ItemText, on_delete=models.SET_NULL, null=True, db_index=False, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    denial = models.CharField(max_length=6, blank=True, default="", choices=Denial)

    class Meta:
        db_table = "supervision_time_request"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item"], condition=Q(state="open"), name="supervision_request_one_open"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True) | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="supervision_request_answered",
            ),
        ]
