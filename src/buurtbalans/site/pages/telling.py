"""Where something is told on a round, with the map for the pin: stories, feelings and notes share it."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from buurtbalans.method.places.forms import Place
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.rounds.views.telling import story_setting
from buurtbalans.method.stories.views import Setting
from buurtbalans.site.demo.plan import QUARTER, TOWN_CODE
from buurtbalans.site.demo.town import layers_of, town
from buurtbalans.site.map import Pin, Streets, draw_ground

from .scene import scene


def told_here(request: HttpRequest, slug: str) -> Setting:
    """Return where something is told on a round and who may hear it, with the map for the pin."""
    here = story_setting(request, slug)
    return replace(here, draw=partial(draw_pinned, request, here.neighbourhood))


def draw_pinned(request: HttpRequest, place: Neighbourhood, marks: Iterable[tuple[str, Place]]) -> SafeString:
    """Return the ground of a neighbourhood to shift under a pin; empty where no borders are known."""
    here = scene(request, within=place.municipality)
    if here is None:
        return SafeString()
    try:
        return draw_ground(
            here.division, place.municipality, place.codes, layers=layers_of(place.municipality),
            streets=streets_of(place), pins=[Pin(kind, at) for kind, at in marks],
            title=_("Kaart van %(name)s") % {"name": place.name}, identity="speld",
        )  # fmt: skip
    except LookupError:
        return SafeString()


def streets_of(place: Neighbourhood) -> Streets | None:
    """Return the streets of a neighbourhood, where they are known: only of one quarter of the invented town."""
    return town().streets if (place.municipality, place.name) == (TOWN_CODE, QUARTER) else None
