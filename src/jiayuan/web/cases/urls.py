# SPDX-License-Identifier: Apache-2.0
"""Addresses of the pages of cases."""

from django.urls import path

from jiayuan.web.cases import beside, bulk, desk, export, lists, map, receipt, register, replies, report, sheet

app_name = "cases"
urlpatterns = [
    path("report/", report.make, name="report"),
    path("report/places/", report.find_places, name="places"),
    path("report/same/", report.find_same, name="same"),
    path("r/", receipt.look_up, name="look_up"),
    path("r/<str:handle>/", receipt.status, name="status"),
    path("r/<str:handle>/reopen/", receipt.reopen, name="reopen"),
    path("desk/cases/", lists.listing, name="list"),
    path("desk/cases/map/", map.page, name="map"),
    path("desk/cases/map/points/", map.points, name="points"),
    path("desk/cases/export/<str:form>/", export.export, name="export"),
    path("desk/cases/bulk/", bulk.bulk, name="bulk"),
    path("desk/cases/lists/save/", lists.save, name="save_list"),
    path("desk/cases/lists/forget/", lists.forget, name="forget_list"),
    path("desk/cases/<str:handle>/note/", beside.write, name="note"),
    path("desk/cases/<str:handle>/beside/", beside.beside, name="beside"),
    path("desk/replies/take-out/", replies.take_out, name="take_out_reply"),
    path("desk/replies/add/", replies.add, name="add_reply"),
    path("desk/replies/", replies.page, name="replies"),
    path("desk/cases/new/", register.register, name="register"),
    path("desk/cases/new/same/", register.find_same, name="register_same"),
    path("desk/cases/<str:handle>/", desk.case_page, name="case"),
    path("desk/cases/<str:handle>/sheet/", sheet.sheet, name="sheet"),
    path("desk/cases/<str:handle>/same/", desk.likely_same, name="likely_same"),
    path("desk/cases/<str:handle>/<str:verb>/", desk.make_move, name="move"),
]
