"""The ways to the large map, and to what was noted and felt, from a round and its steps."""

from django.http import HttpRequest

from buurtbalans.method.base.panels import Panel
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.evidence import borders_of
from buurtbalans.method.rounds.rules import may_in


def large_map_here(request: HttpRequest, round: Round) -> Panel | None:
    """Return the way to the large map; a round without borders has none."""
    return Panel("site/largemap/way.html", {"round": round}) if borders_of(round) else None


def ways_here(request: HttpRequest, round: Round) -> Panel:
    """Return the ways to the large map, field notes, feelings and ratings, side by side; ratings for the team alone."""
    team = may_in(request.user, Permission.READ, round)
    return Panel("site/ways.html", {"round": round, "team": team, "map": borders_of(round) is not None})
