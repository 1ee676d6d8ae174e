# SPDX-License-Identifier: Apache-2.0
"""Addresses of inspections: the draw for everybody, everything else at the desk."""

from django.urls import path

from jiayuan.web.inspections import appeals, rounds, sheets, visits

app_name = "inspections"
urlpatterns = [
    path("inspections/<str:handle>/draw/", rounds.replay, name="replay"),
    path("desk/inspections/", rounds.home, name="home"),
    path("desk/inspections/plans/new/", rounds.new_plan, name="new_plan"),
    path("desk/inspections/rounds/new/", rounds.new_round, name="new_round"),
    path("desk/inspections/rounds/<str:handle>/", rounds.one, name="round"),
    path("desk/inspections/sheets/", sheets.listing, name="sheets"),
    path("desk/inspections/sheets/new/", sheets.bring, name="bring_sheet"),
    path("desk/inspections/sheets/<slug:code>/<int:number>/", sheets.one, name="sheet"),
    path("desk/inspections/sheets/<slug:code>/<int:number>/table/", sheets.download, name="sheet_table"),
    path("desk/inspections/visits/<int:number>/", visits.one, name="visit"),
    path("desk/inspections/visits/<int:number>/findings/", visits.note, name="note"),
    path("desk/inspections/visits/<int:number>/findings/<int:finding>/", visits.count, name="count"),
    path("desk/inspections/visits/<int:number>/submit/", visits.submit, name="submit"),
    path("desk/inspections/findings/<int:number>/appeal/", appeals.ask, name="appeal"),
    path("desk/inspections/appeals/<int:number>/", appeals.decide, name="decide"),
]
