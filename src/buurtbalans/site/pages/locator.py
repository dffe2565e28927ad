"""Where a round and its claims are about: the place in the city, or the streets with the stories on them."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from buurtbalans.method.base.panels import Panel
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.rounds.queries.picture import NUMBERED, picture_of, places_of
from buurtbalans.site.map.numbered_map import NumberedSpot, draw_spots
from buurtbalans.site.map.small_maps import draw_locator
from buurtbalans.site.map.street_map import Pin, draw_streets
from buurtbalans.site.map.topography import streets_of
from buurtbalans.site.pages.city_release import requested_city_release


def figures_here(request: HttpRequest, round: Round) -> Panel | None:
    """Return where the neighbourhood of a round lies and the way to its figures."""
    place = round.neighbourhood
    here = requested_city_release(request, within=place.municipality)
    if here is None:
        return None
    drawn = draw_locator(here.division, here.municipality.code, place.codes, layers=here.layers)
    return Panel("site/round_figures.html", {"round": round, "place": place, "code": place.codes[0], "map": drawn})


def place_on_sheet(request: HttpRequest, round: Round) -> Panel | None:
    """Return the neighbourhood with the numbers of the picture's lines on their places; without places no map."""
    place = round.neighbourhood
    lines = [line for kind, group in picture_of(round, request.user) if kind in NUMBERED for line in group]
    places = places_of(lines, request.user)
    here = requested_city_release(request, within=place.municipality) if places else None
    if here is None:
        return None
    spots = [
        NumberedSpot(line.number, line.text, f"#regel-{line.pk}", places[line.pk], line.kind)
        for line in lines
        if line.pk in places
    ]
    title = _("Kaart van %(name)s, met de nummers van het gedeelde beeld") % {"name": place.name}
    try:
        drawn = draw_spots(
            here.division,
            here.municipality.code,
            place.codes,
            spots,
            layers=here.layers,
            title=title,
            identity="beeld-kaart",
        )
    except LookupError:
        return None
    return Panel("site/picture_map.html", {"map": drawn})


def locator(request: HttpRequest, claim: Claim) -> Panel | None:
    """Return a small map that stands beside the title of a claim."""
    place = claim.round.neighbourhood
    here = requested_city_release(request, within=place.municipality)
    if here is None:
        return None
    context: dict[str, Any] = {"beside": True, "round": claim.round, "code": place.codes[0], "division": place.division}
    if streets := streets_of(place.municipality, place.name):
        pins = [
            Pin(e.story.marker, (e.story.longitude, e.story.latitude))
            for e in claim.laid
            if e.story is not None and e.story.longitude is not None
        ]
        title = _("De straten van %(name)s, met de verhalen bij deze stelling") % {"name": place.name}
        drawn = draw_streets(streets, {}, pins, layers=here.layers, title=title, names=False, close=True)
        words = _("Deze kaart toont waar de verhalen bij deze stelling over gaan.")
    else:
        drawn = draw_locator(here.division, here.municipality.code, place.codes, layers=here.layers)
        words = _("De kaart laat zien waar %(name)s is in %(town)s.") % {
            "name": place.name,
            "town": here.municipality.name,
        }
    return Panel("site/locator.html", context | {"map": drawn, "words": words})
