# SPDX-License-Identifier: Apache-2.0
"""Registers the room with Django."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """The room inspections."""

    name = "jiayuan.inspections"
    label = "inspections"
