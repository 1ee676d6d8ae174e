# SPDX-License-Identifier: Apache-2.0
"""Foreign keys and migrations are imports in disguise: strings hide them from import-linter, not from here."""

import tomllib

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import CASCADE, ForeignKey

from tests.house.tree import ROOT, STOREYS

OURS = {
    config.label: config.name.split(".")[1] for config in apps.get_app_configs() if config.name.startswith("jiayuan.")
}


CASCADES_ACROSS_ROOMS = {
    "notices.Preference.account",  # how e-mail reaches an account lives and dies with it, and proves nothing
}


def storey(label: str) -> int:
    return STOREYS.index(OURS[label])


def test_the_storeys_here_are_those_of_the_import_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["name"].startswith("Storeys"))

    assert [layer.removeprefix("jiayuan.") for layer in reversed(layers)] == list(STOREYS)


def test_every_foreign_key_points_to_the_same_storey_or_a_lower_one() -> None:
    upward = [
        f"{field.model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is not None
        if field.related_model._meta.app_label in OURS
        if storey(field.related_model._meta.app_label) > storey(model._meta.app_label)
    ]

    assert upward == []


def test_every_migration_depends_on_the_same_storey_or_a_lower_one() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    upward = [
        f"{key} → {dependency}"
        for key, migration in loader.disk_migrations.items()
        if key[0] in OURS
        for dependency in migration.dependencies
        if dependency[0] in OURS and storey(dependency[0]) > storey(key[0])
    ]

    assert upward == []


def test_every_migration_is_named_for_what_it_does() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    unnamed = [
        key for key in loader.disk_migrations if key[0] in OURS and ("auto" in key[1] or key[1].endswith("initial"))
    ]

    assert unnamed == []


def test_deleting_cascades_only_inside_a_room() -> None:
    across = {
        f"{field.model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.deconstruct()[3]["on_delete"] is CASCADE
        if field.remote_field.model._meta.app_label != model._meta.app_label
    }

    assert across - CASCADES_ACROSS_ROOMS == set()
