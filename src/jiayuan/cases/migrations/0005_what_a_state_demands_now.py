# SPDX-License-Identifier: Apache-2.0
"""The database knows the states that were added, and what each of them demands."""

from django.db import migrations, models

from jiayuan.kernel.reshape import Reshape


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_clocks_of_running_cases"),
    ]

    operations = [
        Reshape(
            "case",
            migrations.AddConstraint(
                model_name="case",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "state__in",
                            [
                                "reported",
                                "verifying",
                                "verified",
                                "rejected",
                                "filed",
                                "dispatched",
                                "returned",
                                "handling",
                                "fed_back",
                                "rework",
                                "shelved",
                                "closed",
                                "void",
                                "merged",
                            ],
                        )
                    ),
                    name="cases_case_state_known",
                ),
            ),
            migrations.AddConstraint(
                model_name="case",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("ended_at__isnull", False), ("state__in", ["closed", "rejected", "void", "merged"])),
                        models.Q(
                            models.Q(("state__in", ["closed", "rejected", "void", "merged"]), _negated=True),
                            ("ended_at__isnull", True),
                        ),
                        _connector="OR",
                    ),
                    name="cases_case_ended_has_moment",
                ),
            ),
            migrations.AddConstraint(
                model_name="case",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("state__in", ["dispatched", "handling", "shelved", "fed_back", "rework"]), _negated=True
                        ),
                        models.Q(
                            ("condition__isnull", False),
                            ("dispatched_at__isnull", False),
                            ("due_at__isnull", False),
                            ("unit__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="cases_case_with_unit_has_due",
                ),
            ),
            migrations.AddConstraint(
                model_name="case",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("state__in", ["dispatched", "handling", "shelved", "fed_back", "rework", "closed"]),
                            ("unit__isnull", False),
                        ),
                        models.Q(
                            models.Q(
                                ("state__in", ["dispatched", "handling", "shelved", "fed_back", "rework", "closed"]),
                                _negated=True,
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
                            (
                                "state__in",
                                [
                                    "filed",
                                    "returned",
                                    "dispatched",
                                    "handling",
                                    "shelved",
                                    "fed_back",
                                    "rework",
                                    "closed",
                                ],
                            ),
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
                        models.Q(("state__in", ["handling", "shelved", "fed_back", "rework", "closed"]), _negated=True),
                        ("signed_at__isnull", False),
                        models.Q(("forced", True), ("state", "closed")),
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
                        models.Q(("forced", True), ("in_time__isnull", False), ("state", "closed")),
                        models.Q(
                            models.Q(("state__in", ["fed_back", "closed"]), _negated=True), ("in_time__isnull", True)
                        ),
                        _connector="OR",
                    ),
                    name="cases_case_in_time_once_fed_back",
                ),
            ),
            migrations.AddConstraint(
                model_name="case",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        (
                            "source__in",
                            [
                                "public",
                                "grid",
                                "inspector",
                                "patrol",
                                "caller",
                                "hotline",
                                "media",
                                "superior",
                                "department",
                                "look_back",
                                "sample",
                            ],
                        )
                    ),
                    name="cases_case_source_known",
                ),
            ),
            migrations.AddConstraint(
                model_name="case",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "void"), models.Q(("void_reason", ""), _negated=True)),
                        models.Q(models.Q(("state", "void"), _negated=True), ("void_reason", "")),
                        _connector="OR",
                    ),
                    name="cases_case_void_has_reason",
                ),
            ),
            migrations.AddConstraint(
                model_name="case",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("merged_into__isnull", False), ("state", "merged")),
                        models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into__isnull", True)),
                        _connector="OR",
                    ),
                    name="cases_case_merged_into_one",
                ),
            ),
            migrations.AddConstraint(
                model_name="case",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("merged_into__isnull", True),
                        models.Q(("merged_into", models.F("id")), _negated=True),
                        _connector="OR",
                    ),
                    name="cases_case_merged_into_another",
                ),
            ),
            migrations.AddConstraint(
                model_name="case",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("shelved_until__isnull", False), ("state", "shelved")),
                        models.Q(models.Q(("state", "shelved"), _negated=True), ("shelved_until__isnull", True)),
                        _connector="OR",
                    ),
                    name="cases_case_shelved_until_a_day",
                ),
            ),
            migrations.AddConstraint(
                model_name="case",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("returned_by__isnull", False), ("state", "returned")),
                        models.Q(models.Q(("state", "returned"), _negated=True), ("returned_by__isnull", True)),
                        _connector="OR",
                    ),
                    name="cases_case_returned_by_a_unit",
                ),
            ),
            migrations.AddConstraint(
                model_name="case",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("excused", False),
                        models.Q(("appealed", True), ("in_time", False), ("state", "closed")),
                        _connector="OR",
                    ),
                    name="cases_case_excused_was_late",
                ),
            ),
            migrations.AddConstraint(
                model_name="case",
                constraint=models.CheckConstraint(
                    condition=models.Q(("forced", False), ("state", "closed"), _connector="OR"),
                    name="cases_case_forced_is_closed",
                ),
            ),
            migrations.AddConstraint(
                model_name="case",
                constraint=models.CheckConstraint(
                    condition=models.Q(("quantity__gte", 1)), name="cases_case_quantity_positive"
                ),
            ),
        ),
    ]
