# SPDX-License-Identifier: Apache-2.0
"""The digest by choice, and words of the house's own."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Q

from jiayuan.kernel.reshape import Reshape, Together


def keep_choices(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Whoever had switched mail off still gets none."""
    apps.get_model("notices", "Preference").objects.filter(wanted=False).update(pace="inbox")


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_people_without_an_account")]

    operations = [
        migrations.AddField("preference", "pace", models.CharField(default="at_once", max_length=10)),
        migrations.RunPython(keep_choices, migrations.RunPython.noop),
        Reshape(
            "preference",
            migrations.AlterField("preference", "pace", models.CharField(max_length=10)),
            migrations.RemoveField("preference", "wanted"),
        ),
        Together(
            migrations.AddField(
                "delivery",
                "digest",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="gathered",
                    to="notices.delivery",
                ),
            ),
            migrations.AddIndex(
                "delivery",
                models.Index(condition=Q(state="gathered"), fields=["notice"], name="notices_delivery_gathered"),
            ),
            migrations.CreateModel(
                name="NoticeTemplate",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("kind", models.CharField(max_length=70)),
                    ("language", models.CharField(max_length=10)),
                    ("channel", models.CharField(max_length=10)),
                    ("version", models.PositiveIntegerField()),
                    ("title", models.CharField(blank=True, default="", max_length=120)),
                    ("body", models.TextField(blank=True, default="")),
                    ("since", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("kind", "language", "channel", "version"), name="notices_template_version_once"
                        )
                    ],
                },
            ),
        ),
    ]
