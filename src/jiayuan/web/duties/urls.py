# SPDX-License-Identifier: Apache-2.0
"""Addresses of lists: for residents, and at the desk."""

from django.urls import path

from jiayuan.web.duties import desk, frontages, groups, here, public, rotas, weeks, zones

app_name = "duties"
urlpatterns = [
    path("duties/", public.browse, name="browse"),
    path("duties/here/", here.here, name="here"),
    path("desk/duties/guarantors/", zones.guarantors, name="guarantors"),
    path("desk/duties/guarantors/new/", zones.new_guarantor, name="new_guarantor"),
    path("desk/duties/guarantors/<int:number>/", zones.guarantor, name="guarantor"),
    path("desk/duties/zones/", zones.zones, name="zones"),
    path("desk/duties/zones/new/", zones.new_zone, name="new_zone"),
    path("desk/duties/zones/<int:number>/", zones.zone, name="zone"),
    path("desk/duties/zones/<int:number>/claims/new/", zones.new_claim, name="new_claim"),
    path("desk/duties/zones/<int:number>/claims/<int:held>/", zones.claim, name="claim"),
    path("duties/groups/", groups.browse, name="browse_groups"),
    path("duties/groups/<int:number>/", groups.read, name="read_group"),
    path("desk/duties/groups/", groups.groups, name="groups"),
    path("desk/duties/groups/new/", groups.new_group, name="new_group"),
    path("desk/duties/groups/<int:number>/", groups.group, name="group"),
    path("desk/duties/groups/<int:number>/edit/", groups.edit_group, name="edit_group"),
    path("desk/duties/groups/<int:number>/dissolve/", groups.dissolve, name="dissolve_group"),
    path("desk/duties/groups/<int:number>/sheet/", groups.sheet, name="group_sheet"),
    path("desk/duties/groups/<int:number>/members/new/", groups.new_member, name="new_member"),
    path("desk/duties/groups/<int:number>/members/<int:held>/", groups.member, name="member"),
    path("duties/rota/<str:handle>/", weeks.read, name="read_rota"),
    path("lz/<str:card>/", weeks.card, name="rota_card"),
    path("desk/duties/rotas/", rotas.rotas, name="rotas"),
    path("desk/duties/rotas/new/", rotas.new_rota, name="new_rota"),
    path("desk/duties/rotas/<int:number>/", rotas.rota, name="rota"),
    path("desk/duties/rotas/<int:number>/edit/", rotas.edit_rota, name="edit_rota"),
    path("desk/duties/rotas/<int:number>/sheet/", rotas.sheet, name="rota_sheet"),
    path("desk/duties/rotas/<int:number>/cards/", rotas.cards, name="rota_cards"),
    path("desk/duties/rotas/<int:number>/turns/new/", rotas.new_turn, name="new_turn"),
    path("desk/duties/rotas/<int:number>/turns/<int:held>/", rotas.turn, name="turn"),
    path("f/<str:handle>/", frontages.door, name="door"),
    path("desk/duties/frontages/", frontages.frontages, name="frontages"),
    path("desk/duties/frontages/new/", frontages.new_frontage, name="new_frontage"),
    path("desk/duties/frontages/<str:handle>/", frontages.frontage, name="frontage"),
    path("desk/duties/frontages/<str:handle>/sheet/", frontages.sheet, name="frontage_sheet"),
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
