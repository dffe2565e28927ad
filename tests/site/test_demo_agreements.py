"""The agreements and profiles of the invented town: every state, and what they let others see."""

from pathlib import Path

import pytest
from django.utils import translation

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.datasets.models import Delivery
from buurtbalans.method.people.models import Organisation, Person, Profile
from buurtbalans.method.rounds import panels
from buurtbalans.method.rounds.models import Evidence, Round
from buurtbalans.method.rounds.queries import agreement
from buurtbalans.method.rounds.queries.agreement import Standing
from buurtbalans.site.demo.load import load_demo

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


def test_every_round_has_an_agreement_and_every_organisation_a_profile(data: Path) -> None:
    with translation.override("en"):  # as in an English terminal: what is made stays in the language of the site
        load_demo()

    sentences = [evidence.figure["sentence"] for evidence in Evidence.objects.exclude(figure=None)]
    assert sentences
    assert not [sentence for sentence in sentences if " out of " in sentence or "In the city" in sentence]
    found = {round.slug: agreement.standing_of(round) for round in Round.objects.all()}
    assert Standing.NONE not in found.values()
    assert (found["weverskwartier"], found["rietoever"], found["oude-werf"], found["componisten"]) == (
        Standing.HOLDS,
        Standing.WAITING,
        Standing.HOLDS,
        Standing.ENDING,
    )
    litter = Delivery.objects.get(title="Meldingen van afval")
    people = {person.username: person for person in Person.objects.all()}
    assert [
        name
        for name in ("samira", "joris", "ria", "noor", "kees")
        if litter in Delivery.objects.visible_to(people[name])
    ] == ["samira", "joris"]
    assert Profile.objects.count() == Organisation.objects.count()
    titles = {name: {str(task.title) for task in panels.tasks(people[name])} for name in ("lotte", "noor")}
    assert {"Afspraak over delen ondertekenen", "Klopt dit nog?"} <= titles["lotte"]
    assert "Afspraak over delen loopt af" in titles["noor"]
    rows = AuditRow.objects.count()
    load_demo()
    assert AuditRow.objects.count() == rows
