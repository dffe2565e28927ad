"""The topography of a municipality: water, parks and railway under its areas, and the streets of its quarters.

Whoever has a topography registers it at start-up; a municipality without one is drawn by its borders alone.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from buurtbalans.figures.area.division import Division
from buurtbalans.site.map.layers import Layers
from buurtbalans.site.map.street_map import Streets


@dataclass(frozen=True, eq=False)
class Topography:
    """The topography of a division; borders, layers and streets in degrees, streets by name of their quarter."""

    division: Division
    layers: Layers
    streets: Mapping[str, Streets] = field(default_factory=dict)


_registered: dict[str, Callable[[], Topography]] = {}


def register_topography(municipality: str, load: Callable[[], Topography]) -> None:
    """Register how to load the topography of a municipality, by its code; `load` is called whenever a page draws it."""
    _registered[municipality] = load


def topography_of(municipality: str) -> Topography | None:
    """Return the topography of a municipality, or None where none is registered."""
    load = _registered.get(municipality)
    return load() if load else None


def layers_of(municipality: str) -> Layers | None:
    """Return water, parks and railway of a municipality, or None where it has no topography."""
    topography = topography_of(municipality)
    return topography.layers if topography else None


def streets_of(municipality: str, quarter: str) -> Streets | None:
    """Return the streets of a quarter by its name, or None where they are not known."""
    topography = topography_of(municipality)
    return topography.streets.get(quarter) if topography else None


def registered_topographies() -> Iterator[tuple[str, Topography]]:
    """Yield each municipality that has a topography, by its code, with that topography."""
    yield from ((municipality, load()) for municipality, load in _registered.items())
