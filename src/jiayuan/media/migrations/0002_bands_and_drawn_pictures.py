# SPDX-License-Identifier: Apache-2.0
"""Nearly the same pictures are found by the bands of their hashes; drawn ones are marked and left out."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from jiayuan.kernel.reshape import Reshape

BATCH = 2000


def fill(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Give the pictures that are there their bands, as ``media.alike.keys`` gave them when this was written."""
    photo, band = apps.get_model("media", "Photo"), apps.get_model("media", "Band")
    rows = photo.objects.exclude(state="erased").exclude(dhash__in=(0, -1)).order_by("pk").values_list("pk", "dhash")
    made = []
    for photo_id, dhash in rows.iterator(chunk_size=BATCH):
        for number in range(4):
            value = 0
            for place in range(number, 64, 4):
                value = value << 1 | (dhash >> place & 1)
            made.append(band(photo_id=photo_id, key=number << 16 | value, dhash=dhash))
        if len(made) >= BATCH:
            band.objects.bulk_create(made)
            made.clear()
    band.objects.bulk_create(made)


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0001_photos_and_links"),
    ]

    operations = [
        Reshape(
            "photo",
            migrations.AddField("photo", "fine", models.CharField(blank=True, default="", max_length=64)),
            migrations.AddField("photo", "synthetic", models.BooleanField(default=False)),
        ),
        migrations.CreateModel(
            name="Band",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.IntegerField()),
                ("dhash", models.BigIntegerField()),
                (
                    "photo",
                    models.ForeignKey(on_delete=models.deletion.CASCADE, related_name="bands", to="media.photo"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["key", "dhash", "photo"], name="media_band_search")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
