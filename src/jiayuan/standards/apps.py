# SPDX-License-Identifier: Apache-2.0
"""Registers the room with Django."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """The room standards."""

    name = "jiayuan.standards"
    label = "standards"
