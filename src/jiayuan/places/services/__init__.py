# SPDX-License-Identifier: Apache-2.0
"""The only writers of the ground: imports that add and change, never delete, and may be repeated at will."""

from jiayuan.places.services.city import lay_out_honeycomb, load_city
from jiayuan.places.services.divisions import import_division_links, import_divisions
from jiayuan.places.services.geometry import import_honeycomb, import_outlines, import_village_points
from jiayuan.places.services.organisations import import_jurisdictions, import_organisations
from jiayuan.places.services.upsert import Report, dry_run

__all__ = [
    "Report",
    "dry_run",
    "import_division_links",
    "import_divisions",
    "import_honeycomb",
    "import_jurisdictions",
    "import_organisations",
    "import_outlines",
    "import_village_points",
    "lay_out_honeycomb",
    "load_city",
]
