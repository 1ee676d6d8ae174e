# SPDX-License-Identifier: Apache-2.0
"""Addresses of the pages of cases."""

from django.urls import path

from jiayuan.web.cases import desk, report

app_name = "cases"
urlpatterns = [
    path("report/", report.make, name="report"),
    path("report/places/", report.find_places, name="places"),
    path("r/", report.look_up, name="look_up"),
    path("r/<str:handle>/", report.status, name="status"),
    path("desk/cases/", desk.listing, name="list"),
    path("desk/cases/<str:handle>/", desk.case_page, name="case"),
    path("desk/cases/<str:handle>/<str:verb>/", desk.make_move, name="move"),
]
