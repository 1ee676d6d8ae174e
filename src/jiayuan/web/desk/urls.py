# SPDX-License-Identifier: Apache-2.0
"""Addresses of the desk's own pages."""

from django.urls import path

from jiayuan.web.desk import pages

app_name = "desk"
urlpatterns = [
    path("", pages.todo, name="todo"),
    path("notices/", pages.inbox, name="inbox"),
    path("notices/read/", pages.read_all, name="read_all"),
]
