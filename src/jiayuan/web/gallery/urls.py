# SPDX-License-Identifier: Apache-2.0
"""Addresses of the gallery."""

from django.urls import path

from jiayuan.web.gallery import pages

app_name = "gallery"
urlpatterns = [path("", pages.public_parts, name="public"), path("desk/", pages.desk_parts, name="desk")]
