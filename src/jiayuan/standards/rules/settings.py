# SPDX-License-Identifier: Apache-2.0
"""Whether a place counts as countryside or as built-up."""

from jiayuan.places.enums import Kind, UrbanRural
from jiayuan.standards.enums import Setting

RURAL_CLASSES = frozenset({UrbanRural.TOWNSHIP_CENTRE, UrbanRural.COUNTRYSIDE})
BUILT_UP_KINDS = frozenset({Kind.SUBDISTRICT, Kind.COMMUNITY, Kind.COMMUNITY_LIKE})


def setting_of(*, urban_rural: str = "", kind: str = "") -> Setting:
    """The setting of a division: by its statistical urban/rural class (111–220) where known, else by its kind.

    The name is never asked: there are villages inside the city and residents' committees in the fields.
    """
    if urban_rural:
        return Setting.RURAL if urban_rural in RURAL_CLASSES else Setting.URBAN
    return Setting.URBAN if kind in BUILT_UP_KINDS else Setting.RURAL
