# SPDX-License-Identifier: Apache-2.0
"""The address of the desk's settings."""

from django.urls import path

from jiayuan.web.settings import pages

app_name = "settings"
urlpatterns = [path("", pages.overview, name="overview")]
