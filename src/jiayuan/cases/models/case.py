# SPDX-License-Identifier: Apache-2.0
"""The tables of cases. Constraints say in the database what the life-cycle says in Python."""

from django.db import models
from django.db.models import F, Q

from jiayuan.cases.enums import ENDED, HANDLED, SIGNED_FOR, TAKEN_ON, WITH_UNIT, CallBackResult, Source, State, TextKind
from jiayuan.kernel.access import Spot
from jiayuan.people.models import Person
from jiayuan.places.models import Organisation
from jiayuan.record.events import Ref
from jiayuan.standards.models import FilingCondition, ProblemClass

# Plain text, so that migrations never import today's enums.
_ENDED = [state.value for state in ENDED]
_WITH_UNIT = [state.value for state in WITH_UNIT]
_KEEPS_UNIT = [*_WITH_UNIT, State.CLOSED.value]
_TAKEN_ON = [state.value for state in TAKEN_ON]
_SIGNED_FOR = [state.value for state in SIGNED_FOR]
_HANDLED = [state.value for state in HANDLED]
_REJECTED = State.REJECTED.value
_CLOSED = State.CLOSED.value


class Case(models.Model):
    """One problem at one place. ``county``, ``town`` and ``village`` are as of filing and never follow a merger."""

    handle = models.CharField(max_length=11, unique=True)
    client_id = models.UUIDField()
    source = models.CharField(max_length=12, choices=Source)
    state = models.CharField(max_length=12, choices=State)
    version = models.IntegerField(default=0)

    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    village = models.CharField(max_length=12)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    accuracy_m = models.IntegerField(null=True)
    position_source = models.CharField(max_length=12, blank=True, default="")

    problem_class = models.ForeignKey(ProblemClass, on_delete=models.PROTECT, related_name="+")
    tile = models.CharField(max_length=20, blank=True, default="")
    condition = models.ForeignKey(FilingCondition, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")

    reported_at = models.DateTimeField()
    reported_on = models.DateField()
    filed_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_is_provisional = models.BooleanField(default=False)
    signed_at = models.DateTimeField(null=True)
    fed_back_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()
    in_time = models.BooleanField(null=True)
    refusal = models.CharField(max_length=12, blank=True, default="")
    reworks = models.SmallIntegerField(default=0)
    returns = models.SmallIntegerField(default=0)
    reporter = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    quantity = models.PositiveIntegerField(default=1)
    outside_number = models.CharField(max_length=40, blank=True, default="")
    outside_due_at = models.DateTimeField(null=True)
    urgent = models.BooleanField(default=False)
    forced = models.BooleanField(default=False)
    # What somebody asked and nobody has answered yet: codes of RequestKind, by spaces.
    asking = models.CharField(max_length=40, blank=True, default="")
    extensions = models.SmallIntegerField(default=0)
    shelvings = models.SmallIntegerField(default=0)
    shelved_until = models.DateField(null=True)
    reopens = models.SmallIntegerField(default=0)
    appealed = models.BooleanField(default=False)
    # Late, but not to be counted so: an appeal was upheld. ``in_time`` keeps saying what happened.
    excused = models.BooleanField(default=False)
    handed_in = models.SmallIntegerField(default=0)
    callback = models.CharField(max_length=12, choices=CallBackResult, blank=True, default="")
    me_toos = models.PositiveIntegerField(default=0)
    void_reason = models.CharField(max_length=12, blank=True, default="")
    returned_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_index=False, related_name="merged")
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_index=False, related_name="parts")
    relapse_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_index=False, related_name="relapses")
    checker = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        db_table = "cases_case"
        constraints = [
            models.UniqueConstraint(fields=["source", "client_id"], name="cases_case_told_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="cases_case_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=_ENDED, ended_at__isnull=False)
                | (~Q(state__in=_ENDED) & Q(ended_at__isnull=True)),
                name="cases_case_ended_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_WITH_UNIT)
                | Q(unit__isnull=False, due_at__isnull=False, dispatched_at__isnull=False, condition__isnull=False),
                name="cases_case_with_unit_has_due",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_KEEPS_UNIT, unit__isnull=False)
                | (~Q(state__in=_KEEPS_UNIT) & Q(unit__isnull=True, due_at__isnull=True)),
                name="cases_case_unit_while_in_hand",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_TAKEN_ON) | Q(filed_at__isnull=False, condition__isnull=False),
                name="cases_case_taken_on_was_filed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_SIGNED_FOR) | Q(signed_at__isnull=False) | Q(state=_CLOSED, forced=True),
                name="cases_case_handled_was_signed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_HANDLED, fed_back_at__isnull=False, in_time__isnull=False)
                | Q(state=_CLOSED, forced=True, in_time__isnull=False)
                | (~Q(state__in=_HANDLED) & Q(in_time__isnull=True)),
                name="cases_case_in_time_once_fed_back",
            ),
            models.CheckConstraint(
                condition=(Q(state=_REJECTED) & ~Q(refusal="")) | (~Q(state=_REJECTED) & Q(refusal="")),
                name="cases_case_rejected_has_reason",
            ),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="cases_case_source_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("reported_at")),
                name="cases_case_ends_after_start",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.VOID.value) & ~Q(void_reason=""))
                | (~Q(state=State.VOID.value) & Q(void_reason="")),
                name="cases_case_void_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=State.MERGED.value, merged_into__isnull=False)
                | (~Q(state=State.MERGED.value) & Q(merged_into__isnull=True)),
                name="cases_case_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="cases_case_merged_into_another"
            ),
            models.CheckConstraint(
                condition=Q(state=State.SHELVED.value, shelved_until__isnull=False)
                | (~Q(state=State.SHELVED.value) & Q(shelved_until__isnull=True)),
                name="cases_case_shelved_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=State.RETURNED.value, returned_by__isnull=False)
                | (~Q(state=State.RETURNED.value) & Q(returned_by__isnull=True)),
                name="cases_case_returned_by_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(excused=False) | Q(state=_CLOSED, in_time=False, appealed=True),
                name="cases_case_excused_was_late",
            ),
            models.CheckConstraint(condition=Q(forced=False) | Q(state=_CLOSED), name="cases_case_forced_is_closed"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="cases_case_quantity_positive"),
        ]
        # A list is equality on one area column, perhaps one state, in the order of the list; nothing else may scan.
        indexes = [
            models.Index(fields=["-reported_at", "-id"], name="cases_newest"),
            models.Index(fields=["state", "-reported_at", "-id"], name="cases_by_state"),
            models.Index(fields=["county", "-reported_at", "-id"], name="cases_by_county"),
            models.Index(fields=["county", "state", "-reported_at", "-id"], name="cases_by_county_state"),
            models.Index(fields=["town", "-reported_at", "-id"], name="cases_by_town"),
            models.Index(fields=["town", "state", "-reported_at", "-id"], name="cases_by_town_state"),
            models.Index(fields=["village", "-reported_at", "-id"], name="cases_by_village"),
            models.Index(fields=["unit", "state", "due_at", "id"], name="cases_by_unit"),
            models.Index(fields=["state", "due_at", "id"], name="cases_due"),
            # Whole in itself: a map of the city adds up what the index holds and never looks at the rows.
            models.Index(
                fields=["lon", "lat", "state", "county", "town", "id"],
                name="cases_on_map",
                condition=Q(lon__isnull=False),
            ),
            models.Index(fields=["county", "state", "due_at", "id"], name="cases_due_in_county"),
            models.Index(fields=["town", "state", "due_at", "id"], name="cases_due_in_town"),
            # Few cases wait for an answer, are shelved or are bound to another: indexes of those alone stay small.
            models.Index(fields=["county", "asking", "moved_at"], name="cases_asking", condition=~Q(asking="")),
            models.Index(fields=["shelved_until"], name="cases_shelved", condition=Q(shelved_until__isnull=False)),
            models.Index(fields=["merged_into"], name="cases_merged", condition=Q(merged_into__isnull=False)),
            models.Index(fields=["split_from"], name="cases_split", condition=Q(split_from__isnull=False)),
            models.Index(fields=["relapse_of"], name="cases_relapsed", condition=Q(relapse_of__isnull=False)),
            models.Index(fields=["checker", "state"], name="cases_by_checker", condition=Q(checker__isnull=False)),
            models.Index(fields=["outside_number"], name="cases_by_outside_number", condition=~Q(outside_number="")),
            # What was seen near a point, whatever village it was booked to.
            models.Index(fields=["lat", "lon"], name="cases_by_position", condition=Q(lat__isnull=False)),
        ]

    @property
    def ref(self) -> Ref:
        """The case as events name it."""
        return Ref("case", self.pk)

    @property
    def spot(self) -> Spot:
        """Where the case stands for permission."""
        return Spot(code=self.village, unit_id=self.unit_id)

    @property
    def asked(self) -> frozenset[str]:
        """What somebody asked and nobody has answered yet."""
        return frozenset(self.asking.split())


class Text(models.Model):
    """A text that somebody typed, kept apart from events so that it can be erased."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="texts")
    kind = models.CharField(max_length=8, choices=TextKind)
    body = models.TextField(max_length=2000)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "cases_text"


class Contact(models.Model):
    """How to reach the reporter, given freely; seen by triage alone, never by the handling unit."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="contact")
    name = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10)

    class Meta:
        db_table = "cases_contact"
        indexes = [models.Index(fields=["phone"], name="cases_contact_phone", condition=~Q(phone=""))]
