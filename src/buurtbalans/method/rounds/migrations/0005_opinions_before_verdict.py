"""Opinions come before the verdict and are opened together; where a verdict exists they count as opened with it."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def open_judged(apps: Any, editor: Any) -> None:
    """Count the opinions on every claim with a verdict as opened when the verdict was given."""
    claims = apps.get_model("rounds", "Claim")._base_manager.exclude(verdict="")
    claims.update(opened_at=models.F("judged_at"))


class Migration(migrations.Migration):
    dependencies = [("rounds", "0004_ask_about_public_versions"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.RemoveConstraint(
            model_name='opinion',
            name='opinion_other_than_agree_has_words',
        ),
        migrations.AddField(
            model_name='claim',
            name='opened_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='claim',
            name='opened_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='opinion',
            name='answer',
            field=models.CharField(blank=True, choices=[('bevestigd', 'klopt'), ('genuanceerd', 'klopt deels'), ('tegengesproken', 'klopt niet'), ('onbekend', 'weet ik niet')], max_length=14, verbose_name='mening vooraf'),
        ),
        migrations.AddField(
            model_name='opinion',
            name='answer_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='reden'),
        ),
        migrations.AlterField(
            model_name='opinion',
            name='about_verdict',
            field=models.CharField(blank=True, choices=[('bevestigd', 'bevestigd'), ('tegengesproken', 'tegengesproken'), ('genuanceerd', 'genuanceerd'), ('onbekend', 'onbekend')], max_length=14),
        ),
        migrations.AlterField(
            model_name='opinion',
            name='stance',
            field=models.CharField(blank=True, choices=[('eens', 'eens'), ('kanttekening', 'eens met kanttekening'), ('oneens', 'oneens')], max_length=12, verbose_name='mening'),
        ),
        migrations.RunPython(open_judged, migrations.RunPython.noop),
    ]
