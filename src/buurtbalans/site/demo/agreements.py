"""The sharing agreements of the invented rounds: signed by all, waiting for a word, or ending soon."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.db import transaction

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.datasets.models import Delivery
from buurtbalans.method.people.models import Person
from buurtbalans.method.rounds.actions import agreement as agreement_actions
from buurtbalans.method.rounds.models import Agreement, Round, Signature
from buurtbalans.method.rounds.queries.agreement import current, initial_texts
from buurtbalans.site.demo.table import day, moment

SIGNERS: Final = {
    "samira": "gebiedsmakelaar",
    "noor": "sociaal projectleider",
    "fatima": "woonconsulent",
    "lotte": "gebiedsbeheerder",
    "joris": "teamleider buurtteam",
    "amina": "manager begeleiding",
    "ruben": "teamleider werk en inkomen",
}
Promises = tuple[tuple[str, str, str], ...]  # who, what, with which circle


class Made(NamedTuple):
    """An agreement of a round: proposed so many days ago, what was promised, and who signed."""

    ago: int
    promises: Promises
    signers: tuple[str, ...]


MADE: Final = {
    "weverskwartier": Made(
        58,
        (
            ("samira", "De open cijfers van de gemeente, en wat wijkbeheer ziet", Audience.RING),
            ("joris", "Hoe vaak mensen hulp vragen bij schulden, per buurt", Audience.CORE),
            ("lotte", "Wat huismeesters zien, zonder namen of adressen", Audience.CORE),
            ("amina", "Verhalen van cliënten die dat goed vinden", Audience.RING),
        ),
        ("samira", "joris", "fatima", "lotte", "amina", "ruben"),
    ),
    "rietoever": Made(
        5,
        (
            ("noor", "Hoeveel mensen uit de opvang een huis zoeken, per groep", Audience.CORE),
            ("amina", "Welke begeleiding mensen nodig hebben, in grote lijnen", Audience.CORE),
        ),
        ("noor", "amina"),
    ),
    "oude-werf": Made(
        300,
        (
            ("amina", "Hoeveel mensen de huiskamer bezoeken, per maand", Audience.RING),
            ("ruben", "Hoe vaak wij over geld praten in de huiskamer", Audience.CORE),
        ),
        ("noor", "fatima", "lotte", "amina", "ruben"),
    ),
    "bloemhof": Made(
        360,
        (("joris", "Verhalen van ouders die dat goed vinden", Audience.CORE),),
        ("noor", "joris", "lotte"),
    ),
    "bloemhof-2": Made(
        22,
        (("ruben", "Hoeveel jongeren wij spreken, per maand", Audience.CORE),),
        ("noor", "joris", "lotte", "ruben"),
    ),
    "marktbuurt": Made(
        88,
        (("lotte", "Hoeveel huurders er nieuw zijn, per jaar", Audience.RING),),
        ("noor", "lotte", "amina", "joris"),
    ),
    "componisten": Made(
        340, (("amina", "Wat mensen missen, uit gesprekken", Audience.CORE),), ("noor", "lotte", "amina", "ruben")
    ),
}


def make_agreements(people: Mapping[str, Person], rounds: Mapping[str, Round]) -> None:
    """Make the agreements that are not there yet, each whole or not at all."""
    for round in rounds.values():
        make_agreement(people, round)


def make_agreement(people: Mapping[str, Person], round: Round) -> None:
    """Make the agreement of a round when it is not there yet: only then others read what an organisation wrote."""
    if round.slug in MADE and current(round) is None:
        with transaction.atomic():
            _signed(people, round, MADE[round.slug])


def promise(by: Person, round: Round, delivery: Delivery) -> None:
    """Promise a delivery to the core group, unless that was done."""
    if not delivery.terms.active().filter(circle=round.core).exists():
        agreement = current(round)
        until = agreement.until if agreement else day(0)
        agreement_actions.pledge(
            by=by, round=round, what=delivery.title, audience=Audience.CORE, until=until, delivery=delivery
        )


def _signed(people: Mapping[str, Person], round: Round, made: Made) -> Agreement:
    guide, until = round.started_by, day(365 - made.ago)
    agreement = agreement_actions.create_agreement(by=guide, round=round, **{**initial_texts(round), "until": until})
    for who, what, audience in made.promises:
        agreement_actions.pledge(by=people[who], round=round, what=what, audience=audience, until=until)
    agreement_actions.propose_agreement(by=guide, agreement=agreement, version=agreement.version)
    for number, who in enumerate(made.signers):
        signature = agreement_actions.sign_agreement(by=people[who], agreement=agreement, role=SIGNERS[who])
        Signature.objects.filter(pk=signature.pk).update(at=moment(-max(0, made.ago - number // 3), 11))
    Agreement.objects.filter(pk=agreement.pk).update(proposed_at=moment(-made.ago, 10))
    agreement.refresh_from_db()
    return agreement
