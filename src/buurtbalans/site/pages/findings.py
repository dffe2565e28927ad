"""What a map says in at most three short sentences: what differs from the city, what does not, what is absent."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.site.pages.city_comparison import AreaStanding, CityComparison
from buurtbalans.site.pages.figure_text import value_text

MOST_NAMES = 3


def finding(comparison: CityComparison, level: AreaLevel) -> list[str]:
    """Return the sentences above a map, in the order in which people ask: what differs, what not, what is unknown."""
    says = _judged(comparison, level) if comparison.judged else _range(comparison, level)
    absent = sum(bool(place.absence) for place in comparison.places)
    if absent:
        names = {"n": absent, "areas": areas_word(level, absent)}
        says.append(
            ngettext(
                "Van %(n)d %(areas)s is geen cijfer te tonen.",
                "Van %(n)d %(areas)s zijn geen cijfers te tonen.",
                absent,
            )
            % names
        )
    return says


_AREAS = {
    AreaLevel.BUURT: (gettext_noop("buurt"), gettext_noop("buurten")),
    AreaLevel.WIJK: (gettext_noop("wijk"), gettext_noop("wijken")),
    AreaLevel.STADSDEEL: (gettext_noop("stadsdeel"), gettext_noop("stadsdelen")),
    AreaLevel.GEBIED: (gettext_noop("gebied"), gettext_noop("gebieden")),
    AreaLevel.GEMEENTE: (gettext_noop("gemeente"), gettext_noop("gemeenten")),
    AreaLevel.LAND: (gettext_noop("land"), gettext_noop("landen")),
}


def areas_word(level: AreaLevel, count: int) -> str:
    """Return what areas of a level are called: buurt or buurten."""
    one, more = _AREAS[level]
    return _(one) if count == 1 else _(more)


def _judged(comparison: CityComparison, level: AreaLevel) -> list[str]:
    says = []
    for place, words in (
        (5, _("In deze gebieden is het cijfer duidelijk hoger dan in de stad: %s.")),
        (1, _("In deze gebieden is het cijfer duidelijk lager dan in de stad: %s.")),
    ):
        names = [each for each in comparison.places if each.place == place]
        if names:
            says.append((words % _some(names)).replace("..", "."))
    alike = comparison.count(3)
    if not says:
        says.append(_("Geen enkel gebied verschilt duidelijk van de stad."))
    if alike:
        says.append(
            _("Bij %(n)d %(areas)s zien we geen duidelijk verschil met de stad.")
            % {"n": alike, "areas": areas_word(level, alike)}
        )
    return says


def _range(comparison: CityComparison, level: AreaLevel) -> list[str]:
    """Say where the figure is highest and lowest; of many that are equal, how many and how much."""
    known = [(place.shown.value, place) for place in comparison.places if place.shown and place.shown.value is not None]
    if not known:
        return []
    values = [value for value, _place in known]
    most, least = (
        _places_text([place for value, place in known if value == end], level) for end in (max(values), min(values))
    )
    return [_("Het cijfer is het hoogst in %(most)s en het laagst in %(least)s.") % {"most": most, "least": least}]


def _places_text(places: list[AreaStanding], level: AreaLevel) -> str:
    """Return the place with its value; of several with the same value how many there are."""
    name = places[0].name if len(places) == 1 else f"{len(places)} {areas_word(level, len(places))}"
    return f"{name} ({value_text(places[0].shown)})"


def _some(places: list[AreaStanding]) -> str:
    """Return the names that stand out most, and how many more there are."""
    ordered = sorted(places, key=lambda place: -abs(place.standing.distance if place.standing else 0))
    return name_list([place.name for place in ordered])


def name_list(every: list[str]) -> str:
    """Return the first names, and how many more there are."""
    names = every[:MOST_NAMES]
    rest = len(every) - len(names)
    if rest:
        return ngettext("%(names)s en nog %(n)d andere", "%(names)s en nog %(n)d andere", rest) % {
            "names": ", ".join(names),
            "n": rest,
        }
    return _(" en ").join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
