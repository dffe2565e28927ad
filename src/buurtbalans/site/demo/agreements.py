"""The sharing agreements of the invented rounds: one that all signed, one that waits for a word, one that ended."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from django.db import transaction

from buurtbalans.method.datasets.models import Shipment
from buurtbalans.method.people.models import CircleKind, Person
from buurtbalans.method.rounds import actions
from buurtbalans.method.rounds.models import Agreement, Round, Signature
from buurtbalans.method.rounds.queries import current, first_texts

from .table import day, moment

SIGNERS: Final = {
    "samira": "gebiedsmakelaar", "noor": "sociaal projectleider", "fatima": "woonconsulent",
    "lotte": "gebiedsbeheerder", "joris": "teamleider buurtteam", "amina": "manager begeleiding",
    "ruben": "teamleider werk en inkomen",
}  # fmt: skip
Promises = Iterable[tuple[str, str, str]]  # who, what, with which circle

WEVERSKWARTIER: Final = (
    ("samira", "De open cijfers van de gemeente, en wat wijkbeheer ziet", CircleKind.RING),
    ("joris", "Hoe vaak mensen hulp vragen bij schulden, per buurt", CircleKind.CORE),
    ("lotte", "Wat huismeesters zien, zonder namen of adressen", CircleKind.CORE),
    ("amina", "Verhalen van cliënten die dat goed vinden", CircleKind.RING),
)
RIETOEVER: Final = (
    ("noor", "Hoeveel mensen uit de opvang een huis zoeken, per groep", CircleKind.CORE),
    ("amina", "Welke begeleiding mensen nodig hebben, in grote lijnen", CircleKind.CORE),
)
OUDE_WERF: Final = (
    ("amina", "Hoeveel mensen de huiskamer bezoeken, per maand", CircleKind.RING),
    ("ruben", "Hoe vaak wij over geld praten in de huiskamer", CircleKind.CORE),
)


def make_agreements(people: Mapping[str, Person], rounds: Mapping[str, Round]) -> None:
    """Make the agreements that are not there yet, each whole or not at all."""
    made = {round.pk for round in rounds.values() if current(round) is not None}
    all_five = ("noor", "fatima", "lotte", "amina", "ruben")
    for slug, begun, promises, signers in (
        ("weverskwartier", 58, WEVERSKWARTIER, ("samira", "joris", "fatima", "lotte", "amina", "ruben")),
        ("rietoever", 5, RIETOEVER, ("noor", "amina")),
        ("oude-werf", 300, OUDE_WERF, all_five),
    ):
        if rounds[slug].pk not in made:
            with transaction.atomic():
                agreement = _signed(people, rounds[slug], begun, promises, signers)
                if slug == "oude-werf":
                    _ended(agreement)


def promise(by: Person, round: Round, shipment: Shipment) -> None:
    """Promise a delivery to the core group, unless that was done."""
    if not shipment.terms.standing().filter(circle=round.core).exists():
        agreement = current(round)
        until = agreement.until if agreement else day(0)
        actions.pledge(
            by=by, round=round, what=shipment.title, audience=CircleKind.CORE, until=until, shipment=shipment
        )


def _signed(
    people: Mapping[str, Person], round: Round, begun: int, promises: Promises, signers: Iterable[str]
) -> Agreement:
    guide = round.started_by
    until: date = day(365 - begun)
    texts = {**first_texts(round), "until": until}
    agreement = actions.write_agreement(by=guide, round=round, **texts)
    for who, what, audience in promises:
        actions.pledge(by=people[who], round=round, what=what, audience=audience, until=until)
    actions.propose_agreement(by=guide, agreement=agreement, version=agreement.version)
    for number, who in enumerate(signers):
        signature = actions.sign_agreement(by=people[who], agreement=agreement, role=SIGNERS[who])
        Signature.objects.filter(pk=signature.pk).update(at=moment(-max(0, begun - number // 3), 11))
    Agreement.objects.filter(pk=agreement.pk).update(proposed_at=moment(-begun, 10))
    agreement.refresh_from_db()
    return agreement


def _ended(agreement: Agreement) -> None:
    """Let the agreement stop, as when its round has done what it was for."""
    reason = "De vraag van deze ronde is beantwoord. Wij delen niets nieuws meer."
    actions.end_agreement(by=agreement.round.started_by, agreement=agreement, version=agreement.version, reason=reason)
    Agreement.objects.filter(pk=agreement.pk).update(ended_at=moment(-9, 16))
