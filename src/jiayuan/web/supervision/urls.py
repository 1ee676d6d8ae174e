# SPDX-License-Identifier: Apache-2.0
"""Addresses of sheets, below ``/desk/sheets/``."""

from django.urls import path

from jiayuan.web.supervision import drafting, meeting_moves, meetings, moves, pages, talks, urgings

app_name = "supervision"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("new/", drafting.new, name="new"),
    path("rounds/<str:handle>/", drafting.from_round, name="from_round"),
    path("urgings/", urgings.listing, name="urgings"),
    path("urgings/<str:handle>/", urgings.one, name="urging"),
    path("urgings/<str:handle>/<str:verb>/", urgings.make_move, name="move_urging"),
    path("talks/", talks.listing, name="talks"),
    path("talks/new/", talks.new, name="new_talk"),
    path("talks/<str:handle>/", talks.one, name="talk"),
    path("talks/<str:handle>/<str:verb>/", talks.make_move, name="move_talk"),
    path("meetings/", meetings.listing, name="meetings"),
    path("meetings/new/", meetings.new, name="new_meeting"),
    path("meetings/<str:handle>/", meetings.one, name="meeting"),
    path("meetings/<str:handle>/<str:verb>/", meeting_moves.make_move, name="move_meeting"),
    path("<str:handle>/", pages.one, name="one"),
    path("<str:handle>/draft/", drafting.change, name="change"),
    path("<str:handle>/strike-off/", moves.strike_off_many, name="strike_off"),
    path("<str:handle>/<str:verb>/", moves.move_sheet, name="move_sheet"),
    path("<str:handle>/items/<int:number>/urge/", urgings.new, name="urge"),
    path("<str:handle>/items/<int:number>/<str:verb>/", moves.move_item, name="move"),
]
