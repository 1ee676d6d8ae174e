# SPDX-License-Identifier: Apache-2.0
"""Addresses of photos, below ``/media/``."""

from django.urls import path

from jiayuan.web.media import pages

app_name = "media"
urlpatterns = [path("<uuid:handle>/<slug:variant>", pages.photo, name="photo")]
