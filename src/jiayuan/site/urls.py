# SPDX-License-Identifier: Apache-2.0
"""The root of all addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("jiayuan.web.front.urls")),
    path("", include("jiayuan.web.checks.urls")),
    path("", include("jiayuan.web.cases.urls")),
    path("desk/", include("jiayuan.web.desk.urls")),
    path("desk/clearing/", include("jiayuan.web.clearing.urls")),
    path("desk/bulletins/", include("jiayuan.web.supervision.bulletin_urls")),
    path("desk/sheets/", include("jiayuan.web.supervision.urls")),
    path("desk/people/", include("jiayuan.web.people.urls")),
    path("", include("jiayuan.web.notices.urls")),
    path("desk/settings/", include("jiayuan.web.settings.urls")),
    path("desk/routing/", include("jiayuan.web.routing.urls")),
    path("desk/figures/", include("jiayuan.web.figures.urls")),
    path("desk/ledgers/", include("jiayuan.web.ledger.urls")),
    path("", include("jiayuan.web.guide.urls")),
    path("", include("jiayuan.web.duties.urls")),
    path("", include("jiayuan.web.papers.urls")),
    path("", include("jiayuan.web.inspections.urls")),
    path("desk/whistles/", include("jiayuan.web.whistles.urls")),
    path("desk/photos/", include("jiayuan.web.releases.urls")),
    path("media/", include("jiayuan.web.media.urls")),
    path("reading/", include("jiayuan.web.reading.urls")),
    path("parts/", include("jiayuan.web.gallery.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
]

handler400 = "jiayuan.web.errors.pages.bad_request"
handler403 = "jiayuan.web.errors.pages.not_allowed"
handler404 = "jiayuan.web.errors.pages.not_found"
handler500 = "jiayuan.web.errors.pages.broken"
