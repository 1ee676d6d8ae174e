# SPDX-License-Identifier: Apache-2.0
"""Notices to those who left a telephone number, and notices that no event stands behind."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from jiayuan.kernel.reshape import Reshape


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_notices_deliveries_preferences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Reshape(
            "notice",
            migrations.AlterField(
                model_name="notice",
                name="account",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="notices",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField("notice", "holder", models.CharField(blank=True, default="", max_length=10)),
            migrations.AddField("notice", "holder_id", models.BigIntegerField(null=True)),
            migrations.AddField("notice", "language", models.CharField(blank=True, default="", max_length=10)),
            migrations.AddField("notice", "key", models.CharField(blank=True, default="", max_length=60)),
            migrations.RemoveConstraint("notice", "notices_notice_once"),
            migrations.AddConstraint(
                "notice",
                models.UniqueConstraint(
                    fields=["account", "event_position", "kind", "key"], name="notices_notice_once"
                ),
            ),
            migrations.AddConstraint(
                "notice",
                models.UniqueConstraint(
                    condition=~Q(holder=""),
                    fields=["holder", "holder_id", "event_position", "kind"],
                    name="notices_notice_once_to_a_holder",
                ),
            ),
            migrations.AddConstraint(
                "notice",
                models.CheckConstraint(
                    condition=Q(account__isnull=False, holder="", holder_id__isnull=True)
                    | (Q(account__isnull=True, holder_id__isnull=False) & ~Q(holder="")),
                    name="notices_notice_for_somebody",
                ),
            ),
        ),
    ]
