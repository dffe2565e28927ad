"""Carries figures over a change of boundaries, and says of each result how much of it was estimated."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import polars as pl

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.figures.catalogue.indicator import Catalogue, Indicator, Kind
from buurtbalans.figures.crosswalk.overlap import SMALL, TOLERANCE, overlap_pieces
from buurtbalans.figures.crosswalk.weights import AddressShares, address_shares
from buurtbalans.figures.derivation.working_area import combined_cell
from buurtbalans.figures.observation import SCHEMA, Absence
from buurtbalans.figures.protection.gate import withheld
from buurtbalans.figures.protection.rules import Cell

CARRIED: Final = pl.Schema({**SCHEMA, "estimated": pl.Float64()})
PIECES: Final = pl.Schema(
    {"area_from": pl.String(), "area_to": pl.String(), "level": SCHEMA["level"], "weight": pl.Float64()}
)
_EXACT: Final = 1 - 1e-9  # weights are sums of floats
_Cells = Mapping[tuple[str, str], Cell]  # indicator, old area -> cell


class AreaShare(NamedTuple):
    """An old area in a new one: the share of its people that goes there, and of its ground."""

    area: str
    weight: float
    ground: float


class Target(NamedTuple):
    """A new area and what it is made of; `known` is False when part of it lay outside the old division."""

    level: AreaLevel
    parts: tuple[AreaShare, ...]
    known: bool = True

    @property
    def same(self) -> bool:
        """True when it is one old area, whole."""
        return self.known and len(self.parts) == 1 and self.parts[0].weight == 1


@dataclass(frozen=True, slots=True, eq=False)
class Crosswalk:
    """What every new area is made of.

    Attributes
    ----------
    before, after : years of the divisions; figures of `before` become figures of `after`.
    targets : the new areas by code.
    """

    before: int
    after: int
    targets: Mapping[str, Target]

    @property
    def unchanged(self) -> dict[str, str]:
        """New code to old code, of the areas whose border stayed."""
        return {code: target.parts[0].area for code, target in self.targets.items() if target.same}

    @property
    def changed(self) -> tuple[str, ...]:
        """Codes of the new areas that are made of other ground than one old area."""
        return tuple(code for code, target in self.targets.items() if not target.same)

    @property
    def pieces(self) -> pl.DataFrame:
        """Return the weights as a table: `area_from`, `area_to`, `level`, `weight`."""
        rows = [
            (part.area, code, target.level.value, part.weight)
            for code, target in self.targets.items()
            for part in target.parts
        ]
        return pl.DataFrame(rows, PIECES, orient="row").sort("area_from", "area_to")

    def together(self, codes: Iterable[str], area: str) -> "Crosswalk":
        """Return the walk to one area made of several new ones; a border that moved inside it changes nothing."""
        wanted = list(codes)
        targets = [self.targets[code] for code in wanted if code in self.targets]
        weights: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for part in (part for target in targets for part in target.parts):
            weights[part.area][0] += part.weight
            weights[part.area][1] += part.ground
        parts = tuple(AreaShare(old, _rounded(weight), _rounded(ground)) for old, (weight, ground) in weights.items())
        known = bool(parts) and len(targets) == len(wanted) and all(target.known for target in targets)
        return replace(self, targets={area: Target(AreaLevel.GEBIED, parts, known)})


def crosswalk(
    before: Division,
    after: Division,
    *,
    weights: pl.DataFrame | None = None,
    only: Collection[str] | None = None,
    tolerance: float = TOLERANCE,
) -> Crosswalk:
    """Return how the areas of one division are made of those of another.

    An old area is divided by where its addresses went, where `weights` tells, else by surface. Pieces narrower than
    the tolerance are two drawings of one border and count as none. What lies outside the new division leaves: then the
    weights of an old area add up to less than 1.

    Parameters
    ----------
    before, after
        The two divisions. Areas meet on their own level; those without borders and without weights are left out.
    weights
        Table `area_from`, `area_to`, `weight`: number (or share) of the addresses. Needs no sum of 1.
    only
        Codes of new areas to make; all when absent.
    tolerance
        Metres, see `overlap.TOLERANCE`.

    Raises
    ------
    Refused
        With everything that is wrong with the weights at once.

    Examples
    --------
    >>> import shapely
    >>> from buurtbalans.figures.area.division import Area
    >>> def area(code, year, west, east):
    ...     return Area(code, code, AreaLevel.BUURT, year, geometry=shapely.box(west, 52.0, east, 52.01))
    >>> old = Division(2020, [area("BU99990101", 2020, 5.0, 5.04)])
    >>> new = Division(2021, [area("BU99990101", 2021, 5.0, 5.01), area("BU99990102", 2021, 5.01, 5.04)])
    >>> crosswalk(old, new).pieces["weight"].round(3).to_list()
    [0.25, 0.75]
    """
    split = address_shares(weights, before, after) if weights is not None else {}
    targets: dict[str, Target] = {}
    for level in AreaLevel:
        targets.update(_level(before, after, level, split, only, tolerance))
    return Crosswalk(before.year, after.year, targets)


def convert_figures(frame: pl.DataFrame, walk: Crosswalk, catalogue: Catalogue) -> pl.DataFrame:
    """Return the figures of the old division as figures of the new one.

    Areas whose border stayed keep their figures as they are. Else counts are split by weight and added up; shares,
    rates and means are made anew from part and denominator, or weighted by their denominator (`combine` has the
    rules); a median, or a figure without a denominator, is `not_comparable`. What a part may not show is not in the
    result either.

    Parameters
    ----------
    frame
        Rows of `observation.SCHEMA`, denominators included; those of other divisions than `walk.before` are left out.
    walk
        From `crosswalk`.
    catalogue
        Says how each indicator behaves.

    Returns
    -------
    polars.DataFrame
        `observation.SCHEMA`, sorted, with `estimated`: the share (0-1) of the people, homes or answers behind the
        figure that came from an old area that was split; 0 for what is exact, null for what is absent.
    """
    old = frame.filter(division=walk.before)
    kept = _kept(old, walk)
    sources = {part.area for code in walk.changed for part in walk.targets[code].parts}
    safe = withheld(old.filter(pl.col("area").is_in(list(sources))), catalogue)
    told = safe if sources else old
    periods = {period: list(group["indicator"].unique()) for (period,), group in told.group_by("period")}
    rows: list[tuple[object, ...]] = []
    for period, indicators in periods.items():
        cells = _cells(safe.filter(period=period))
        for code in walk.changed:
            target = walk.targets[code]
            for name in (name for name in indicators if name in catalogue):
                cell, estimated = _made(catalogue[name], target, cells, catalogue)
                rows.append((code, target.level.value, walk.after, name, period, cell.value, cell.absence, estimated))
    changed = pl.DataFrame(rows, CARRIED, orient="row")
    return pl.concat([kept, changed]).sort("area", "indicator", "period")


def _level(
    before: Division,
    after: Division,
    level: AreaLevel,
    split: AddressShares,
    only: Collection[str] | None,
    tolerance: float,
) -> Iterator[tuple[str, Target]]:
    """Yield the new areas of one level."""
    new = after.of_level(level)
    wanted = {area.code for area in new if only is None or area.code in only}
    old = before.of_level(level)
    ground, filled = _overlap_shares(old, new, None if only is None else wanted, tolerance)
    parts = _shares_of_new(old, ground, split)
    for code in sorted(wanted):
        if parts[code] or after[code].geometry is not None:
            known = bool(parts[code]) and (after[code].geometry is None or filled[code] > 1 - SMALL)
            yield code, Target(level, tuple(parts[code]), known)


def _overlap_shares(
    old: Sequence[Area], new: Sequence[Area], only: Collection[str] | None, tolerance: float
) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Return the share of each old area by the new area it lies in, and the share of each new area that is covered."""
    ground: dict[str, dict[str, float]] = defaultdict(dict)
    covered: dict[str, float] = defaultdict(float)
    for piece in overlap_pieces(old, new, only=only, tolerance=tolerance):
        ground[piece.before][piece.after] = piece.of_before
        covered[piece.after] += piece.of_after
    return ground, covered


def _shares_of_new(
    old_areas: Sequence[Area], ground: Mapping[str, Mapping[str, float]], split: AddressShares
) -> dict[str, list[AreaShare]]:
    """Which share of which old area goes to each new area; addresses decide where they are known, else surfaces."""
    parts: dict[str, list[AreaShare]] = defaultdict(list)
    for old in old_areas:
        shares = _whole_of(ground.get(old.code, {}))
        for code, weight in split.get(old.code, shares).items():
            parts[code].append(AreaShare(old.code, weight, shares.get(code, weight)))
    return parts


def _whole_of(shares: Mapping[str, float]) -> dict[str, float]:
    """Divide an old area whole, when no more of it than a border's width lies outside."""
    total = sum(shares.values())
    return {code: share / total for code, share in shares.items()} if total > 1 - SMALL else dict(shares)


def _rounded(weight: float) -> float:
    return 1.0 if weight > _EXACT else weight


def _kept(old: pl.DataFrame, walk: Crosswalk) -> pl.DataFrame:
    """Return the figures of the areas whose border stayed, under their new code."""
    rows = [(before, code, walk.targets[code].level.value) for code, before in walk.unchanged.items()]
    codes = pl.DataFrame(rows, {"area": pl.String(), "code": pl.String(), "stands": SCHEMA["level"]}, orient="row")
    exact = pl.when(pl.col("value").is_not_null()).then(pl.lit(0.0))
    return (
        old.join(codes, on="area")
        .with_columns(area="code", level="stands", division=pl.lit(walk.after, pl.Int32), estimated=exact)
        .select(CARRIED.names())
    )


def _cells(frame: pl.DataFrame) -> dict[tuple[str, str], Cell]:
    rows = frame.select("indicator", "area", "value", "absence").iter_rows()
    return {(name, area): Cell(value, Absence(reason) if reason else None) for name, area, value, reason in rows}


def _made(indicator: Indicator, target: Target, cells: _Cells, catalogue: Catalogue) -> tuple[Cell, float | None]:
    """Return a new area's figure and how much of it was estimated."""
    if not target.known:
        return Cell(None, Absence.NOT_COMPARABLE), None
    scaled = _scaled_cells(indicator, target, cells, catalogue)
    cell = combined_cell(indicator, [part.area for part in target.parts], scaled)
    if cell.value is None:
        return cell, None
    if indicator.kind is not Kind.COUNT and not indicator.denominator:
        return Cell(None, Absence.NOT_COMPARABLE), None
    base = indicator.id if indicator.kind is Kind.COUNT else indicator.denominator or indicator.id
    return cell, _estimated(target, {part.area: scaled.get((base, part.area)) for part in target.parts})


def _scaled_cells(indicator: Indicator, target: Target, cells: _Cells, catalogue: Catalogue) -> _Cells:
    """The cells of an indicator, its part and its denominator in the old areas, each as far as it goes along."""
    names = [indicator.id, *(name for name in (indicator.part, indicator.denominator) if name and name in catalogue)]
    return {
        (name, part.area): _scaled(cells[name, part.area], catalogue[name], part)
        for name in names
        for part in target.parts
        if (name, part.area) in cells
    }


def _scaled(cell: Cell, indicator: Indicator, part: AreaShare) -> Cell:
    """Return the share of a count that goes along; ground is divided by surface, the rest by people."""
    if cell.value is None or indicator.kind is not Kind.COUNT:
        return cell
    return Cell(cell.value * (part.ground if indicator.unit == "hectare" else part.weight), None)


def _estimated(target: Target, bases: Mapping[str, Cell | None]) -> float:
    sizes = {area: cell.value if cell and cell.value else 0.0 for area, cell in bases.items()}
    split = sum(sizes[part.area] for part in target.parts if part.weight < 1)
    total = sum(sizes.values())
    if not total:
        return 0.0 if all(cell and cell.value == 0 for cell in bases.values()) else 1.0
    return split / total
