# SPDX-License-Identifier: Apache-2.0
"""The database knows what a state demands: who has the case, what it was filed under, what a refusal says."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_cases_texts_contacts"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="case",
            name="cases_case_closed_was_fed_back",
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["dispatched", "handling", "fed_back", "rework", "closed"]),
                        ("unit__isnull", False),
                    ),
                    models.Q(
                        models.Q(
                            ("state__in", ["dispatched", "handling", "fed_back", "rework", "closed"]), _negated=True
                        ),
                        ("due_at__isnull", True),
                        ("unit__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="cases_case_unit_while_in_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["filed", "returned", "dispatched", "handling", "fed_back", "rework", "closed"]),
                        _negated=True,
                    ),
                    models.Q(("condition__isnull", False), ("filed_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_case_taken_on_was_filed",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["handling", "fed_back", "rework", "closed"]), _negated=True),
                    ("signed_at__isnull", False),
                    _connector="OR",
                ),
                name="cases_case_handled_was_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("fed_back_at__isnull", False),
                        ("in_time__isnull", False),
                        ("state__in", ["fed_back", "closed"]),
                    ),
                    models.Q(models.Q(("state__in", ["fed_back", "closed"]), _negated=True), ("in_time__isnull", True)),
                    _connector="OR",
                ),
                name="cases_case_in_time_once_fed_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "rejected"), models.Q(("refusal", ""), _negated=True)),
                    models.Q(models.Q(("state", "rejected"), _negated=True), ("refusal", "")),
                    _connector="OR",
                ),
                name="cases_case_rejected_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["public", "grid", "inspector"])), name="cases_case_source_known"
            ),
        ),
    ]
