# SPDX-License-Identifier: Apache-2.0
"""Addresses of the dashboard and of the indicators."""

from django.urls import path

from jiayuan.web.figures import indicators, pages

app_name = "figures"
urlpatterns = [
    path("", pages.dashboard, name="dashboard"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators.csv", indicators.indicators_csv, name="indicators_csv"),
    path("proof/<slug:code>/", indicators.proof, name="proof"),
]
