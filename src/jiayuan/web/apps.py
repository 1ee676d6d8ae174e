# SPDX-License-Identifier: Apache-2.0
"""Registers the door with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, templates and filters; no tables."""

    name = "jiayuan.web"
    label = "web"
