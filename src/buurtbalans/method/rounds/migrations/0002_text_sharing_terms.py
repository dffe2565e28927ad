"""Lets the circles of rounds read the texts of the organisations that the newest agreements name, as they do today."""

from typing import Any

from django.db import migrations

TELLING = ("process_guide", "core_member", "ring_member", "data_steward", "member")  # the roles that may tell a story


def fill(apps: Any, editor: Any) -> None:
    """Write a row for each organisation that an agreement which did not end lets be read, under its newest version.

    Those are the organisations whose signature stands, and those that are only involved and so are not asked to sign.
    """
    terms = apps.get_model("people", "TextSharingTerm").objects
    for round in apps.get_model("rounds", "Round").objects.all():
        agreement = round.agreements.exclude(proposed_at=None).order_by("-number").first()
        if agreement is None or agreement.ended_at is not None:
            continue
        signed = agreement.signatures.filter(taken_back_at=None).values_list("organisation_id", flat=True)
        for organisation in {*signed, *only_involved(apps, round)}:
            for circle in (round.core_id, round.ring_id):
                terms.get_or_create(
                    organisation_id=organisation, circle_id=circle, defaults={"until": agreement.until}
                )


def only_involved(apps: Any, round: Any) -> set[int]:
    """Return the organisations of the people involved that are not in the core group and took no signature back."""
    person, signature = apps.get_model("people", "Person"), apps.get_model("rounds", "Signature")
    involved = person.objects.filter(
        memberships__circle=round.ring_id, memberships__role__in=TELLING, organisation__isnull=False
    ).values_list("organisation_id", flat=True)
    in_core = person.objects.filter(memberships__circle=round.core_id).values_list("organisation_id", flat=True)
    signers = signature.objects.filter(agreement__round=round).values_list("organisation_id", flat=True)
    return set(involved) - set(in_core) - set(signers)


class Migration(migrations.Migration):
    dependencies = [("rounds", "0001_initial"), ("people", "0003_text_sharing_terms")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
