"""The map of a batch of placing: how much room each buurt has, in words that close none, and the proposals in it."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from buurtbalans.figures.observation import Absence
from buurtbalans.site.map.choropleth import draw_map
from buurtbalans.site.map.classes import MapClass
from buurtbalans.site.pages.city_release import requested_city_release


def draw_room(
    request: HttpRequest,
    rooms: Mapping[str, tuple[int, str]],
    numbers: Mapping[str, int],
    selected: str = "",
    *,
    title: str = "",
    identity: str = "ruimte",
) -> SafeString:
    """Return the map of the room of every area, with a number where there is one; empty without a map of them."""
    here = requested_city_release(request)
    if here is None or not any(code in here.division for code in rooms):
        return SafeString()
    outside = MapClass(Absence.NOT_APPLICABLE, _("niet in deze plaatsingsronde"))
    classes = {area.code: outside for area in here.division} | {
        code: MapClass(f"s{number}" if number else Absence.NOT_MEASURED, words)
        for code, (number, words) in rooms.items()
    }
    try:
        return draw_map(
            here.division,
            here.municipality.code,
            classes,
            selected=selected or None,
            labels=False,
            numbers=numbers,
            layers=here.layers,
            title=title or _("Plaatsingsruimte per buurt"),
            identity=identity,
        )
    except LookupError:
        return SafeString()
