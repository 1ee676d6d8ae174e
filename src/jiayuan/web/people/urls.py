# SPDX-License-Identifier: Apache-2.0
"""Addresses of the administrator's pages."""

from django.urls import path

from jiayuan.web.people import pages

app_name = "people"
urlpatterns = [
    path("", pages.posts, name="posts"),
    path("accounts/new/", pages.open_account, name="open_account"),
    path("posts/new/", pages.appoint, name="appoint"),
    path("posts/<int:post_id>/end/", pages.end, name="end"),
]
