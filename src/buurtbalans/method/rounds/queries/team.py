"""Reads of the team: who leads, who is at the table, who looks into one problem, and who stands around it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.rounds.models import Round, SubTeam
from buurtbalans.method.rounds.queries.round import Viewer, team_of


@dataclass(frozen=True)
class Team:
    """Everybody of a round, by what they do in it."""

    guides: list[Person]
    core: list[Person]
    ring: list[Person]
    ambassadors: list[Person]

    @property
    def everybody(self) -> list[Person]:
        """All people, whatever they do."""
        return [*self.guides, *self.core, *self.ring, *self.ambassadors]


def whole_team(round: Round) -> Team:
    """Return everybody of a round; who leads stands apart from the core group."""
    guides = [person for person in team_of(round, Role.PROCESS_GUIDE) if person.is_active]
    core = [person for person in team_of(round) if person not in guides]
    return Team(guides, core, team_of(round, Role.RING_MEMBER), team_of(round, Role.AMBASSADOR))


def inside(round: Round) -> "QuerySet[Person]":
    """Return everybody of a round, to choose from."""
    return (
        Person.objects.filter(Q(memberships__circle=round.core_id) | Q(memberships__circle=round.ring_id))
        .select_related("organisation")
        .distinct()
        .order_by("first_name")
    )


def subteams_of(round: Round, viewer: Viewer) -> Any:
    """Return the sub-teams of a round, each with its people who still take part."""
    people = Prefetch("people", inside(round), to_attr="present")
    return SubTeam.objects.visible_to(viewer).filter(round=round).prefetch_related(people)
