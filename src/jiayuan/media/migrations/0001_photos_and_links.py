# SPDX-License-Identifier: Apache-2.0
"""Photos and their evidence links."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.UUIDField(unique=True)),
                ("state", models.CharField(max_length=10)),
                ("refusal", models.CharField(blank=True, max_length=40)),
                ("received_at", models.DateTimeField()),
                ("received_on", models.DateField()),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("received_bytes", models.PositiveIntegerField()),
                ("format", models.CharField(max_length=4)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("dhash", models.BigIntegerField(db_index=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("accuracy_m", models.PositiveIntegerField(null=True)),
                ("position_source", models.CharField(blank=True, max_length=5)),
                ("software", models.CharField(blank=True, max_length=120)),
                ("draft_until", models.DateTimeField(null=True)),
                ("purge_after", models.DateField(null=True)),
                ("original_erased_at", models.DateTimeField(null=True)),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=20)),
                ("subject_id", models.BigIntegerField()),
                ("role", models.CharField(max_length=6)),
                ("place", models.PositiveSmallIntegerField()),
                ("linked_at", models.DateTimeField()),
                ("linked_on", models.DateField()),
                (
                    "linked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="media.photo"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(
                condition=models.Q(("state", "received")), fields=["received_at"], name="media_photo_to_derive"
            ),
        ),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(
                condition=models.Q(("draft_until__isnull", False)), fields=["draft_until"], name="media_photo_drafts"
            ),
        ),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(
                condition=models.Q(("original_erased_at__isnull", True)),
                fields=["purge_after"],
                name="media_photo_to_purge",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lat__isnull", True), ("lon__isnull", True), ("position_source", "")),
                    models.Q(
                        ("lat__isnull", False), ("lon__isnull", False), models.Q(("position_source", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="media_photo_position_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), models.Q(("refusal", ""), _negated=True)),
                    models.Q(models.Q(("state", "refused"), _negated=True), ("refusal", "")),
                    _connector="OR",
                ),
                name="media_photo_refused_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "erased"), _negated=True), ("original_erased_at__isnull", False), _connector="OR"
                ),
                name="media_photo_erased_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(fields=("subject_kind", "subject_id", "photo"), name="media_link_once"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                fields=("subject_kind", "subject_id", "place"), name="media_link_in_order"
            ),
        ),
    ]
