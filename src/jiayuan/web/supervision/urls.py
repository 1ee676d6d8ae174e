# SPDX-License-Identifier: Apache-2.0
"""Addresses of sheets, below ``/desk/sheets/``."""

from django.urls import path

from jiayuan.web.supervision import drafting, moves, pages

app_name = "supervision"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("new/", drafting.new, name="new"),
    path("<str:handle>/", pages.one, name="one"),
    path("<str:handle>/draft/", drafting.change, name="change"),
    path("<str:handle>/strike-off/", moves.strike_off_many, name="strike_off"),
    path("<str:handle>/<str:verb>/", moves.move_sheet, name="move_sheet"),
    path("<str:handle>/items/<int:number>/<str:verb>/", moves.move_item, name="move"),
]
