# SPDX-License-Identifier: Apache-2.0
"""Addresses of the reading switches."""

from django.urls import path

from jiayuan.web.reading import pages

app_name = "reading"
urlpatterns = [path("type/", pages.choose_type, name="type")]
