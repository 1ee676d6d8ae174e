# SPDX-License-Identifier: Apache-2.0
"""Addresses of the pages about messages."""

from django.urls import path

from jiayuan.web.notices import pages, words

app_name = "notices"
urlpatterns = [
    path("desk/notices/how/", pages.how, name="how"),
    path("notices/stop/<str:token>/", pages.stop, name="stop"),
    path("desk/settings/notices/", words.kinds, name="kinds"),
    path("desk/settings/notices/<str:kind>/<str:channel>/<str:language>/", words.edit, name="edit"),
]
