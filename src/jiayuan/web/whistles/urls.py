# SPDX-License-Identifier: Apache-2.0
"""Addresses of whistles, below ``/desk/whistles/``."""

from django.urls import path

from jiayuan.web.whistles import board, pages

app_name = "whistles"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("new/", pages.new, name="new"),
    path("board/", board.board, name="board"),
    path("<str:handle>/", pages.whistle, name="whistle"),
    path("<str:handle>/<slug:verb>/", pages.make_move, name="move"),
    path("<str:handle>/units/<int:unit_id>/<slug:verb>/", pages.make_unit_move, name="unit_move"),
]
