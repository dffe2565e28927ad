"""Loads the invented town: figures through import, check and publish like any other, then its people and rounds."""

from collections.abc import Callable
from typing import Final

from buurtbalans.figures.release import Release
from buurtbalans.method.datasets import queries
from buurtbalans.method.datasets.actions import publish_release
from buurtbalans.method.people.models import Person
from buurtbalans.method.places.actions import draw_neighbourhood
from buurtbalans.method.places.models import Neighbourhood

from .figures import deliveries
from .people import make_people
from .rounds import make_rounds
from .town import town

TOGETHER: Final = "Rond het station"
TOGETHER_PARTS: Final = ("Stationsbuurt", "Componisten", "Oosterkade")
TITLE: Final = "Waterdam 2018 tot 2025 (verzonnen)"
STEPS: Final = 4
Progress = Callable[[str, int, int], object]


def load_demo(progress: Progress = lambda what, done, total: None) -> None:
    """Make the demo what it should be; what is there already stays, so a second call changes nothing.

    `progress` is told what happens, and how many of how many steps are done.
    """
    progress("Kaart van Waterdam tekenen", 0, STEPS)
    place = town()
    progress("Cijfers van acht jaar maken", 1, STEPS)
    release = _published() or publish_town(_write_down)
    progress("Mensen en organisaties", 2, STEPS)
    people = make_people()
    progress("Rondes, verhalen en afspraken", 3, STEPS)
    make_rounds(people, release)
    if not Neighbourhood.objects.filter(name=TOGETHER).exists():
        _draw_together(people["samira"], release)
    progress(f"{place.name} is klaar", STEPS, STEPS)


def _draw_together(by: Person, release: Release) -> None:
    """Make a working area of three buurten, so that the demo shows one."""
    division = release.division(max(release.divisions))
    codes = [area.code for area in division if area.name in TOGETHER_PARTS]
    draw_neighbourhood(
        by=by,
        name=TOGETHER,
        municipality=town().code,
        division=division.year,
        codes=codes,
        known=[area.code for area in division],
        wider=town().name,
    )


def _published() -> Release | None:
    release = queries.current_release()
    return release if release and release.manifest.title == TITLE else None


def _write_down(release: str) -> None:
    """Publish as the site does it, so that the demo shows who published what."""
    publish_release(by=None, release=release, note="Eerste cijfers van de demo", confirmed=True)


def publish_town(publish: Callable[[str], object] | None = None) -> Release:
    """Import, check and publish the figures and maps of the town; on the shelf alone unless `publish` does more."""
    place = town()
    station = place.layers.stations[0][1]
    shelf = queries.shelf()
    made = shelf.add(deliveries(place.divisions, station), place.divisions.values(), title=TITLE, invented=True)
    (publish or shelf.publish)(made)
    return shelf.get(made)
