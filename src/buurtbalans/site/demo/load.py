"""Loads the invented town: figures through import, check and publish like any other, then its people and rounds."""

from collections.abc import Callable, Mapping
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_noop as noop

from buurtbalans.figures.release.frozen import Release
from buurtbalans.figures.sources.delivery import SourceData
from buurtbalans.method.datasets.actions import publish_release
from buurtbalans.method.datasets.queries import deliveries, releases
from buurtbalans.method.people.models import Person
from buurtbalans.method.places.actions import draw_neighbourhood
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.site.demo.agreements import make_agreements
from buurtbalans.site.demo.deliveries import agree, make_deliveries, with_partner
from buurtbalans.site.demo.figures import source_data
from buurtbalans.site.demo.outside import make_outside
from buurtbalans.site.demo.people import make_people
from buurtbalans.site.demo.placing import make_placing
from buurtbalans.site.demo.profiles import make_profiles
from buurtbalans.site.demo.rounds import make_rounds
from buurtbalans.site.demo.town import town

TOGETHER: Final = "Rond het station"
TOGETHER_PARTS: Final = ("Stationsbuurt", "Componisten", "Oosterkade")
TITLE: Final = "Waterdam 2018 tot 2025 (verzonnen)"
STEPS: Final = 4
Progress = Callable[[str, int, int], object]


def load_demo(progress: Progress = lambda what, done, total: None) -> None:
    """Make the demo what it should be; what is there already stays, so a second call changes nothing.

    Its texts are in the language of the site, whoever starts it in whichever language. `progress` is told what happens,
    and how many of how many steps are done.
    """
    with translation.override(settings.LANGUAGE_CODE):
        _load(progress)


def _load(progress: Progress) -> None:
    progress(noop("Kaart van Waterdam tekenen"), 0, STEPS)
    town()  # drawn once, and kept for what follows
    progress(noop("Mensen en organisaties"), 1, STEPS)
    people = make_people()
    make_profiles(people)
    progress(noop("Cijfers van acht jaar maken"), 2, STEPS)
    release = _published() or _publish(people)
    progress(noop("Rondes, verhalen en afspraken"), 3, STEPS)
    rounds = make_rounds(people, release)
    make_agreements(people, rounds)
    make_deliveries(people, rounds["weverskwartier"], release)
    make_placing(people)
    make_outside(people)
    if not Neighbourhood.objects.filter(name=TOGETHER).exists():
        _draw_together(people["samira"], release)
    progress(noop("Waterdam is klaar"), STEPS, STEPS)


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
    release = releases.current_release()
    return release if release and release.manifest.title == TITLE else None


def _publish(people: Mapping[str, Person]) -> Release:
    """Publish as the site does it, a partner's own delivery inside, so that the demo shows who published what."""
    supplier, steward = people["joris"], people["daan"]
    made, delivery = with_partner(_demo_source_data(), supplier)
    shared = deliveries.shared_in(made)
    id = releases.store().add(made, town().divisions.values(), title=TITLE, invented=True, shared=shared)
    agree(id, delivery, steward=steward, supplier=supplier)
    publish_release(by=None, release=id, note="Eerste cijfers van de demo", confirmed=True)
    return releases.release(id)


def publish_town() -> Release:
    """Import, check and publish the figures and maps of the town, in the store alone."""
    store = releases.store()
    made = store.add(_demo_source_data(), town().divisions.values(), title=TITLE, invented=True)
    store.publish(made)
    return store.get(made)


def _demo_source_data() -> list[SourceData]:
    place = town()
    return source_data(place.divisions, place.layers.stations[0][1])
