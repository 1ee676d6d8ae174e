# SPDX-License-Identifier: Apache-2.0
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Where nobody was left to be drawn, the draw keeps who checked, so that the rule of three counts them."""

    dependencies = [("cases", "0010_mark_confirmed_years")]

    operations = [
        migrations.RemoveConstraint(model_name="checkdraw", name="cases_check_draw_among_somebody"),
        migrations.AddConstraint(
            model_name="checkdraw",
            constraint=models.CheckConstraint(
                condition=Q(checker__isnull=False, eligible__gte=1)
                | Q(checker__isnull=True, eligible=0)
                | Q(eligible=0, ending="checked"),
                name="cases_check_draw_among_somebody",
            ),
        ),
    ]
