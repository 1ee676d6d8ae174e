# SPDX-License-Identifier: Apache-2.0
"""Addresses of lists: for residents, and at the desk."""

from django.urls import path

from jiayuan.web.duties import desk, public

app_name = "duties"
urlpatterns = [
    path("duties/", public.browse, name="browse"),
    path("desk/duties/", desk.documents, name="documents"),
    path("desk/duties/new/", desk.new, name="new"),
    path("desk/duties/template/", desk.template, name="template"),
    path("desk/duties/<slug:code>/<int:number>/", desk.version, name="version"),
    path("desk/duties/<slug:code>/<int:number>/table/", desk.download, name="table"),
    path("desk/duties/<slug:code>/draft/", desk.draft, name="draft"),
    path("desk/duties/<slug:code>/draft/entry/", desk.entry, name="entry"),
    path("desk/duties/<slug:code>/import/", desk.bring, name="import"),
    path("desk/duties/<slug:code>/publish/", desk.publish, name="publish"),
]
