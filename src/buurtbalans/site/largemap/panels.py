"""The way to the large map from a round and its third step."""

from django.http import HttpRequest

from buurtbalans.method.places.panels import Panel
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries import borders_of


def large_map_here(request: HttpRequest, round: Round) -> Panel | None:
    """Return the way to the large map; a round without borders has none."""
    return Panel("site/largemap/way.html", {"round": round}) if borders_of(round) else None
