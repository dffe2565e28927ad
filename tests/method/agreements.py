"""Sharing agreements for tests: written, promised in, proposed and signed at a small table."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.people.models import Person
from buurtbalans.method.rounds.actions import agreement as agreement_actions
from buurtbalans.method.rounds.models import Agreement, Pledge, Round

TEXTS = {
    "purpose": "Samen begrijpen wat er speelt.",
    "ground": "Alleen aantallen.",
    "third_parties": "Niemand.",
    "rights": "Bij de procesbegeleider.",
    "security": "Niet doormailen.",
    "steering": "De kerngroep.",
}


def today() -> date:
    return timezone.localdate()


def later(days: int = 200) -> date:
    return today() + timedelta(days=days)


def written(round: Round, by: Person | None = None, **other: Any) -> Agreement:
    """Return a draft."""
    return agreement_actions.create_agreement(
        by=by or round.started_by, round=round, **{**TEXTS, "until": later(), **other}
    )


def proposed(round: Round, **other: Any) -> Agreement:
    """Return an agreement that lies before the organisations."""
    draft = written(round, **other)
    return agreement_actions.propose_agreement(by=draft.round.started_by, agreement=draft, version=draft.version)


def promised(by: Person, round: Round, **other: Any) -> Pledge:
    """Return a line of the organisation of a person."""
    given = {"what": "Meldingen per maand", "audience": "core", "until": later(100)}
    return agreement_actions.pledge(by=by, round=round, **{**given, **other})


def signed(round: Round, *people: Person) -> Agreement:
    """Return an agreement that these people signed."""
    agreement = proposed(round)
    for person in people:
        agreement_actions.sign_agreement(by=person, agreement=agreement, role="manager")
    return agreement


def last(about: SimpleNamespace | None = None) -> tuple[str, str, Any]:
    """Return what was written down last, about what, with its facts."""
    row = AuditRow.objects.last()
    assert row is not None
    return row.verb, row.about.partition(":")[0], row.detail
