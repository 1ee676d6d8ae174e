# SPDX-License-Identifier: Apache-2.0
"""Addresses of papers. That of the verification stands on printed paper and never changes."""

from django.urls import path

from jiayuan.web.papers import desk, pages, verifying

app_name = "papers"
urlpatterns = [
    path("papers/verify/", verifying.find, name="find"),
    path("papers/verify/<str:handle>/", verifying.verify, name="verify"),
    path("papers/<str:handle>/", pages.paper, name="paper"),
    path("papers/<str:handle>/figures/<int:number>/", pages.figure, name="figure"),
    path("papers/<str:handle>/<slug:ending>/", pages.download, name="file"),
    path("desk/papers/", desk.papers, name="list"),
    path("desk/papers/<str:handle>/void/", desk.void, name="void"),
]
