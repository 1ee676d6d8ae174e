# SPDX-License-Identifier: Apache-2.0
"""The stored codes of places. A value never changes; the words beside it may."""

from enum import StrEnum


class Level(StrEnum):
    """How deep a division stands in the code tree."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"
    HAMLET = "hamlet"


class Kind(StrEnum):
    """What sort of division it is. The statistics bureau's digits say so; its name does not."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    COUNTY = "county"
    COUNTY_CITY = "county_city"
    SUBDISTRICT = "subdistrict"
    TOWN = "town"
    TOWNSHIP = "township"
    TOWN_LIKE = "town_like"
    COMMUNITY = "community"
    VILLAGE = "village"
    COMMUNITY_LIKE = "community_like"
    VILLAGE_LIKE = "village_like"
    HAMLET = "hamlet"


KIND_WORDS = {
    "省": Kind.PROVINCE,
    "地级市": Kind.CITY,
    "市辖区": Kind.DISTRICT,
    "县": Kind.COUNTY,
    "县级市": Kind.COUNTY_CITY,
    "街道": Kind.SUBDISTRICT,
    "镇": Kind.TOWN,
    "乡": Kind.TOWNSHIP,
    "类似乡级": Kind.TOWN_LIKE,
    "居委会": Kind.COMMUNITY,
    "村委会": Kind.VILLAGE,
    "类似居委会": Kind.COMMUNITY_LIKE,
    "类似村委会": Kind.VILLAGE_LIKE,
    "湾组": Kind.HAMLET,
}
"""How kinds are written in a data pack, so that an officer can fill one in by hand."""


class CodeSystem(StrEnum):
    """Who gave the code: the statistics bureau's digits may name a zone that is no legal division."""

    STATISTICS = "statistics"
    CIVIL_AFFAIRS = "civil_affairs"
    LOCAL = "local"


class UrbanRural(StrEnum):
    """The statistics bureau's urban and rural class; never derived from the name or the kind."""

    MAIN_CITY = "111"
    CITY_FRINGE = "112"
    TOWN_CENTRE = "121"
    TOWN_FRINGE = "122"
    SPECIAL_AREA = "123"
    TOWNSHIP_CENTRE = "210"
    COUNTRYSIDE = "220"


class Change(StrEnum):
    """How one division became another."""

    RENAMED = "renamed"
    RECODED = "recoded"
    MERGED = "merged"
    SPLIT = "split"


class OrganisationKind(StrEnum):
    """What sort of body an organisation is."""

    CITY_GOVERNMENT = "city_government"
    COUNTY_GOVERNMENT = "county_government"
    MANAGEMENT_COMMITTEE = "management_committee"
    TOWN_OFFICE = "town_office"
    WORK_BUREAU = "work_bureau"
    PARTY_BODY = "party_body"
    BUREAU = "bureau"
    MASS_ORGANISATION = "mass_organisation"
    VILLAGE_COMMITTEE = "village_committee"
    COMPANY = "company"


class JurisdictionRole(StrEnum):
    """What an organisation is to a division: it governs it, or reports its figures to the city."""

    GOVERNS = "governs"
    REPORTS_FOR = "reports_for"


class Crs(StrEnum):
    """Coordinate systems in use in China. CGCS2000 differs from WGS-84 by centimetres and is stored as it."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


class PositionSource(StrEnum):
    """Where a position came from."""

    DEVICE = "device"
    MAP = "map"
    PHOTO = "photo"
    TYPED = "typed"
