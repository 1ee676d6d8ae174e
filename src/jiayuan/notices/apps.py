# SPDX-License-Identifier: Apache-2.0
"""Registers the room with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The room notices."""

    name = "jiayuan.notices"
    label = "notices"
