# SPDX-License-Identifier: Apache-2.0
"""What surrounds a case's course: clocks of its stages, requests and their answers, call-backs, looks back."""

from django.db import models
from django.db.models import F, Q

from jiayuan.cases.enums import (
    CallBackResult,
    LookBackResult,
    PauseReason,
    RequestKind,
    RequestState,
    Stage,
)
from jiayuan.cases.models.case import Case, Text
from jiayuan.places.models import Organisation
from jiayuan.standards.enums import LimitKind

_OPEN = RequestState.OPEN.value


class Timer(models.Model):
    """The clock of one stage of a case. ``fixed`` when its end was granted as a date and no longer follows the limit.

    A check and a pause are never charged to the handling unit: its stage has ended or its clock stands still.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="timers")
    stage = models.CharField(max_length=8, choices=Stage)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    limit_kind = models.CharField(max_length=16, blank=True, default="")
    limit_value = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    is_provisional = models.BooleanField(default=False)
    fixed = models.BooleanField(default=False)
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_timer"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "stage"], condition=Q(ended_at__isnull=True), name="cases_timer_one_runs"
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="cases_timer_stage_known"),
            models.CheckConstraint(
                condition=Q(limit_kind="", due_at__isnull=True)
                | Q(limit_kind__in=[kind.value for kind in LimitKind], due_at__isnull=False)
                | Q(limit_kind="", fixed=True, due_at__isnull=False),
                name="cases_timer_limit_has_due",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="cases_timer_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(paused_at__isnull=True), name="cases_timer_ended_is_not_paused"
            ),
        ]
        indexes = [
            models.Index(
                fields=["is_provisional"],
                name="cases_timer_provisional",
                condition=Q(is_provisional=True, ended_at__isnull=True),
            ),
            models.Index(fields=["due_at", "id"], name="cases_timer_running", condition=Q(ended_at__isnull=True)),
        ]


class Pause(models.Model):
    """A span in which a clock stood still, and why."""

    timer = models.ForeignKey(Timer, on_delete=models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=8, choices=PauseReason)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_pause"
        constraints = [
            models.UniqueConstraint(fields=["timer"], condition=Q(until_at__isnull=True), name="cases_pause_one_open"),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")), name="cases_pause_ends_later"
            ),
        ]


class CalendarMark(models.Model):
    """That a year of the work calendar was confirmed, and up to which case deadlines were computed anew since."""

    year = models.PositiveSmallIntegerField(unique=True)
    marked_at = models.DateTimeField()
    reached = models.BigIntegerField(default=0)

    class Meta:
        db_table = "cases_calendar_mark"


class Request(models.Model):
    """Something asked of a case – more time, shelving, an appeal, reopening – and how it was answered."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=10, choices=RequestKind)
    state = models.CharField(max_length=8, choices=RequestState, default=RequestState.OPEN)
    reason = models.CharField(max_length=16)
    text = models.ForeignKey(Text, on_delete=models.SET_NULL, null=True, db_index=False, related_name="+")
    until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    supported = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    denial = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        db_table = "cases_request"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(state=_OPEN), name="cases_request_one_open_of_a_kind"
            ),
            models.CheckConstraint(condition=Q(kind__in=RequestKind.values), name="cases_request_kind_known"),
            models.CheckConstraint(
                condition=Q(state=_OPEN, answered_at__isnull=True) | (~Q(state=_OPEN) & Q(answered_at__isnull=False)),
                name="cases_request_answered_has_moment",
            ),
        ]
        indexes = [models.Index(fields=["case", "kind", "asked_at"], name="cases_request_of_case")]


class CallBack(models.Model):
    """What a reporter said when called back after closing."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="call_backs")
    result = models.CharField(max_length=12, choices=CallBackResult)
    reason = models.CharField(max_length=16, blank=True, default="")
    text = models.ForeignKey(Text, on_delete=models.SET_NULL, null=True, db_index=False, related_name="+")
    called_at = models.DateTimeField()

    class Meta:
        db_table = "cases_call_back"
        constraints = [
            models.CheckConstraint(condition=Q(result__in=CallBackResult.values), name="cases_call_back_result_known"),
            models.CheckConstraint(
                condition=~Q(result=CallBackResult.UNSATISFIED.value) | ~Q(reason=""),
                name="cases_call_back_discontent_has_reason",
            ),
        ]


class LookBack(models.Model):
    """A look at a closed case's place; a relapse is a new case that names the old one."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="look_backs")
    result = models.CharField(max_length=8, choices=LookBackResult)
    relapse = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    looked_at = models.DateTimeField()

    class Meta:
        db_table = "cases_look_back"
        constraints = [
            models.CheckConstraint(
                condition=Q(result=LookBackResult.RELAPSED.value, relapse__isnull=False)
                | Q(result=LookBackResult.HOLDS.value, relapse__isnull=True),
                name="cases_look_back_relapse_is_a_case",
            ),
        ]
