"""The balance on the shared picture of a round: three small bubbles, from the release that the picture speaks of."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.balance.balance_definition import ChosenWeights
from buurtbalans.figures.balance.picture import Bubble
from buurtbalans.figures.findings import Refused
from buurtbalans.method.base.panels import Panel
from buurtbalans.method.datasets.queries import balance, releases
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.rounds.models import PictureVersion, Round
from buurtbalans.site.pages.dimensions import DIMENSIONS


@dataclass(frozen=True, slots=True)
class Level:
    """One dimension on a sheet of paper: its bubble and its words, the city left out."""

    name: str
    bubble: Bubble | None
    said: str


def levels(place: Neighbourhood, release: str, division: int) -> list[Level]:
    """Return the bubbles of a neighbourhood from a release; none where that has no figures or borders of it."""
    try:
        result = releases.release(release)
    except Refused:
        return []
    mapped = division in result.manifest.maps or division in result.divisions
    if not mapped or any(code not in result.division(division) for code in place.codes):
        return []
    codes = tuple(sorted(place.codes))
    together = codes if len(codes) > 1 else ()
    city = balance.balance(result, division, place.municipality, AreaLevel.BUURT, ChosenWeights(), together)
    return [
        Level(str(DIMENSIONS[one.dimension]), one.bubble, _bubble_text(one.bubble)) for one in city.of("+".join(codes))
    ]


def _bubble_text(bubble: Bubble | None) -> str:
    return _(bubble.words.removesuffix(" van de stad") if bubble else "te weinig gegevens")


def town_of(place: Neighbourhood, release: str, division: int) -> str:
    """Return what the municipality of a neighbourhood is called."""
    return releases.release(release).division(division)[place.municipality].name


def balance_on_sheet(request: HttpRequest, round: Round) -> Panel | None:
    """Return the balance for the working picture, from the release that the round holds on to."""
    return _panel(round.neighbourhood, round.release, round.neighbourhood.division)


def balance_of_version(request: HttpRequest, picture: PictureVersion) -> Panel | None:
    """Return the balance for a version as it was frozen, from the release and the borders of then."""
    return _panel(picture.round.neighbourhood, picture.content["release"], picture.content["division"])


def _panel(place: Neighbourhood, release: str, division: int) -> Panel | None:
    result = levels(place, release, division)
    if not result:
        return None
    now = releases.current_release()
    why = reverse("neighbourhood_why", args=[place.slug]) if now and now.id == release else ""
    town = town_of(place, release, division)
    return Panel("site/picture_balance.html", {"levels": result, "town": town, "why": why})
