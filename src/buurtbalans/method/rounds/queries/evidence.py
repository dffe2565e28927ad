"""Reads of figures for a round, of its release and of what organisations shared with it, as it freezes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Division
from buurtbalans.figures.catalogue.indicator import Dimension, Direction
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.findings import Refused
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.release.frozen import Release
from buurtbalans.figures.sentence import figure_sentence, number, share_range
from buurtbalans.method.datasets.models import Delivery
from buurtbalans.method.datasets.queries import deliveries, releases
from buurtbalans.method.datasets.queries import figures as figures_queries
from buurtbalans.method.rounds.models import Round, veiled
from buurtbalans.method.rounds.queries.round import Viewer

_DELIVERED: Final = "levering"


def years_of(round: Round, asked: str) -> tuple[list[int], int]:
    """Return the years of the pinned release, newest first, and the one that is asked for, else the newest."""
    years = sorted(releases.release(round.release).manifest.periods, reverse=True)
    return years, int(asked) if asked.isdigit() and int(asked) in years else years[0]


def figure_choices(round: Round, year: int) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the figures of a year about the neighbourhood, per theme, what people feel and say first.

    A figure of each buurt, of them together, and of what organisations share about them.
    """
    return _in_themes(round, figures(round, periods=[year]))


@dataclass(frozen=True)
class EvidenceFilter:
    """What somebody looks for among the figures: a year, words, a theme, and where."""

    year: int
    words: str = ""
    theme: str = ""
    area: str = ""


def searched(round: Round, wanted: EvidenceFilter) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the figures of the neighbourhood, its parts, the wijk and the city that fit, as `figure_choices` does."""
    matches = figures(round, wider=True, periods=[wanted.year])
    groups = _in_themes(round, [f for f in matches if _fits(f, wanted)])
    return [(name, fitting) for name, group in groups if (fitting := [f for f in group if _fits(f, wanted)])]


def _fits(figure: dict[str, Any], wanted: EvidenceFilter) -> bool:
    text = f"{figure['name']} {figure['sentence']} {figure['source_line']} {figure['theme']}".casefold()
    here = not wanted.area or figure["area"] == wanted.area
    themed = not wanted.theme or figure["theme"] == wanted.theme
    return here and themed and all(word in text for word in wanted.words.casefold().split())


def areas_of(round: Round) -> list[tuple[str, str]]:
    """Return the areas that figures can be about, each with its name: the whole working area first, the city last."""
    place = round.neighbourhood
    division = releases.release(round.release).division(place.division)
    codes = list(place.codes)
    together = [("+".join(codes), place.name)] if len(codes) > 1 else []
    above = dict.fromkeys(
        area.code for code in codes for area in division.ancestors(code) if area.level is AreaLevel.WIJK
    )
    wider = [*above, *([place.municipality] if place.municipality in {area.code for area in division} else [])]
    return [*together, *((code, division[code].name) for code in [*codes, *wider])]


def borders_of(round: Round) -> Division | None:
    """Return the map of the round's pinned release in the year of its neighbourhood, or None when there is none."""
    try:
        return releases.release(round.release).division(round.neighbourhood.division)
    except (Refused, KeyError):
        return None


def themes_of(round: Round) -> list[tuple[str, str]]:
    """Return the themes of the figures in the pinned release, each as the catalogue and as a page calls it."""
    present = set(releases.release(round.release).manifest.indicators)
    themes = dict.fromkeys(one.theme for one in catalogue().values() if one.id in present and not one.restricted)
    return sorted(((theme, str(_(theme)).capitalize()) for theme in themes), key=lambda theme: theme[1])


def _in_themes(round: Round, frozen: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    several = len({f["area"] for f in frozen}) > 1
    frozen = [
        f | {"key": key_of(f), "choice": f"{f['area_name']}: {f['sentence']}" if several else f["sentence"]}
        for f in frozen
    ]
    frozen.sort(key=lambda f: (f["dimension"] != Dimension.LIVEABILITY, f["low"] is None))
    themes = dict.fromkeys(f["theme"] for f in frozen)
    groups = [(str(_(theme)).capitalize(), [f for f in frozen if f["theme"] == theme]) for theme in themes]
    partners = _partner_choices(round)
    return [*groups, (str(_("Door organisaties met u gedeeld")), partners)] if partners else groups


def _partner_choices(round: Round) -> list[dict[str, Any]]:
    """Return the figures that organisations share with a round, each with its key and the words to choose it by."""
    delivered = [_of_partner(figure) | {"key": shared_figure_key(figure)} for figure in offered(round)]
    return [f | {"choice": f["sentence"] or f["name"]} for f in delivered]


def key_of(figure: dict[str, Any]) -> str:
    """Return what a frozen figure is called in a form: indicator, area and year."""
    return f"{figure['indicator']}|{figure['area']}|{figure['period']}"


def freeze(round: Round, key: str) -> dict[str, Any]:
    """Return one figure as it is now, with all that its reader saw.

    `key` is indicator|area|year in the round's release, or levering|number for a figure that an organisation shared.
    """
    if key.startswith(f"{_DELIVERED}|"):
        shared = [each for each in offered(round) if shared_figure_key(each) == key]
        if not shared:
            raise ValidationError(_("Dit cijfer wordt niet meer met u gedeeld."), code="not_shared")
        return _of_partner(shared[0])
    indicator, area, year = key.split("|")
    wanted = {"indicators": [indicator], "periods": [int(year)]}
    matches = [f for f in figures(round, wider=True, **wanted) if f["area"] == area]
    if not matches:
        raise ValidationError(_("Dit cijfer hoort niet bij de cijferset van deze ronde."), code="figure")
    return matches[0]


def figures(round: Round, *, wider: bool = False, **wanted: Any) -> list[dict[str, Any]]:
    """Return figures of the round's neighbourhood from its pinned release, each as it would be frozen.

    Of several buurten also the figure of them together, made of counts; `wider` adds the wijk and the city beside it.
    """
    place, release = round.neighbourhood, releases.release(round.release)
    names = dict(areas_of(round))
    asked = _single_areas(names, None if wider else place.codes)
    shown = releases.shown(release, areas=dict.fromkeys([*asked, place.municipality]), **wanted)
    cities = {(s.indicator.id, s.period): s for s in shown if s.area == place.municipality}
    seen = [s for s in shown if s.area in asked and not s.indicator.restricted]
    own = sorted(seen, key=lambda s: asked.index(s.area))
    return [
        _freeze(
            s,
            cities.get((s.indicator.id, s.period)) if s.area != place.municipality else None,
            release.id,
            names[s.area],
        )
        for s in [*_together(round, release, **wanted), *own]
    ]


def _single_areas(names: Iterable[str], within: Iterable[str] | None) -> list[str]:
    """Return the codes that are one area, no combination of several; only those `within`, when it is given."""
    return [code for code in names if "+" not in code and (within is None or code in within)]


def _together(round: Round, release: Release, **wanted: Any) -> list[Shown]:
    """Return the figures of a working area of several buurten taken together; of one buurt there are none."""
    codes = round.neighbourhood.codes
    if len(codes) < 2:
        return []
    keep = {name: None if values is None else set(values) for name, values in wanted.items()}
    indicators, periods = keep.get("indicators"), keep.get("periods")
    return [
        s
        for s in figures_queries.shown_together(release, codes)
        if not s.indicator.restricted
        and (indicators is None or s.indicator.id in indicators)
        and (periods is None or s.period in periods)
    ]


def offered(round: Round) -> list[deliveries.OfferedFigure]:
    """Return the figures about the neighbourhood that organisations share with the core group now."""
    return deliveries.offered_to(round.core, round.neighbourhood.codes)


def shared_figure_key(figure: deliveries.OfferedFigure) -> str:
    """Return what a shared figure is called in a form."""
    return f"{_DELIVERED}|{figure.pk}"


def later(round: Round, figure: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return what measures the same as a frozen figure in later years, the newest first, each with its key."""
    if figure.get("delivery") is None:
        newer = [(key_of(each), each) for each in figures(round, indicators=[figure["indicator"]])]
    else:
        newer = [(shared_figure_key(each), _of_partner(each)) for each in offered(round)]
    fit = [(key, f) for key, f in newer if f["period"] > figure["period"] and same_measure(f, figure)]
    return sorted(fit, key=lambda each: -each[1]["period"])


def same_measure(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Say whether two frozen figures measure the same; those of an organisation come in deliveries of one source."""
    of = "indicator" if other.get("delivery") is None else "source"
    return all(one[name] == other[name] for name in ("name", "area", of))


def _of_partner(offered: deliveries.OfferedFigure) -> dict[str, Any]:
    """Return a figure of a delivery as a round freezes it: what the core group sees of it, from whom and of when."""
    delivery, key, count = offered.delivery, offered.key, offered.count
    about = "ongeveer " if count.step > 1 else ""
    sentence = f"{key.indicator}: {about}{count.value} in {offered.area_name}, {key.period}."
    source = f"{delivery.organisation.name}, {delivery.title} · {key.period} · versie {delivery.version}"
    return {
        "release": "",
        "delivery": delivery.pk,
        "area": key.area,
        "area_name": offered.area_name,
        "division": key.division,
        "indicator": f"{_DELIVERED}-{delivery.pk}:{key.indicator}",
        "name": key.indicator,
        "dimension": "",
        "theme": "",
        "period": key.period,
        "value": count.value,
        "low": None,
        "high": None,
        "absence": count.absence.value if count.absence else None,
        "step": count.step,
        "city": None,
        "sentence": sentence if count.value is not None else "",
        "unit": "",
        "decimals": 0,
        "per": 1,
        "direction": Direction.NONE.value,
        "source": delivery.source,
        "source_line": source,
    }


def _freeze(shown: Shown, city: Shown | None, release: str, area_name: str) -> dict[str, Any]:
    indicator, sure = shown.indicator, ""
    if shown.low is not None and shown.high is not None:
        small = shown.high - shown.low > indicator.per / 10
        sure = "minder zeker: kleine groep" if small else "redelijk zeker"
    title, period, parts = shown.source.title, str(shown.period), shown.area.count("+") + 1
    made = f"{parts} buurten samen, uit aantallen berekend" if parts > 1 else ""
    title = title if title.endswith(period) else f"{title} {period}"
    source = " · ".join(part for part in (title, made, sure) if part)
    return {
        "release": release,
        "area": shown.area,
        "area_name": area_name,
        "division": shown.division,
        "indicator": indicator.id,
        "name": indicator.name,
        "dimension": indicator.dimension.value,
        "theme": indicator.theme,
        "period": shown.period,
        "value": shown.value,
        "low": shown.low,
        "high": shown.high,
        "absence": shown.absence.value if shown.absence else None,
        "city": {"value": city.value, "low": city.low, "high": city.high} if city else None,
        "sentence": figure_sentence(shown, city),
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "per": indicator.per,
        "direction": indicator.direction.value,
        "source": shown.source.title,
        "source_line": source,
    }


def told(figure: Mapping[str, Any], viewer: Viewer) -> dict[str, Any]:
    """Return a frozen figure as the reader may see it: what an organisation shared with others has no value here."""
    delivery = figure.get("delivery")
    if delivery is None or Delivery.objects.frozen_for(viewer).filter(pk=delivery).exists():
        return dict(figure)
    return veiled(figure)


def line_of(*figures: dict[str, Any], also: Iterable[float] = ()) -> dict[str, float] | None:
    """Return from where to where to draw the line of some figures of one indicator, or None when none has a value."""
    seen = [f for f in figures if f and f["value"] is not None]
    if not seen:
        return None
    values = [*_values_on_line(seen), *also]
    low, high = min(values), max(values)
    air = max((high - low) * 0.6, abs(high) * 0.08)
    end = min(100.0, high + air) if seen[0]["per"] == 100 else high + air
    own = range_of(seen[0])
    return {"van": max(0.0, low - air) if low >= 0 else low - air, "tot": end, "low": own[0], "high": own[1]}


def _values_on_line(figures: list[dict[str, Any]]) -> list[float]:
    """Return the values of figures with their bounds, and the city's beside the first; a count has no such city."""
    values = [v for f in figures for v in (f["value"], f["low"], f["high"]) if v is not None]
    first = figures[0]
    if first["city"] and first["city"]["value"] is not None and first["per"] > 1:
        values.append(first["city"]["value"])
    return values


def range_of(figure: dict[str, Any]) -> tuple[float, float]:
    """Return from where to where a frozen figure lies; without a range that is its value twice."""
    value = figure["value"]
    return (value, value) if figure["low"] is None or figure["high"] is None else (figure["low"], figure["high"])


def range_words(low: float, high: float, *, is_share: bool = False) -> str:
    """Return a range in figures as one writes them in Dutch: "45–53", "1.435" when it is one number."""
    if is_share:
        return share_range(low, high, "–")
    return "–".join(dict.fromkeys(map(number, (low, high))))
