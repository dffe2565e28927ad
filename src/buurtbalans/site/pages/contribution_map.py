"""Where something is told on a round, with the map for the pin: stories, feelings and notes share it."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import shapely
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from shapely import Geometry

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.method.base.panels import Panel
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.places.forms import Place
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.rules import may_in
from buurtbalans.method.rounds.views.telling import build_contribution_context
from buurtbalans.method.stories.models import Contribution, Feeling
from buurtbalans.method.stories.queries.feelings import Bounds, FeelingSquare, feelings_of, shown_to
from buurtbalans.method.stories.queries.ratings import sheets_counted
from buurtbalans.method.stories.views.context import ContributionContext
from buurtbalans.method.stories.views.feelings import Dot, Ground
from buurtbalans.site.look.icons import KINDS
from buurtbalans.site.map.feelings_map import DrawnDot, DrawnField, draw_feelings
from buurtbalans.site.map.pin_map import draw_ground
from buurtbalans.site.map.street_map import Pin
from buurtbalans.site.map.topography import layers_of, streets_of
from buurtbalans.site.pages.city_release import CityRelease, requested_city_release


def contribution_context(request: HttpRequest, slug: str) -> ContributionContext:
    """Return where something is told on a round and who may hear it, with the map for the pin."""
    here = build_contribution_context(request, slug)
    return replace(here, draw=partial(draw_pinned, request, here.neighbourhood))


def draw_pinned(
    request: HttpRequest, place: Neighbourhood, marks: Iterable[tuple[str, Place]], **how: float
) -> SafeString:
    """Return the ground of a neighbourhood to shift under a pin; empty where no borders are known."""
    here = requested_city_release(request, within=place.municipality)
    if here is None:
        return SafeString()
    try:
        return draw_ground(
            here.division,
            place.municipality,
            place.codes,
            layers=layers_of(place.municipality),
            streets=streets_of(place.municipality, place.name),
            pins=[Pin(kind, at) for kind, at in marks],
            title=_("Kaart van %(name)s") % {"name": place.name},
            identity="speld",
            **how,
        )
    except LookupError:
        return SafeString()


def draw_contribution(request: HttpRequest, told: Contribution) -> SafeString:
    """Return the ground of a neighbourhood with the place of what was told there, as it is kept."""
    kind = told.mood if isinstance(told, Feeling) else str(getattr(told, "tone", ""))
    marks = [(kind if kind in KINDS else "vraag", told.point)] if told.point else []
    return draw_pinned(request, told.neighbourhood, marks, around=1.0)


def feelings_ground(request: HttpRequest, place: Neighbourhood) -> Ground:
    """Return what the pages of feelings know of the ground: a map of dots or squares, names of places, the bounds."""
    here = requested_city_release(request, within=place.municipality)
    if here is None:
        return Ground(lambda dots, fields, identity: SafeString(), lambda at: place.name, lambda borders: place.name)
    streets, named = streets_of(place.municipality, place.name), names_around(here, place)
    own = [here.division[c].geometry for c in place.codes if c in here.division and here.division[c].geometry]

    def draw(dots: Iterable[Dot], squares: Iterable[FeelingSquare], identity: str) -> SafeString:
        fields = [
            DrawnField(square.borders, f"oordeel-{square.look.class_number}", number, str(square.look.words))
            for number, square in enumerate(squares, start=1)
        ]
        drawn = [DrawnDot(dot.kind, dot.place, dot.number, dot.href, dot.words) for dot in dots]
        try:
            return draw_feelings(
                here.division,
                place.municipality,
                place.codes,
                dots=drawn,
                fields=fields,
                streets=streets,
                layers=layers_of(place.municipality),
                identity=f"gevoel-{identity}",
                title=_("Gevoelens in %(name)s") % {"name": place.name},
            )
        except LookupError:
            return SafeString()

    def where(at: Place) -> str:
        point = shapely.Point(at)
        return next((name for name, shape in named.items() if shape.covers(point)), place.name)

    def within(borders: Bounds) -> str:
        box = shapely.box(*borders)
        known = dict(streets.parts) if streets else named
        inside = [name for name, shape in known.items() if box.covers(shape.representative_point())]
        return ", ".join(inside) or where((box.centroid.x, box.centroid.y))

    return Ground(draw, where, within, tuple(shapely.total_bounds(own)) if own else None)


def feelings_panel(request: HttpRequest, round: Round) -> Panel:
    """Return the way to what people feel and think of a neighbourhood, with how much of it the viewer may see."""
    context = {
        "round": round,
        "team": may_in(request.user, Permission.READ, round),
        "feelings": feelings_of(round.neighbourhood, request.user).count(),
        "shown": shown_to(request.user, round.core),
        "sheets": sheets_counted(round.core, request.user),
    }
    return Panel("site/felt_panel.html", context)


def names_around(here: CityRelease, place: Neighbourhood) -> dict[str, Geometry]:
    """Return what has a name around a neighbourhood: the parts of a quarter whose streets are known, and the areas."""
    streets = streets_of(place.municipality, place.name)
    return (dict(streets.parts) if streets else {}) | {
        area.name: area.geometry for area in here.areas(AreaLevel.BUURT) if area.geometry is not None
    }
