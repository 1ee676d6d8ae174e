# SPDX-License-Identifier: Apache-2.0
"""Addresses of checks. They stand before those of cases, which read any word after a handle as a move."""

from django.urls import path

from jiayuan.web.checks import pages

app_name = "checks"
urlpatterns = [
    path("desk/cases/<str:handle>/check/", pages.check, name="check"),
    path("desk/cases/<str:handle>/check/<slug:verb>/", pages.decide, name="decide"),
    path("desk/cases/<str:handle>/redraw/", pages.redraw, name="redraw"),
]
