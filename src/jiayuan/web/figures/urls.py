# SPDX-License-Identifier: Apache-2.0
"""Addresses of the dashboard."""

from django.urls import path

from jiayuan.web.figures import pages

app_name = "figures"
urlpatterns = [path("", pages.dashboard, name="dashboard")]
