# SPDX-License-Identifier: Apache-2.0
"""The tables of the record. ``log`` alone writes events and the head; triggers refuse any change of an event."""

from datetime import date

from django.db import models


class Head(models.Model):
    """One row: the position of the newest event. Its lock orders all commits."""

    id = models.SmallIntegerField(primary_key=True)
    position = models.BigIntegerField()

    class Meta:
        db_table = "record_head"


class StoredEvent(models.Model):
    """One event. Positions are dense and in commit order; rows are never changed and never removed."""

    position = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=60)
    v = models.SmallIntegerField()
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    payload = models.TextField()
    secret_digest = models.BinaryField(max_length=32)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        db_table = "record_event"
        indexes = [models.Index(fields=["subject_kind", "subject_id", "position"], name="record_event_by_subject")]


class Secret(models.Model):
    """The private part of one event and its salt; removed when a person must be forgotten."""

    position = models.BigIntegerField(primary_key=True)
    salt = models.BinaryField(max_length=16)
    body = models.TextField()
    person_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "record_secret"
        indexes = [models.Index(fields=["person_id", "position"], name="record_secret_by_person")]


class Cursor(models.Model):
    """How far a reader has come, and where it stumbles."""

    reader = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0)
    failing_position = models.BigIntegerField(null=True)
    attempts = models.SmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True, default="")
    retry_at = models.DateTimeField(null=True)
    halted = models.BooleanField(default=False)

    class Meta:
        db_table = "record_cursor"


class Parked(models.Model):
    """A subject that a reader leaves out since an event of it could not be applied five times."""

    reader = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    since_position = models.BigIntegerField()
    error = models.CharField(max_length=300)
    parked_at = models.DateTimeField()

    class Meta:
        db_table = "record_parked"
        constraints = [
            models.UniqueConstraint(fields=["reader", "subject_kind", "subject_id"], name="record_parked_once")
        ]


EVER = date(1, 1, 1)
"""The day under which the sum over all days is kept."""


class Counter(models.Model):
    """A number that is a fold of the record: how much of a measure, where, when and of which class."""

    measure = models.CharField(max_length=40)
    level = models.CharField(max_length=10)
    code = models.CharField(max_length=12)
    on = models.DateField()
    class_code = models.CharField(max_length=30)
    n = models.BigIntegerField()

    class Meta:
        db_table = "record_counter"
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "level", "code", "on", "class_code"], name="record_counter_one_number"
            )
        ]
        indexes = [
            # What stands, without the days between: a thousand villages are read however long they are counted.
            models.Index(
                fields=["measure", "level", "code", "class_code"],
                condition=models.Q(on=EVER),
                name="record_counter_standing",
            )
        ]
