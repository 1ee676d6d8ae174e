# SPDX-License-Identifier: Apache-2.0
"""./jiayuan demo and run call this: tables, pages' files, the city, the standards and, for the demo, its cases."""

from argparse import ArgumentParser
from collections.abc import Callable
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connection
from typing_extensions import override

from jiayuan.site.setup import digest, files_under, holds, leave, step


class Command(BaseCommand):
    """Make everything ready that the server and the worker need; what stands already is left alone."""

    help = "Make tables, pages' files and the city ready."
    requires_system_checks: list[str] = []

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """How far to go: to the ground alone, to the pages as well, or to the demonstration's cases."""
        parser.add_argument("--ground", action="store_true")
        parser.add_argument("--demonstration", action="store_true")

    @override
    def handle(self, *_args: Any, ground: bool, demonstration: bool, **_options: Any) -> None:
        """Do each step that its stamp does not spare."""
        await_files = _static_files() if not ground else None
        if settings.DEMO and not (Path(settings.VAR) / "stamps" / "ground").exists():
            _synchronous("OFF")
        with step("Tables"):
            _tables()
        if settings.DEMO:
            _city()
        if demonstration:
            _once("The demonstration's cases", [], lambda: _quietly("demo_load"))
            _once("Sample papers", [], lambda: _quietly("papers", "demonstrate"))
        if await_files is not None:
            await_files()
        _synchronous("FULL")
        leave(Path(settings.VAR) / "stamps" / "ground", "")


def _synchronous(how: str) -> None:
    """Whether each commit waits for the disk. A demonstration in the making need not: lost power begins it anew."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous = {how}")
            cursor.execute("PRAGMA wal_checkpoint")


def _city() -> None:
    """The demonstration's city and standards. A city of its own loads what it decided on, by hand."""
    data = Path(settings.BASE) / "data"
    pack = files_under(data / settings.CITY_PACK)
    _once("The city", pack, lambda: _quietly("places", "load", settings.CITY_PACK))
    _once("Standards", files_under(data / "standards"), lambda: _quietly("standards", "load"))
    lists = data / settings.CITY_PACK / "duties"
    _once("Responsibility lists", files_under(lists), lambda: _quietly("duties", "load", str(lists)))
    offices = data / settings.CITY_PACK / "papers"
    _once("Offices and their marks", files_under(offices), lambda: _quietly("papers", "load", str(offices)))
    sheets = data / "inspections"
    _once("Score sheets", files_under(sheets), lambda: _quietly("inspections", "load", str(sheets)))
    _once("The work guide", files_under(data / "guide"), lambda: _quietly("guide", "load"))


def _tables() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    if settings.LIMITS_DB != DEFAULT_DB_ALIAS:
        # Its one table is the kernel's; to walk through the migrations of all rooms for it would take as long again.
        call_command("migrate", "kernel", database=settings.LIMITS_DB, interactive=False, verbosity=0)
    call_command("createcachetable", database=settings.CACHE_DB, verbosity=0)


def _quietly(*command: str) -> None:
    """Run a command whose tallies would drown the steps; what it warns of is still shown."""
    call_command(*command, stdout=StringIO())


def _static_files() -> Callable[[], None] | None:
    """Begin to gather the pages' files beside everything else; what waits for them, or nothing while they stand.

    In a process that is split off before a connection is open, for two must never share one.
    """
    static = [path for folder in settings.STATICFILES_DIRS for path in files_under(Path(folder))]
    title = "Files of the pages"
    stamp, value = _stamp(title, static)
    if holds(stamp, value):
        return None
    options = {"interactive": False, "verbosity": 0}
    beside = get_context("fork").Process(target=call_command, args=("collectstatic",), kwargs=options)
    beside.start()

    def wait() -> None:
        with step(title):
            beside.join()
        if beside.exitcode:
            raise CommandError("The files of the pages could not be gathered.")
        leave(stamp, value)

    return wait


def _once(title: str, files: list[Path], work: Callable[[], object]) -> None:
    """Do a step when what it is made from has changed since its stamp."""
    stamp, value = _stamp(title, files)
    if holds(stamp, value):
        return
    with step(title):
        work()
    leave(stamp, value)


def _stamp(title: str, files: list[Path]) -> tuple[Path, str]:
    stamp = Path(settings.VAR) / "stamps" / title.lower().replace(" ", "-").replace("'", "")
    return stamp, digest(files, str(settings.DATABASES["default"]["NAME"]))
