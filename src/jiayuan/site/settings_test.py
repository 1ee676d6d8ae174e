# SPDX-License-Identifier: Apache-2.0
"""Settings of the suite: SQLite or PostgreSQL by JIAYUAN_TEST_DATABASE_URL, strict templates, no queue, no hashing."""

import os
import tempfile
from pathlib import Path
from typing import Any

from typing_extensions import override

os.environ["JIAYUAN_MODE"] = "test"
os.environ["JIAYUAN_DATABASE_URL"] = os.environ.get("JIAYUAN_TEST_DATABASE_URL", "")
os.environ["JIAYUAN_DEMO_OFFSET_SECONDS"] = "0"
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["JIAYUAN_VAR"] = str(Path(tempfile.gettempdir()) / f"jiayuan-test-{os.getuid()}-{os.getppid()}-{_worker}")

from jiayuan.site.settings import *  # noqa: E402, F403 – the suite's settings are the product's, made stricter
from jiayuan.site.settings import CONFIG, DATABASES, STORAGES, TEMPLATES, VAR  # noqa: E402

VAR.mkdir(parents=True, exist_ok=True)


class UnknownVariable(str):
    """Fails the test that renders a variable nobody passed: silence would hide the fault from everyone."""

    __slots__ = ()

    @override
    def __mod__(self, missing: object) -> str:
        raise AssertionError(f"unknown template variable {missing}")

    @override
    def __contains__(self, item: object) -> bool:
        return item == "%s"


_template_options: dict[str, Any] = TEMPLATES[0]["OPTIONS"]  # type: ignore[assignment]
_template_options["string_if_invalid"] = UnknownVariable("%s")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
JOBS_IMMEDIATE = True
PARTS_GALLERY = True
DEMO = True
LIMITS_DB = CACHE_DB = "default"
_default = DATABASES["default"]
if CONFIG.database_url:
    # The suite opens and closes databases of its own; a pool would hold connections across that.
    _default["OPTIONS"].pop("pool")
else:
    # A file, not memory: threads, the live server and the kill tests see the same database.
    _default["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
    _default["OPTIONS"]["init_command"] = _default["OPTIONS"]["init_command"].replace("=FULL", "=OFF", 1)
DATABASES = {"default": _default}
DATABASE_ROUTERS = []
