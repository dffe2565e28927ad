"""One figure beside others: the area now and earlier, the city, those around and like it, and three chosen ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.catalogue.indicator import Direction, Indicator, Kind
from buurtbalans.figures.comparison.standing import difference_between
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.site.look.scales import ComparisonRow, Pill
from buurtbalans.site.pages.area_figures import AreaFigures, FigureLine, of_area
from buurtbalans.site.pages.city_release import CityRelease
from buurtbalans.site.pages.figure_text import value_text
from buurtbalans.site.pages.peer_areas import PeerGroup, peer_groups, spatial_pattern

MOST = 3
THIN = 0.004  # a figure without doubt is drawn as a thin pill: this part of its value


Named = list[tuple[str, Shown, bool]]  # name, figure, and whether it is of now


@dataclass(frozen=True, slots=True)
class FigureComparison:
    """A comparison: which figure, who is in it, its rows as ranges and as a table, and what can be chosen."""

    line: FigureLine | None
    indicators: list[Indicator]
    chosen: list[tuple[str, str, str]]
    groups: list[tuple[str, list[tuple[str, str]]]]
    rows: list[ComparisonRow]
    table: list[tuple[str, str, str, str]]
    full: bool
    shown: list[Shown]
    says: tuple[str, ...] = ()


def figure_comparison(request: HttpRequest, here: CityRelease, subject: AreaFigures) -> FigureComparison:
    """Read the comparison from the address (`?cijfer=…&naast=…&naast=…`) and make it."""
    lines = [line for line in subject.lines if line.indicator.kind is not Kind.COUNT]
    line = _line(lines, request.GET.get("cijfer", ""))
    codes = _codes(request.GET.getlist("naast"), here, subject)
    others = [(of_area(here, code)) for code in codes]
    named = _named_figures(here, subject, line, others) if line else []
    groups = peer_groups(here, subject, line.shown) if line else ()
    return FigureComparison(
        line,
        [each.indicator for each in lines],
        [(code, here.division[code].name, _without(line, codes, code)) for code in codes],
        _choices(here, subject, codes),
        [*(_row(name, shown, now) for name, shown, now in named), *map(_group_row, groups)],
        _table(line, named, groups),
        len(codes) >= MOST,
        _every_figure(named, groups),
        _says(here, subject, line, groups) if line else (),
    )


def _named_figures(here: CityRelease, subject: AreaFigures, line: FigureLine, others: list[AreaFigures]) -> Named:
    """Return the figures to compare, each with its name and whether it is the area's own of now."""
    named = [(f"{subject.name} {line.shown.period}", line.shown, True)]
    if earlier := _earlier(line):
        named.append((_("%(name)s in %(year)d") % {"name": subject.name, "year": earlier.period}, earlier, False))
    if line.city:
        named.append((here.municipality.name, line.city, False))
    matches = ((other.name, other.line(line.indicator.id)) for other in others)
    return named + [(name, match.shown, False) for name, match in matches if match]


def _table(line: FigureLine | None, named: Named, groups: Sequence[PeerGroup]) -> list[tuple[str, str, str, str]]:
    """Return the rows of the table: name, value, what it says, and why it is absent."""
    own = [
        (name, value_text(shown), _words(line, shown) if line else "", shown.absence or "")
        for name, shown, _now in named
    ]
    return own + [
        (group.name, _between(group), _(group.difference.words) if group.difference else "", "") for group in groups
    ]


def _every_figure(named: Named, groups: Sequence[PeerGroup]) -> list[Shown]:
    """Return every figure of the comparison once, those of peers too."""
    own = [shown for _name, shown, _now in named]
    return list(dict.fromkeys(own + [member for group in groups for member in group.members]))


def _line(lines: list[FigureLine], asked: str) -> FigureLine | None:
    chosen = next((line for line in lines if line.indicator.id == asked), None)
    telling = [
        line for line in lines if line.indicator.direction is not Direction.NONE and line.shown.value is not None
    ]
    return chosen or min(telling or lines, key=lambda line: line.tells, default=None)


def _codes(asked: list[str], here: CityRelease, subject: AreaFigures) -> list[str]:
    known = [code for code in dict.fromkeys(asked) if code in here.division and code not in subject.codes]
    return known[:MOST]


def _earlier(line: FigureLine) -> Shown | None:
    """Return the oldest figure with the same borders."""
    start = max(line.trend.breaks, default=0)
    before = [one for one in line.series[:-1] if one.value is not None and one.period >= start]
    return before[0] if before else None


def _row(name: str, shown: Shown, now: bool) -> ComparisonRow:
    if shown.value is None:
        return ComparisonRow(name, absence=str(shown.absence), now=now)
    thin = abs(shown.value) * THIN
    low = shown.low if shown.low is not None else shown.value - thin
    high = shown.high if shown.high is not None else shown.value + thin
    return ComparisonRow(name, Pill(low, high, "vol" if now else "stad"), now=now, words=value_text(shown))


def _group_row(group: PeerGroup) -> ComparisonRow:
    low, high = group.ends
    thin = abs(group.together.value or 0.0) * THIN
    return ComparisonRow(
        group.name, Pill((low.value or 0.0) - thin, (high.value or 0.0) + thin, "hol"), words=_between(group)
    )


def _between(group: PeerGroup) -> str:
    """Return from which figure to which the group goes."""
    low, high = map(value_text, group.ends)
    return low if low == high else _("%(low)s tot %(high)s") % {"low": low, "high": high}


def _says(here: CityRelease, subject: AreaFigures, line: FigureLine, groups: tuple[PeerGroup, ...]) -> tuple[str, ...]:
    """Return what the comparison with the groups says, and whether like figures lie together, as sentences."""
    neighbour_pattern = spatial_pattern(here, subject, line.shown)
    said = [group.sentence for group in groups if group.sentence]
    return (
        (*said, _("Op de kaart: %(pattern)s.") % {"pattern": neighbour_pattern.words})
        if neighbour_pattern
        else tuple(said)
    )


def _words(line: FigureLine, other: Shown) -> str:
    """Return how the subject differs from another figure, empty for its own."""
    if other is line.shown:
        return ""
    difference = difference_between(line.shown, other)
    return _(difference.words) if difference else ""


def _choices(here: CityRelease, subject: AreaFigures, codes: list[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    level = AreaLevel.WIJK if subject.level is AreaLevel.WIJK else AreaLevel.BUURT
    groups: dict[str, list[tuple[str, str]]] = {}
    for area in here.areas(level):
        if area.code in codes or area.code in subject.codes:
            continue
        above = next(iter(here.division.ancestors(area.code)), None)
        groups.setdefault(above.name if above else "", []).append((area.code, area.name))
    return sorted((name, sorted(members, key=lambda member: member[1])) for name, members in groups.items())


def _without(line: FigureLine | None, codes: list[str], code: str) -> str:
    rest = [("naast", each) for each in codes if each != code]
    return "?" + urlencode([("cijfer", line.indicator.id if line else ""), *rest])
