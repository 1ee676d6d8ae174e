# SPDX-License-Identifier: Apache-2.0
"""Sends the limiter's and the cache's tables to files of their own, so that they never wait for the business data."""

from typing import Any

from django.conf import settings


class SideTables:
    """A Django database router for the two tables that are not the city's memory."""

    def _home(self, app_label: str, model_name: str | None) -> str:
        if app_label == "kernel" and model_name == "limitwindow":
            return str(settings.LIMITS_DB)
        return str(settings.CACHE_DB) if app_label == "django_cache" else "default"

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        """The database that holds this model's table."""
        return self._home(model._meta.app_label, model._meta.model_name)

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **_hints: Any) -> bool:
        """Whether this model's table belongs into that database."""
        return db == self._home(app_label, model_name)
