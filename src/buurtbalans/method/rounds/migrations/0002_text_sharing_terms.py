"""Lets the circles of rounds read the texts of the organisations whose signature stands, as agreements say today."""

from typing import Any

from django.db import migrations


def fill(apps: Any, editor: Any) -> None:
    """Write a row for each signature that stands under the newest proposed version of an agreement."""
    terms = apps.get_model("people", "TextSharingTerm").objects
    for round in apps.get_model("rounds", "Round").objects.all():
        agreement = round.agreements.exclude(proposed_at=None).order_by("-number").first()
        if agreement is None or agreement.ended_at is not None:
            continue
        for signature in agreement.signatures.filter(taken_back_at=None):
            for circle in (round.core_id, round.ring_id):
                terms.get_or_create(
                    organisation_id=signature.organisation_id, circle_id=circle, defaults={"until": agreement.until}
                )


class Migration(migrations.Migration):
    dependencies = [("rounds", "0001_initial"), ("people", "0003_text_sharing_terms")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
