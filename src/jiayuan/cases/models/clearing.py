# SPDX-License-Identifier: Apache-2.0
"""The tables of what villages clear by themselves: lists, their rows, the town's samples, and what has been counted.

``county``, ``town`` and ``village`` are as of the day on which a list was begun and never follow a merger.
"""

from django.db import models
from django.db.models import Q

from jiayuan.cases.enums import ListState, ListTextKind, ListVoid, RowFlaw, RowState
from jiayuan.cases.models.case import Case
from jiayuan.kernel.access import Spot
from jiayuan.people.models import Person
from jiayuan.record.events import Ref
from jiayuan.standards.models import ProblemClass

# Plain text, so that migrations never import today's enums.
_HANDED_IN = ListState.HANDED_IN.value
_WAS_HANDED_IN = [ListState.HANDED_IN.value, ListState.ACCEPTED.value, ListState.REOPENED.value]
_LIST_VOID = ListState.VOID.value
_WAS_CLEARED = [RowState.CLEARED.value, RowState.ACCEPTED.value, RowState.FAILED.value]
_FAILED = RowState.FAILED.value


class ClearingSample(models.Model):
    """A draw from the rows that one village cleared in one week; drawn once, decided once."""

    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    village = models.CharField(max_length=12)
    week = models.CharField(max_length=8)
    seed = models.CharField(max_length=64)
    percent = models.SmallIntegerField()
    eligible = models.IntegerField()
    size = models.IntegerField()
    digest = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    failed = models.IntegerField(default=0)

    class Meta:
        db_table = "cases_clearing_sample"
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gte=1) & Q(size__lte=models.F("eligible")), name="cases_sample_size_in_bounds"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=False) | Q(failed=0), name="cases_sample_fails_once_decided"
            ),
        ]
        indexes = [
            models.Index(fields=["village", "week", "id"], name="cases_sample_by_week"),
            models.Index(fields=["town", "-drawn_at", "-id"], name="cases_sample_by_town"),
        ]

    @property
    def spot(self) -> Spot:
        """Where the sample stands for permission."""
        return Spot(code=self.village)


class ClearingList(models.Model):
    """What a village, team or collector found and clears without anybody sending it: 环境整治清单."""

    handle = models.CharField(max_length=11, unique=True)
    client_id = models.UUIDField()
    state = models.CharField(max_length=9, choices=ListState)
    version = models.IntegerField(default=0)
    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    village = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    made_on = models.DateField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    # The ISO week of the latest handing in, in which the list is drawn from; empty before.
    week = models.CharField(max_length=8, blank=True, default="")
    sample = models.ForeignKey(ClearingSample, on_delete=models.PROTECT, null=True, related_name="lists")
    decided_at = models.DateTimeField(null=True)
    reopens = models.SmallIntegerField(default=0)
    void_reason = models.CharField(max_length=9, blank=True, default="", choices=ListVoid)
    moved_at = models.DateTimeField()
    # Not a column: what the team calls itself, where a query read it along from the erasable texts.
    team = ""

    class Meta:
        db_table = "cases_clearing_list"
        constraints = [
            models.UniqueConstraint(fields=["made_by", "client_id"], name="cases_list_told_once"),
            models.CheckConstraint(condition=Q(state__in=ListState.values), name="cases_list_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=_WAS_HANDED_IN) | (Q(handed_in_at__isnull=False) & ~Q(week="")),
                name="cases_list_handed_in_has_week",
            ),
            models.CheckConstraint(
                condition=Q(sample__isnull=True) | Q(state=_HANDED_IN), name="cases_list_drawn_only_handed_in"
            ),
            models.CheckConstraint(
                condition=(Q(state=_LIST_VOID) & ~Q(void_reason="")) | (~Q(state=_LIST_VOID) & Q(void_reason="")),
                name="cases_list_void_has_reason",
            ),
        ]
        # A list of lists is equality on one area column, perhaps states, in the order of the page.
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="cases_list_newest"),
            models.Index(fields=["county", "-made_at", "-id"], name="cases_list_by_county"),
            models.Index(fields=["town", "-made_at", "-id"], name="cases_list_by_town"),
            models.Index(fields=["village", "-made_at", "-id"], name="cases_list_by_village"),
            models.Index(fields=["state", "town", "village", "week"], name="cases_list_waiting"),
        ]

    @property
    def ref(self) -> Ref:
        """The list as events name it."""
        return Ref("clearing_list", self.pk)

    @property
    def spot(self) -> Spot:
        """Where the list stands for permission."""
        return Spot(code=self.village)


class ClearingRow(models.Model):
    """One row of a list: a kind of heap at a place, how many, and one pair of pictures."""

    list = models.ForeignKey(ClearingList, on_delete=models.CASCADE, related_name="rows")
    client_id = models.UUIDField()
    number = models.SmallIntegerField()
    problem_class = models.ForeignKey(ProblemClass, on_delete=models.PROTECT, related_name="+")
    quantity = models.IntegerField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    accuracy_m = models.IntegerField(null=True)
    position_source = models.CharField(max_length=12, blank=True, default="")
    state = models.CharField(max_length=8, choices=RowState)
    listed_at = models.DateTimeField()
    listed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, related_name="clearing_row")
    # Not a column: where exactly, read along from the erasable texts.
    place_text = ""

    class Meta:
        db_table = "cases_clearing_row"
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="cases_row_numbered_once"),
            models.UniqueConstraint(fields=["list", "client_id"], name="cases_row_told_once"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="cases_row_state_known"),
            models.CheckConstraint(condition=Q(quantity__gte=1) & Q(number__gte=1), name="cases_row_counts"),
            models.CheckConstraint(
                condition=~Q(state__in=_WAS_CLEARED) | Q(cleared_at__isnull=False), name="cases_row_cleared_has_moment"
            ),
            models.CheckConstraint(
                condition=Q(state=_FAILED, case__isnull=False) | (~Q(state=_FAILED) & Q(case__isnull=True)),
                name="cases_row_failed_has_case",
            ),
        ]

    @property
    def ref(self) -> Ref:
        """The row as the links of its pictures name it."""
        return Ref("clearing_row", self.pk)


class ClearingDraw(models.Model):
    """A row that was drawn, and what was found."""

    sample = models.ForeignKey(ClearingSample, on_delete=models.CASCADE, related_name="draws")
    row = models.ForeignKey(ClearingRow, on_delete=models.PROTECT, related_name="draws")
    place = models.SmallIntegerField()
    passed = models.BooleanField(null=True)
    flaw = models.CharField(max_length=11, blank=True, default="", choices=RowFlaw)

    class Meta:
        db_table = "cases_clearing_draw"
        constraints = [
            models.UniqueConstraint(fields=["sample", "row"], name="cases_draw_row_once"),
            models.UniqueConstraint(fields=["sample", "place"], name="cases_draw_in_order"),
            models.CheckConstraint(
                condition=Q(passed=False) & ~Q(flaw="") | (Q(passed__isnull=True) | Q(passed=True)) & Q(flaw=""),
                name="cases_draw_failed_has_flaw",
            ),
        ]


class ClearingCount(models.Model):
    """What counts as cleared by a village itself: one line when a row is accepted, its negative when that is undone.

    A figure as of a day is the sum of the lines up to that day, and the lines are the proof of it.
    """

    row = models.ForeignKey(ClearingRow, on_delete=models.CASCADE, related_name="counts")
    problem_class = models.ForeignKey(ProblemClass, on_delete=models.PROTECT, related_name="+")
    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    village = models.CharField(max_length=12)
    on = models.DateField()
    quantity = models.IntegerField()

    class Meta:
        db_table = "cases_clearing_count"
        constraints = [models.CheckConstraint(condition=~Q(quantity=0), name="cases_count_is_something")]
        indexes = [models.Index(fields=["problem_class", "on", "quantity"], name="cases_count_by_class")]


class ClearingText(models.Model):
    """A text that somebody typed on a list, kept apart from events so that it can be erased."""

    list = models.ForeignKey(ClearingList, on_delete=models.CASCADE, related_name="texts")
    row = models.ForeignKey(ClearingRow, on_delete=models.CASCADE, null=True, related_name="texts")
    kind = models.CharField(max_length=5, choices=ListTextKind)
    body = models.TextField(max_length=200)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "cases_clearing_text"
