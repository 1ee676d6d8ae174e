# SPDX-License-Identifier: Apache-2.0
"""Ledgers from elsewhere and what became of each of their rows. The sheets themselves wait packed, and not for long."""

from django.db import models
from django.db.models import Q

from jiayuan.cases.enums import LedgerEnded, LedgerRowState, LedgerState
from jiayuan.cases.models.case import Case
from jiayuan.people.models import Account
from jiayuan.record.events import Ref

_IMPORTED = LedgerRowState.IMPORTED.value


class LedgerMapping(models.Model):
    """What the columns of a shape of sheet say, as an office confirmed it once."""

    area = models.CharField(max_length=12)
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "cases_ledger_mapping"
        constraints = [
            models.UniqueConstraint(fields=["area", "fingerprint"], name="cases_ledger_mapping_once"),
        ]


class LedgerImport(models.Model):
    """One file that was uploaded, and how far its import has come. ``area`` is where its villages are looked for."""

    handle = models.CharField(max_length=11, unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=12)
    source = models.CharField(max_length=12)
    ended = models.CharField(max_length=10, choices=LedgerEnded)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=LedgerState)
    # Telephone numbers stand in ledgers, so the sheets are let go some weeks after they came.
    sheets = models.BinaryField(null=True)
    sheet = models.PositiveSmallIntegerField(default=0)
    columns = models.JSONField(default=dict)
    # Each trial has a number, so that one which was overtaken writes no more.
    trial = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    good = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    imported = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "cases_ledger"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LedgerState.values), name="cases_ledger_state_known"),
            models.CheckConstraint(
                condition=Q(state=LedgerState.DONE.value, ended_at__isnull=False)
                | (~Q(state=LedgerState.DONE.value) & Q(ended_at__isnull=True)),
                name="cases_ledger_done_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-uploaded_at", "-id"], name="cases_ledger_newest"),
            models.Index(fields=["state", "id"], name="cases_ledger_by_state"),
            models.Index(fields=["sha256"], name="cases_ledger_by_file"),
        ]

    @property
    def ref(self) -> Ref:
        """The ledger as events name it."""
        return Ref("ledger", self.pk)


class LedgerRow(models.Model):
    """A row by its number in the sheet. ``digest`` is the same in whatever file it comes; it becomes a case once."""

    ledger = models.ForeignKey(LedgerImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True, default="")
    state = models.CharField(max_length=10, choices=LedgerRowState)
    values = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        db_table = "cases_ledger_row"
        constraints = [
            models.UniqueConstraint(fields=["ledger", "number"], name="cases_ledger_row_number_once"),
            # Two people may import the same rows at the same moment; only here can neither of them overlook the other.
            models.UniqueConstraint(
                fields=["digest"], condition=Q(state=_IMPORTED), name="cases_ledger_row_imported_once"
            ),
            models.CheckConstraint(condition=Q(state__in=LedgerRowState.values), name="cases_ledger_row_state_known"),
            models.CheckConstraint(
                condition=Q(state=_IMPORTED, case__isnull=False)
                | (~Q(state=_IMPORTED) & (Q(case__isnull=True) | Q(state=LedgerRowState.KNOWN.value))),
                name="cases_ledger_row_imported_has_case",
            ),
        ]
        indexes = [models.Index(fields=["ledger", "state", "number"], name="cases_ledger_row_by_state")]
