"""The maps of a plan: one per neighbourhood with the numbers of who does what, and one to choose a place on."""

from collections.abc import Sequence
from itertools import groupby

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from buurtbalans.method.plans.queries.presence import PresenceLine
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.evidence import borders_of
from buurtbalans.site.map.numbered_map import NumberedSpot, draw_place, draw_spots
from buurtbalans.site.map.topography import layers_of
from buurtbalans.site.pages.city_release import requested_city_release

AT_MOST = 3  # more maps than that are no overview; the list says how to ask for one neighbourhood


def draw_presence(request: HttpRequest, lines: Sequence[PresenceLine]) -> list[tuple[str, SafeString]]:
    """Return a map per neighbourhood with every line of the list as a number that leads to it."""
    drawn = []
    for place, group in groupby(lines, key=lambda line: line.neighbourhood):
        here = requested_city_release(request, within=place.municipality)
        if here is None:
            return []
        spots = [
            NumberedSpot(
                line.number, f"{line.effort.organisation}: {line.effort.what}", f"#regel-{line.effort.pk}", line.point
            )
            for line in group
        ]
        title = _("Wie doet wat in %(name)s") % {"name": place.name}
        try:
            drawn.append(
                (
                    place.name,
                    draw_spots(
                        here.division,
                        here.municipality.code,
                        place.codes,
                        spots,
                        layers=here.layers,
                        title=title,
                        identity=f"aanwezig-{place.slug}",
                    ),
                )
            )
        except LookupError:
            continue
    return drawn[:AT_MOST]


def draw_choice(round: Round, point: tuple[float, float] | None) -> SafeString:
    """Return the map of a round to choose a place on, of the borders that it is held against; empty without them."""
    place, borders = round.neighbourhood, borders_of(round)
    if borders is None:
        return SafeString()
    title = _("Kaart van %(name)s. Klik om een plek te kiezen.") % {"name": place.name}
    try:
        return draw_place(
            borders,
            place.municipality,
            place.codes,
            point,
            layers=layers_of(place.municipality),
            title=title,
            identity="plek-kiezen",
        )
    except LookupError:
        return SafeString()
