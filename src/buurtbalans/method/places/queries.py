"""Reads about places: which neighbourhoods there are, which an area is part of, and which are ready to begin with."""

import tomllib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from buurtbalans.method.places.models import Neighbourhood


@dataclass(frozen=True)
class ReadyArea:
    """A working area that is ready to begin with, by the codes of its parts, with what one must know of it."""

    id: str
    name: str
    municipality: str
    division: int
    codes: tuple[str, ...]
    wider: str
    remark: str = ""
    remark_en: str = ""

    @property
    def words(self) -> str:
        """The remark in the language of the reader."""
        return self.remark if get_language() == "nl" else self.remark_en

    def fits(self, known: Collection[str]) -> bool:
        """Return whether a division with these codes has all its parts."""
        return set(self.codes) <= set(known)


@cache
def ready_areas() -> tuple[ReadyArea, ...]:
    """Return every working area that is declared as ready."""
    text = (Path(__file__).parent / "areas.toml").read_text(encoding="utf-8")
    return tuple(ReadyArea(**{**area, "codes": tuple(area["codes"])}) for area in tomllib.loads(text)["area"])


def ready_to_begin(years: Collection[int], known: Callable[[int], Collection[str]]) -> list[ReadyArea]:
    """Return the ready areas whose division is published with all their codes, and that nobody drew yet."""
    drawn = {(place.division, tuple(place.codes)) for place in neighbourhoods() if place.is_whole_areas}
    return [
        area
        for area in ready_areas()
        if area.division in years and area.fits(known(area.division))
        if (area.division, tuple(sorted(area.codes))) not in drawn
    ]


def remark_on(place: Neighbourhood) -> str:
    """Return what one must know of a neighbourhood that was begun from a ready area; else nothing."""
    same = (area for area in ready_areas() if (area.division, sorted(area.codes)) == (place.division, place.codes))
    return next((area.words for area in same), "")


def neighbourhoods() -> list[Neighbourhood]:
    """Return all neighbourhoods with their parts; a working area is no secret, what is said about it may be."""
    return list(Neighbourhood.objects.prefetch_related("parts"))


def with_area(code: str, division: int) -> list[Neighbourhood]:
    """Return the neighbourhoods that an area of a division is part of."""
    return list(Neighbourhood.objects.filter(parts__code=code, division=division).prefetch_related("parts"))
