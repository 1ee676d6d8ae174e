# SPDX-License-Identifier: Apache-2.0
"""Registers the room with Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The room cases."""

    name = "jiayuan.cases"
    label = "cases"
