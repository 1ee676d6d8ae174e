# SPDX-License-Identifier: Apache-2.0
"""Addresses of the pages of ledgers."""

from django.urls import path

from jiayuan.web.ledger import pages

app_name = "ledger"
urlpatterns = [
    path("", pages.upload, name="upload"),
    path("<str:handle>/", pages.ledger_page, name="ledger"),
    path("<str:handle>/columns/", pages.columns, name="columns"),
    path("<str:handle>/import/", pages.let_in, name="import"),
    path("<str:handle>/wrong.xlsx", pages.wrong_rows, name="wrong"),
]
