# SPDX-License-Identifier: Apache-2.0
"""Registers the room with Django."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """The room duties."""

    name = "jiayuan.duties"
    label = "duties"
