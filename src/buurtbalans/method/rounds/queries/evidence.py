"""Reads of figures for a round, of its release and of what organisations shared with it, as it freezes them."""

from collections.abc import Iterable
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.indicator import Dimension, Direction
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.sentence import figure
from buurtbalans.method.datasets import queries as datasets

from ..models import Round

_DELIVERED: Final = "levering"


def years_of(round: Round, asked: str) -> tuple[list[int], int]:
    """Return the years of the pinned release, newest first, and the one that is asked for, else the newest."""
    years = sorted(datasets.release(round.release).manifest.periods, reverse=True)
    return years, int(asked) if asked.isdigit() and int(asked) in years else years[0]


def figure_choices(round: Round, year: int) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the figures of a year that can lie beside a claim, per theme, what people feel and say first."""
    several = len(round.neighbourhood.codes) > 1
    frozen = [
        f | {"key": key_of(f), "choice": f"{f['area_name']}: {f['sentence']}" if several else f["sentence"]}
        for f in figures(round, periods=[year])
    ]
    frozen.sort(key=lambda f: (f["dimension"] != Dimension.LIVEABILITY, f["low"] is None))
    themes = dict.fromkeys(f["theme"] for f in frozen)
    groups = [(str(_(theme)).capitalize(), [f for f in frozen if f["theme"] == theme]) for theme in themes]
    delivered = [_of_partner(each) | {"key": partner_key(each)} for each in offered(round)]
    partners = [f | {"choice": f["sentence"] or f["name"]} for f in delivered]
    return [*groups, (str(_("Van organisaties, met u gedeeld")), partners)] if partners else groups


def key_of(figure: dict[str, Any]) -> str:
    """Return what a frozen figure is called in a form: indicator, area and year."""
    return f"{figure['indicator']}|{figure['area']}|{figure['period']}"


def freeze(round: Round, key: str) -> dict[str, Any]:
    """Return one figure as it is now, with all that its reader saw.

    `key` is indicator|area|year in the round's release, or levering|number for a figure that an organisation shared.
    """
    if key.startswith(f"{_DELIVERED}|"):
        shared = [each for each in offered(round) if partner_key(each) == key]
        if not shared:
            raise ValidationError(_("Dit cijfer is niet meer met u gedeeld."), code="not_shared")
        return _of_partner(shared[0])
    indicator, area, year = key.split("|")
    found = [f for f in figures(round, indicators=[indicator], periods=[int(year)]) if f["area"] == area]
    if not found:
        raise ValidationError(_("Dit cijfer staat niet in de cijfers van deze ronde."), code="figure")
    return found[0]


def figures(round: Round, **wanted: Any) -> list[dict[str, Any]]:
    """Return figures of the round's neighbourhood from its pinned release, each as it would be frozen."""
    place, release = round.neighbourhood, datasets.release(round.release)
    division = release.division(place.division)
    shown = datasets.shown(release, areas=[*place.codes, place.municipality], **wanted)
    cities = {(s.indicator.id, s.period): s for s in shown if s.area == place.municipality}
    return [
        _freeze(s, cities.get((s.indicator.id, s.period)), release.id, division[s.area].name)
        for s in shown if s.area in place.codes and not s.indicator.restricted
    ]  # fmt: skip


def offered(round: Round) -> list[datasets.Offered]:
    """Return the figures about the neighbourhood that organisations share with the core group now."""
    return datasets.offered_to(round.core, round.neighbourhood.codes)


def partner_key(figure: datasets.Offered) -> str:
    """Return what a shared figure is called in a form."""
    return f"{_DELIVERED}|{figure.pk}"


def _of_partner(offered: datasets.Offered) -> dict[str, Any]:
    """Return a figure of a shipment as a round freezes it: what the core group sees of it, from whom and of when."""
    shipment, key, count = offered.shipment, offered.key, offered.count
    about = "ongeveer " if count.step > 1 else ""
    sentence = f"{key.indicator}: {about}{count.value} in {offered.area_name}, {key.period}."
    source = f"{shipment.organisation.name}, {shipment.title} · {key.period} · versie {shipment.version}"
    return {
        "release": "", "shipment": shipment.pk, "area": key.area, "area_name": offered.area_name,
        "division": key.division, "indicator": f"{_DELIVERED}-{shipment.pk}:{key.indicator}", "name": key.indicator,
        "dimension": "", "theme": "", "period": key.period, "value": count.value, "low": None, "high": None,
        "absence": count.absence.value if count.absence else None, "step": count.step, "city": None,
        "sentence": sentence if count.value is not None else "", "unit": "", "decimals": 0, "per": 1,
        "direction": Direction.NONE.value, "source": shipment.source, "source_line": source,
    }  # fmt: skip


def _freeze(shown: Shown, city: Shown | None, release: str, area_name: str) -> dict[str, Any]:
    indicator, sure = shown.indicator, ""
    if shown.low is not None and shown.high is not None:
        small = shown.high - shown.low > indicator.per / 10
        sure = "minder zeker: kleine groep" if small else "redelijk zeker"
    source = " · ".join(part for part in (f"{shown.source.title} {shown.period}", sure) if part)
    return {
        "release": release, "area": shown.area, "area_name": area_name,
        "division": shown.division, "indicator": indicator.id, "name": indicator.name,
        "dimension": indicator.dimension.value, "theme": indicator.theme,
        "period": shown.period, "value": shown.value, "low": shown.low, "high": shown.high,
        "absence": shown.absence.value if shown.absence else None,
        "city": {"value": city.value, "low": city.low, "high": city.high} if city else None,
        "sentence": figure(shown, city),
        "unit": indicator.unit, "decimals": indicator.decimals, "per": indicator.per,
        "direction": indicator.direction.value,
        "source": shown.source.title, "source_line": source,
    }  # fmt: skip


def line_of(*figures: dict[str, Any], also: Iterable[float] = ()) -> dict[str, float] | None:
    """Return from where to where to draw the line of some figures of one indicator, or None when none has a value."""
    seen = [f for f in figures if f and f["value"] is not None]
    values = [v for f in seen for v in (f["value"], f["low"], f["high"]) if v is not None]
    values += [
        f["city"]["value"] for f in seen[:1] if f["city"] and f["city"]["value"] is not None and f["per"] > 1
    ] + list(also)
    if not seen:
        return None
    low, high = min(values), max(values)
    air = max((high - low) * 0.6, abs(high) * 0.08)
    end = min(100.0, high + air) if seen[0]["per"] == 100 else high + air
    own = range_of(seen[0])
    return {"van": max(0.0, low - air) if low >= 0 else low - air, "tot": end, "low": own[0], "high": own[1]}


def range_of(figure: dict[str, Any]) -> tuple[float, float]:
    """Return from where to where a frozen figure lies; without a range that is its value twice."""
    value = figure["value"]
    return (value, value) if figure["low"] is None or figure["high"] is None else (figure["low"], figure["high"])


def range_words(low: float, high: float) -> str:
    """Return a range in figures: "45–53", or "49" when it is one number."""
    ends = f"{low:.0f}", f"{high:.0f}"
    return ends[0] if ends[0] == ends[1] else "–".join(ends)
