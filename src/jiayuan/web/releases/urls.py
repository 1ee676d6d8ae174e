# SPDX-License-Identifier: Apache-2.0
"""Addresses of the pages of photos for the public, below ``/desk/photos/``."""

from django.urls import path

from jiayuan.web.releases import asking, pages

app_name = "releases"
urlpatterns = [
    path("", pages.queue, name="queue"),
    path("<uuid:handle>/", pages.one, name="one"),
    path("<uuid:handle>/ask/", asking.ask, name="ask"),
    path("<uuid:handle>/decide/", pages.decide, name="decide"),
]
