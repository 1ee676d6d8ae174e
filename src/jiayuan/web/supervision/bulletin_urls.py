# SPDX-License-Identifier: Apache-2.0
"""Addresses of bulletins, below ``/desk/bulletins/``."""

from django.urls import path

from jiayuan.web.supervision import bulletin_photos, bulletins

app_name = "bulletins"
urlpatterns = [
    path("", bulletins.listing, name="list"),
    path("new/", bulletins.new, name="new"),
    path("<str:handle>/", bulletins.one, name="one"),
    path("<str:handle>/correct/", bulletins.correct, name="correct"),
    path("<str:handle>/parts/<int:number>/", bulletins.edit, name="edit"),
    path("<str:handle>/photos/", bulletin_photos.photos, name="photos"),
    path("<str:handle>/<str:verb>/", bulletins.move, name="move"),
]
