"""A meeting may wait for its day; parked claims and gaps; what a round reached and how it goes on."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rounds", "0004_order_and_sharing")]

    operations = [
        migrations.AlterModelOptions(
            name="meeting",
            options={"ordering": (models.OrderBy(models.F("at"), nulls_last=True), "pk")},
        ),
        migrations.AlterField(
            model_name="meeting",
            name="at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="wanneer"),
        ),
        migrations.AddField(
            model_name="parked",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parked",
                to="rounds.claim",
            ),
        ),
        migrations.AddField(
            model_name="parked",
            name="gap",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parked",
                to="rounds.gap",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="reached",
            field=models.CharField(blank=True, max_length=300, verbose_name="wat er bereikt is"),
        ),
        migrations.AddField(
            model_name="round",
            name="onward",
            field=models.CharField(blank=True, max_length=200, verbose_name="hoe het verder gaat"),
        ),
    ]
