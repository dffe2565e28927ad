"""A name of its own behind every kind of text that promises to say nobody's name: it stands on no page but its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.urls import resolve

from buurtbalans.method.capacities.actions import answer_capacity
from buurtbalans.method.capacities.models import Capacity
from buurtbalans.method.people.actions import add_organisation, add_person, grant
from buurtbalans.method.people.models import Organisation, OrganisationKind, Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.places.actions import add_landmark
from buurtbalans.method.rounds.actions import agreement as agreement_actions
from buurtbalans.method.rounds.actions import claims, versions
from buurtbalans.method.rounds.actions.team import remove_from_team
from buurtbalans.method.rounds.models import Agreement, Claim
from buurtbalans.method.stories.actions.feelings import create_feeling
from buurtbalans.method.stories.actions.ratings import create_rating_sheet
from buurtbalans.method.stories.actions.stories import create_story
from buurtbalans.site.texts import KINDS
from tests.method.table import looked_at
from tests.site.content_fixtures import Content
from tests.site.walk import Visit

NAME = "Naamkanarie"
TEXT = re.compile(r"naamloos-([a-z]+\.[a-z]+)\b")
ALONE = {"stories.feeling", "stories.ratingsheet"}  # the words of a single one are read by nobody else
SIGNED = {  # where somebody stands for another reason than a text that promises to say no name
    "accounts",
    "audit",
    "rounds:invite",
    "rounds:agreement",
    "rounds:agreement_version",
    "papers:agreement",
}


def unnamed_kinds() -> set[str]:
    """Return the kinds of text that never say who wrote them, and the one where a writer may ask that."""
    return {label for label, kind in KINDS.items() if kind.names is None} | {"stories.story"}


def write_unnamed(content: Content) -> Person:
    """Write a text of every unnamed kind in the own round, as somebody who only signs there, and then leaves it."""
    guide, round = content.world["process_guide"], content.rounds["own"]
    home = add_organisation(by=None, slug="naamloos", name="Naamloos", kind=OrganisationKind.CARE)
    by = _member(home, content)
    sign_agreement(by, round)
    about = {"by": by, "neighbourhood": round.neighbourhood, "seen": True}
    for circle in round.circles:
        looked_at(
            create_story(**about, circle=circle, text="naamloos-stories.story", source="bewoner", author_hidden=True)
        )
    feeling = {
        "mood": "bang",
        "day_part": "avond",
        "longitude": 5.2,
        "latitude": 52.2,
        "reason": "naamloos-stories.feeling",
    }
    looked_at(create_feeling(**about, circle=round.core, voice=uuid4(), **feeling))
    create_rating_sheet(
        **about, core=round.core, when="voor", side="bewoner", answers={"wonen": (3, "naamloos-stories.ratingsheet")}
    )
    for claim in Claim.objects.filter(round=round).exclude(verdict=""):
        claims.give_opinion(by=by, claim=claim, stance="oneens", words="naamloos-rounds.opinion")
    shared, laid = round.versions.get(circle=round.ring), round.versions.get(circle=round.core)
    said = versions.comment(by=by, picture=shared, who="een bewoner", text="naamloos-rounds.comment")
    versions.answer_comment(by=guide, comment=said, version=1, answer="Dank u")
    versions.give_version_opinion(by=by, picture=laid, stance="oneens", words="naamloos-rounds.picturevoice")
    for capacity in Capacity.objects.filter(round=round):
        answer_capacity(by=by, capacity=capacity, stance="kanttekening", words="naamloos-capacities.capacityvoice")
    shape = {"type": "Point", "coordinates": [5.2, 52.2]}
    place = {"kind": "school", "name": "School", "about": "", "source": "naamloos-places.landmark", "shape": shape}
    add_landmark(by=by, neighbourhood=round.neighbourhood, **place)
    remove_from_team(by=guide, round=round, person=by)
    return by


def _member(home: Organisation, content: Content) -> Person:
    by = add_person(by=None, username="naamloos", first_name=NAME, last_name="", organisation=home, password="x" * 20)
    colleague = add_person(by=None, username="collega", first_name="C", last_name="", organisation=home, password=None)
    for who in (by, colleague):
        grant(by=None, person=who, role=Role.MEMBER, circle=home.circle)
    grant(by=content.world["process_guide"], person=by, role=Role.CORE_MEMBER, circle=content.world.core["own"])
    return by


def sign_agreement(by: Person, round: Any) -> None:
    """Let others read what the organisation of somebody wrote."""
    agreement = Agreement.objects.filter(round=round).exclude(proposed_at=None).latest("number")
    agreement_actions.sign_agreement(by=by, agreement=agreement, role="medewerker")


@dataclass
class Names:
    """The name behind the unnamed texts stands only where somebody signs; `kinds` are the texts of theirs that were read."""

    kinds: set[str] = field(default_factory=set)

    def __call__(self, visit: Visit) -> Iterator[str]:
        self.kinds |= set(TEXT.findall(visit.words))
        if NAME in visit.words and page_of(visit) not in SIGNED:
            yield "says who wrote a text that names nobody"


def page_of(visit: Visit) -> str:
    """Return the name of the page that was asked for."""
    return visit.row or resolve(visit.path.partition("?")[0]).view_name
