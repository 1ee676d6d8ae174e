# SPDX-License-Identifier: Apache-2.0
"""Local stores: whole files or none, under exactly the key that the row will name."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage

from jiayuan.media.storage import DurableFiles, fetch, put
from tests.media.story import files

KEY = "media/2025/01/7a0e/thumb"


def test_a_second_writing_replaces_the_first_and_leaves_no_parts(tmp_path: Path) -> None:
    store = DurableFiles(location=tmp_path)

    put(store, KEY, b"half")
    put(store, KEY, b"the whole picture")

    assert fetch(store, KEY) == b"the whole picture"
    assert files(tmp_path) == {KEY}


def test_a_disk_that_fails_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = DurableFiles(location=tmp_path)
    put(store, KEY, b"whole")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(store, KEY, b"new")

    assert fetch(store, KEY) == b"whole"
    assert files(tmp_path) == {KEY}


def test_deleting_takes_the_empty_folder_along_and_twice_is_no_error(tmp_path: Path) -> None:
    store = DurableFiles(location=tmp_path)
    put(store, KEY, b"x")

    store.delete(KEY)
    store.delete(KEY)

    assert not (tmp_path / KEY).parent.exists()


def test_a_folder_with_another_variant_stays(tmp_path: Path) -> None:
    store = DurableFiles(location=tmp_path)
    put(store, KEY, b"x")
    put(store, KEY.replace("thumb", "large"), b"y")

    store.delete(KEY)

    assert files(tmp_path) == {KEY.replace("thumb", "large")}


def test_a_backend_that_renames_instead_of_overwriting_is_refused(tmp_path: Path) -> None:
    store = FileSystemStorage(location=tmp_path)
    put(store, KEY, b"x")

    with pytest.raises(ImproperlyConfigured, match="overwrite"):
        put(store, KEY, b"y")

    assert files(tmp_path) == {KEY}


def test_no_key_leads_out_of_the_store(tmp_path: Path) -> None:
    with pytest.raises(SuspiciousFileOperation):
        put(DurableFiles(location=tmp_path / "store"), "../outside", b"x")
