"""Needs are counted in parts and released for units; a released effect is never changed."""

import django.db.models.deletion
import trellis.core.clock
from django.db import migrations, models

from trellis.core import frozen


def forward(apps, editor):
    frozen.refuse(
        editor, table="growth_effect", event="update", when="OLD.id IS NOT NULL", message="a released effect stays"
    )


def backward(apps, editor):
    frozen.lift(editor, table="growth_effect", event="update")


class Migration(migrations.Migration):
    dependencies = [
        ("framework", "0006_crosswalk"),
        ("growth", "0007_mentors"),
        ("people", "0002_learning_roles"),
    ]

    operations = [
        # Nothing was stored in these yet.
        migrations.DeleteModel("NeedCount"),
        migrations.DeleteModel("NeedRelease"),
        migrations.CreateModel(
            name="NeedCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("people", models.PositiveIntegerField(help_text="who has answered")),
                ("counts", models.JSONField(help_text="by theme code: people by the level of their next step")),
                ("counted_at", models.DateTimeField(default=trellis.core.clock.now)),
                (
                    "above",
                    models.ForeignKey(
                        help_text="the unit in whose table it stands",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="need_counts_inside",
                        to="people.unit",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="need_counts",
                        to="framework.edition",
                    ),
                ),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="need_count", to="people.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NeedRelease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "is_direct",
                    models.BooleanField(
                        default=False, help_text="not the whole unit: those who belong to it directly"
                    ),
                ),
                ("people", models.PositiveIntegerField(help_text="who has answered")),
                (
                    "cells",
                    models.JSONField(
                        help_text="by theme code: people by the level of their next step, then who needs none; "
                        "null for hidden"
                    ),
                ),
                ("released_at", models.DateTimeField(default=trellis.core.clock.now)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="need_releases",
                        to="framework.edition",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="need_releases", to="people.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "edition", "is_direct"), name="need_release_once")
                ],
            },
        ),
        migrations.RunPython(forward, backward),
    ]
