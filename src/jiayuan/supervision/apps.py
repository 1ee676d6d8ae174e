# SPDX-License-Identifier: Apache-2.0
"""Registers the room with Django."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """The room supervision."""

    name = "jiayuan.supervision"
    label = "supervision"
