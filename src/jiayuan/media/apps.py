# SPDX-License-Identifier: Apache-2.0
"""Registers the room with Django."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """The room media."""

    name = "jiayuan.media"
    label = "media"
