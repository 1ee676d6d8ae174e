# SPDX-License-Identifier: Apache-2.0
"""Addresses of the work guide: at the desk, and the pages that residents may read."""

from django.urls import path

from jiayuan.web.guide import pages

app_name = "guide"
urlpatterns = [
    path("guide/", pages.public_contents, name="public_contents"),
    path("guide/<slug:code>/", pages.public_page, name="public_page"),
    path("desk/guide/", pages.contents, name="contents"),
    path("desk/guide/new/", pages.new, name="new"),
    path("desk/guide/<slug:code>/", pages.page, name="page"),
    path("desk/guide/<slug:code>/history/", pages.history, name="history"),
    path("desk/guide/<slug:code>/edit/", pages.edit, name="edit"),
]
