# SPDX-License-Identifier: Apache-2.0
"""Rows for loaders: made without ceremony, stored as the ORM would store them."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from jiayuan.cases.enums import Stage
from jiayuan.cases.models import Timer
from jiayuan.kernel import bulk
from jiayuan.media.models import Photo
from tests.cast import MORNING

HANDLE = UUID("00000000-0000-4000-8000-000000000001")


def photo() -> Photo:
    return bulk.row(
        Photo,
        id=7,
        handle=HANDLE,
        state="derived",
        received_at=MORNING,
        received_on=MORNING.date(),
        received_bytes=0,
        width=8,
        height=8,
        dhash=-5,
        taken_at=MORNING - timedelta(microseconds=1),
    )


def test_a_row_has_the_same_values_as_a_model() -> None:
    made = bulk.row(Timer, case_id=3, stage=Stage.HANDLE, started_at=MORNING)

    usual = Timer(case_id=3, stage=Stage.HANDLE, started_at=MORNING)
    fields = [field.attname for field in Timer._meta.concrete_fields]
    assert [getattr(made, name) for name in fields] == [getattr(usual, name) for name in fields]
    assert made._state.adding


def test_a_name_that_no_column_has_is_refused() -> None:
    with pytest.raises(TypeError, match="stges"):
        bulk.row(Timer, stges=Stage.HANDLE)


@pytest.mark.django_db
def test_what_was_inserted_is_read_as_it_was() -> None:
    bulk.insert([photo()])

    read = Photo.objects.get()
    assert read.handle == HANDLE
    assert read.taken_at == MORNING - timedelta(microseconds=1)
    assert (read.dhash, read.lon, read.purge_after, read.software) == (-5, None, None, "")


@pytest.mark.django_db
def test_the_room_that_loading_takes_is_given_back() -> None:
    def kept() -> int:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size")
            return int(cursor.fetchone()[0])

    if connection.vendor != "sqlite":
        pytest.skip("only SQLite is told")
    before = kept()
    with bulk.roomy():
        assert kept() == -bulk.CACHE_KIB
    assert kept() == before
