# SPDX-License-Identifier: Apache-2.0
"""Addresses of the front door."""

from django.urls import path

from jiayuan.web.front import pages

app_name = "front"
urlpatterns = [
    path("", pages.home, name="home"),
    path("privacy/", pages.privacy, name="privacy"),
    path("about-the-data/", pages.shapes, name="shapes"),
]
