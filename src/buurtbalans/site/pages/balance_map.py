"""The map of one dimension of the balance: five classes as far as chance allows, the same rows as a table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.balance.balance_definition import ChosenWeights
from buurtbalans.figures.balance.picture import Bubble, CityBalance, DimensionPicture
from buurtbalans.figures.balance.picture_words import UNTESTED, rank_sentence
from buurtbalans.figures.catalogue.indicator import Dimension
from buurtbalans.figures.comparison.standing import Certainty
from buurtbalans.figures.observation import Absence
from buurtbalans.site.exports.download_response import download_links
from buurtbalans.site.look.absence import PATTERNS
from buurtbalans.site.map.choropleth import draw_map
from buurtbalans.site.map.classes import MapClass
from buurtbalans.site.map.viewport import Viewport
from buurtbalans.site.pages.balance import absence_reason, city_balance
from buurtbalans.site.pages.city_release import CityRelease, point_in_area, requested_city_release
from buurtbalans.site.pages.custom_weights import KEY, weight_history
from buurtbalans.site.pages.dimensions import DIMENSIONS
from buurtbalans.site.pages.findings import areas_word, name_list

START: Final = "balans-"  # before the name of a dimension, where the name of an indicator could stand
ASKS: Final[dict[Dimension, Promise]] = {
    Dimension.COMPOSITION: gettext_lazy("Uitkomst voor samenstelling"),
    Dimension.FACILITIES: gettext_lazy("Uitkomst voor voorzieningen"),
    Dimension.LIVEABILITY: gettext_lazy("Uitkomst voor leefbaarheid"),
}
CLASSES: Final[tuple[Promise, ...]] = (
    gettext_lazy("duidelijk zwakker"),
    gettext_lazy("iets zwakker"),
    gettext_lazy("geen duidelijk verschil"),
    gettext_lazy("iets sterker"),
    gettext_lazy("duidelijk sterker"),
)


@dataclass(frozen=True, slots=True)
class AreaClass:
    """One area on the map: its bubble with its class and words, or why there is none."""

    code: str
    name: str
    bubble: Bubble | None
    absence: str
    why: str

    @property
    def place(self) -> int | None:
        """Return the class, from 1 (weaker) to 5 (stronger); none without a bubble."""
        return self.bubble.class_number if self.bubble else None

    @property
    def untested(self) -> bool:
        """Say whether its words tell a distance only, because nothing says what chance does to its figures."""
        return self.bubble is not None and self.bubble.certainty is Certainty.DISTANCE_ONLY

    @property
    def said(self) -> str:
        """Return its rank as a range, and whether chance was tested."""
        if self.bubble is None:
            return ""
        return " ".join([rank_sentence(self.bubble), *((_(UNTESTED),) if self.untested else ())])

    @property
    def drawn(self) -> MapClass:
        """Return what the map draws: the class with its words, or the pattern of the reason with its own."""
        if self.bubble is None:
            return MapClass(self.absence, str(PATTERNS[Absence(self.absence)].words))
        return MapClass(f"k{self.place}", _(self.words))

    @property
    def words(self) -> str:
        """Return the words of its bubble without the ending that names the city, which the heading names; empty without a bubble."""
        return self.bubble.words.removesuffix(" van de stad") if self.bubble else ""


@dataclass(frozen=True, slots=True)
class DimensionChoice:
    """What the sentence above the map says: which dimension, at which level, which area is chosen, which weights."""

    dimension: Dimension
    period: int
    level: AreaLevel
    selected: str
    town: str
    weights: ChosenWeights

    @property
    def asked(self) -> str:
        """Return what stands in the address in the place of an indicator."""
        return START + self.dimension.value

    def parts(self, **other: str) -> dict[str, str]:
        """Return what this choice writes in an address, with some parts changed; empty parts are left out."""
        parts = {
            "indicator": self.asked,
            "niveau": self.level.value,
            "gemeente": self.town,
            "gekozen": self.selected,
            KEY: self.weights.to_text(),
        }
        return {name: value for name, value in (parts | other).items() if value}

    def address(self, **other: str) -> str:
        """Return the address of the map with this choice, with some parts changed."""
        return f"{reverse('map')}?{urlencode(self.parts(**other))}"


def dimension_asked(request: HttpRequest) -> bool:
    """Say whether the address asks for a dimension and not for an indicator."""
    return request.GET.get("indicator", "").startswith(START)


def dimension_choice(request: HttpRequest, here: CityRelease) -> DimensionChoice:
    """Read the choice from the address."""
    name = request.GET["indicator"].removeprefix(START)
    level = request.GET.get("niveau", AreaLevel.BUURT.value)
    if name not in set(Dimension) or level not in set(AreaLevel):
        raise Http404("deze kaart is er niet")
    choice = DimensionChoice(
        Dimension(name),
        here.year,
        AreaLevel(level),
        request.GET.get("gekozen", ""),
        request.GET.get("gemeente", ""),
        weight_history(request.GET).weights,
    )
    if choice.level not in here.levels:
        raise Http404("geen kaart op dit niveau")
    return choice


@lru_cache(maxsize=64)
def area_classes(
    here: CityRelease, dimension: Dimension, level: AreaLevel, weights: ChosenWeights
) -> tuple[AreaClass, ...]:
    """Return all areas of a level, weaker first and by name, those without a bubble last; it is no order of rank."""
    city = city_balance(here, level, weights)
    placed = [_area_class(city, dimension, area.code, area.name) for area in here.areas(level)]
    return tuple(sorted(placed, key=lambda one: (one.place or 9, one.absence, one.name)))


def _area_class(city: CityBalance, dimension: Dimension, code: str, name: str) -> AreaClass:
    each = next(one for one in city.of(code) if one.dimension is dimension)
    return AreaClass(code, name, each.bubble, "" if each.bubble else str(main_absence_reason(each)), each.why)


def main_absence_reason(each: DimensionPicture) -> Absence:
    """Return why too little is known of a dimension: the reason that counts most among what would count."""
    reasons: Counter[Absence] = Counter()
    for part in each.unknown:
        if part.weight:
            reasons[absence_reason(part.shown)] += 1
    return reasons.most_common(1)[0][0] if reasons else Absence.NOT_MEASURED


def dimension_finding(places: Sequence[AreaClass], level: AreaLevel) -> list[str]:
    """Return the sentences above the map of a dimension: what is stronger first, then weaker, alike, and unknown."""
    says = _stronger_and_weaker(places) or [_("Geen enkel gebied verschilt duidelijk van de stad.")]
    counts = Counter(place.place for place in places)
    for place_class, words in (
        (3, _("Bij %(n)d %(areas)s zien we geen duidelijk verschil met de stad.")),
        (None, _("Over %(n)d %(areas)s hebben we te weinig gegevens.")),
    ):
        if number := counts[place_class]:
            says.append(words % {"n": number, "areas": areas_word(level, number)})
    if any(place.untested for place in places):
        says.append(_("Niet elk verschil is getoetst, want van veel cijfers kennen we de onzekerheidsmarge niet."))
    return says


def _stronger_and_weaker(places: Sequence[AreaClass]) -> list[str]:
    """Return which areas are stronger than the city and which weaker, a sentence for each that there is."""
    says = []
    for among, words in (
        ((4, 5), _("Hier is de uitkomst sterker dan in de stad: %s.")),
        ((1, 2), _("Hier is de uitkomst zwakker dan in de stad: %s.")),
    ):
        names = [place.name for place in places if place.place in among]
        if names:
            says.append(words % name_list(names))
    return says


def _legend(places: Sequence[AreaClass]) -> list[tuple[int, Promise, int]]:
    """Return (class, words, how many areas) of all five classes, from stronger to weaker."""
    counts = Counter(place.place for place in places)
    return [(number, CLASSES[number - 1], counts[number]) for number in (5, 4, 3, 2, 1)]


def _absence_counts(places: Sequence[AreaClass]) -> dict[str, int]:
    """Return how many areas have no bubble for each reason that occurs, in the fixed order of reasons."""
    reasons = Counter(place.absence for place in places)
    return {str(reason): reasons[str(reason)] for reason in Absence if reasons[str(reason)]}


def dimension_context(request: HttpRequest, start: CityRelease) -> dict[str, object]:
    """Return what the page of the map shows of a dimension."""
    here = requested_city_release(request, start.year) or start
    choice = dimension_choice(request, here)
    places = area_classes(here, choice.dimension, choice.level, choice.weights)
    picked = next((one for one in places if one.code == choice.selected), None)
    view = Viewport.asked(request.GET, point_in_area(here, picked.code if picked else ""))
    near = f"&{view.query}" if view.query else ""
    base, bare = choice.address(), choice.address(gekozen="")
    drawing = draw_map(
        here.division,
        here.municipality.code,
        {one.code: one.drawn for one in places},
        level=choice.level,
        selected=choice.selected,
        href=lambda code: f"{bare}&gekozen={code}{near}#gekozen",
        layers=here.layers,
        view=view,
    )
    query = urlencode(choice.parts(indicator="", gekozen=""))
    return {
        "here": here,
        "choice": choice,
        "title": DIMENSIONS[choice.dimension],
        "drawing": drawing,
        "judged": True,
        "rows": [(one, f"{bare}&gekozen={one.code}") for one in places],
        "legend": _legend(places),
        "absent": _absence_counts(places),
        "chosen": picked,
        "finding": dimension_finding(places, choice.level),
        "years": [here.year],
        "levels": here.levels,
        "save": download_links("city_balance_file", query=query),
        **view.zoom_links(base),
        "unselect": bare,
        "onward": f"?{urlencode({KEY: choice.weights.to_text()})}" if choice.weights.chosen else "",
        "weigh": reverse("area_weigh", args=[here.year, here.municipality.code]),
        "plain": f"{reverse('map')}?{urlencode(choice.parts(**{KEY: ''}))}",
    }
