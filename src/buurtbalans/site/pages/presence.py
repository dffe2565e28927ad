"""The maps beside "who does what here": one per neighbourhood, with the numbers of the list."""

from collections.abc import Sequence
from itertools import groupby

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from buurtbalans.method.plans.queries import Line
from buurtbalans.site.map import Spot, draw_spots

from .scene import scene

AT_MOST = 3  # more maps than that are no overview; the list says how to ask for one neighbourhood


def draw_presence(request: HttpRequest, lines: Sequence[Line]) -> list[tuple[str, SafeString]]:
    """Return a map per neighbourhood with every line of the list as a number that leads to it."""
    drawn = []
    for place, group in groupby(lines, key=lambda line: line.neighbourhood):
        here = scene(request, within=place.municipality)
        if here is None:
            return []
        spots = [
            Spot(line.number, f"{line.effort.organisation}: {line.effort.what}", f"#regel-{line.effort.pk}", line.point)
            for line in group
        ]
        title = _("Wie doet wat in %(name)s") % {"name": place.name}
        try:
            drawn.append((place.name, draw_spots(
                here.division, here.municipality.code, place.codes, spots, layers=here.layers, title=title,
                identity=f"aanwezig-{place.slug}",
            )))  # fmt: skip
        except LookupError:
            continue
    return drawn[:AT_MOST]
