# SPDX-License-Identifier: Apache-2.0
"""Addresses of the pages of routing rules."""

from django.urls import path

from jiayuan.web.routing import pages, table, waiting, writing

app_name = "routing"
urlpatterns = [
    path("", pages.rules, name="rules"),
    path("new/", writing.new, name="new"),
    path("places/", pages.find_places, name="places"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("coverage/", pages.coverage, name="coverage"),
    path("table/", table.take_over, name="table"),
    path("table/rules.csv", table.export, name="export"),
    path("<int:number>/", pages.rule, name="rule"),
    path("<int:number>/change/", writing.change, name="change"),
    path("<int:number>/end/", writing.end, name="end"),
    path("<int:number>/back/", writing.back, name="back"),
]
