# SPDX-License-Identifier: Apache-2.0
"""Registers the room with Django."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """The room papers."""

    name = "jiayuan.papers"
    label = "papers"
