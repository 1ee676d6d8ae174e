# SPDX-License-Identifier: Apache-2.0
"""Addresses of the pages of clearing lists, below ``/desk/clearing/``."""

from django.urls import path

from jiayuan.web.clearing import town, village

app_name = "clearing"
urlpatterns = [
    path("", village.listing, name="list"),
    path("new/", village.begin, name="begin"),
    path("draw/", town.draw, name="draw"),
    path("samples/<int:sample_id>/", town.sample_page, name="sample"),
    path("samples/<int:sample_id>/decide/", town.decide, name="decide"),
    path("<str:handle>/", village.list_page, name="one"),
    path("<str:handle>/sheet/", village.sheet, name="sheet"),
    path("<str:handle>/rows/", village.add_row, name="add"),
    path("<str:handle>/rows/<int:number>/clear/", village.clear_row, name="clear"),
    path("<str:handle>/rows/<int:number>/amend/", village.amend_row, name="amend"),
    path("<str:handle>/rows/<int:number>/strike/", village.strike_row, name="strike"),
    path("<str:handle>/hand-in/", village.hand_in, name="hand_in"),
    path("<str:handle>/void/", village.void, name="void"),
    path("<str:handle>/take-back/", town.take_back, name="take_back"),
]
