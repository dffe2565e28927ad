"""A division: the areas of one year with their names, parents and borders."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl
import shapely
from shapely import Geometry

from buurtbalans.figures.area.codes import AreaLevel, level_of
from buurtbalans.figures.observation import LEVELS

DIVISION_SCHEMA: Final = pl.Schema(
    {
        "code": pl.String(),
        "name": pl.String(),
        "level": LEVELS,
        "division": pl.Int32(),
        "parent": pl.String(),
        "local": pl.String(),
        "also": pl.List(pl.String()),
        "identity": pl.String(),
        "geometry": pl.Binary(),
    }
)
LEVEL_ORDER: Final = {level: place for place, level in enumerate(AreaLevel)}


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """One area of one division; `geometry` is in degrees (longitude, latitude), or None where only the name is known.

    `local` is the code its municipality uses, `identity` its number in a municipal register, `also` the areas it lies
    in besides its parent: a gebied cuts through wijken, so it cannot be one of the steps from buurt to municipality.
    """

    code: str
    name: str
    level: AreaLevel
    division: int
    parent: str | None = None
    local: str = ""
    geometry: Geometry | None = None
    also: tuple[str, ...] = ()
    identity: str = ""


class Division:
    """The areas of one division year, in the order of their codes within a level.

    Examples
    --------
    >>> wijk = Area("WK999901", "Molenveld", AreaLevel.WIJK, 2025, "GM9999")
    >>> buurt = Area("BU99990101", "Weverskwartier", AreaLevel.BUURT, 2025, "WK999901")
    >>> division = Division(2025, [wijk, buurt])
    >>> "BU99990101" in division, [area.name for area in division.ancestors("BU99990101")]
    (True, ['Molenveld'])
    """

    def __init__(self, year: int, areas: Iterable[Area]) -> None:
        self.year = year
        self.areas = tuple(sorted(areas, key=lambda area: (LEVEL_ORDER[area.level], area.code)))
        self._by_code = {area.code: area for area in self.areas}
        if len(self._by_code) != len(self.areas):
            raise ValueError("a division holds each code once")
        self._below: dict[str, list[Area]] = {}
        for area in self.areas:
            for above in (area.parent, *area.also):
                if above:
                    self._below.setdefault(above, []).append(area)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Area:
        return self._by_code[code]

    def __iter__(self) -> Iterator[Area]:
        return iter(self.areas)

    def __len__(self) -> int:
        return len(self.areas)

    def __repr__(self) -> str:
        return f"Division({self.year}, {len(self)} areas)"

    def of_level(self, level: AreaLevel, within: str | None = None) -> list[Area]:
        """Return the areas of a level, all or only those that lie in the area `within`, at any depth."""
        if within is None:
            return [area for area in self.areas if area.level == level]
        return self.children(within, level)

    def children(self, code: str, level: AreaLevel | None = None) -> list[Area]:
        """Return the areas directly below a code, or with `level` all areas of that level below it."""
        below = self._below.get(code, [])
        if level is None:
            return list(below)
        by_code = {area.code: area for area in below if area.level == level}
        for area in below:
            if LEVEL_ORDER[area.level] < LEVEL_ORDER[level]:
                by_code.update({deeper.code: deeper for deeper in self.children(area.code, level)})
        return sorted(by_code.values(), key=lambda area: area.code)

    def ancestors(self, code: str) -> list[Area]:
        """Return the known areas above a code, the nearest first."""
        above: list[Area] = []
        parent = self[code].parent
        while parent in self._by_code and all(area.code != parent for area in above):
            above.append(self._by_code[parent])
            parent = above[-1].parent
        return above

    def to_frame(self) -> pl.DataFrame:
        """Return the areas as a table with their borders as well-known binary; `from_frame` reads it back."""
        return pl.DataFrame(
            [
                (a.code, a.name, str(a.level), a.division, a.parent, a.local, list(a.also), a.identity, _binary(a))
                for a in self.areas
            ],
            schema=DIVISION_SCHEMA,
            orient="row",
        )

    @classmethod
    def from_frame(cls, frame: pl.DataFrame) -> "Division":
        """Make a division of a table from `to_frame`."""
        years = frame["division"].unique().to_list()
        if len(years) != 1:
            raise ValueError(f"one division has one year, this table has {years}")
        borders = shapely.from_wkb(frame["geometry"].to_numpy())
        rows = zip(frame.drop("geometry").iter_rows(named=True), borders, strict=True)
        return cls(years[0], [_area(row, geometry) for row, geometry in rows])

    def completed(self, other: "Division") -> "Division":
        """Add what another division knows of the same areas: names, levels between buurt and municipality, parents.

        Areas are the same when their code is the same, or their number in the register. What this division has stays;
        a parent is taken over when it lies closer to the area.
        """
        known = {area.identity: area.code for area in other if area.identity}
        renamed = {area.code: known.get(area.identity, area.code) for area in self.areas}
        mine = {renamed[area.code]: replace(area, code=renamed[area.code]) for area in self.areas}
        areas = [_filled(area, other, renamed) for area in mine.values()]
        areas += [replace(area, division=self.year) for area in other if area.code not in mine]
        return Division(self.year, areas)


def _binary(area: Area) -> bytes | None:
    return None if area.geometry is None else bytes(shapely.to_wkb(area.geometry))


def _area(row: Mapping[str, Any], geometry: Geometry | None) -> Area:
    return Area(**{**row, "level": AreaLevel(row["level"]), "also": tuple(row["also"] or ()), "geometry": geometry})


def _filled(area: Area, other: Division, renamed: Mapping[str, str]) -> Area:
    also = tuple(renamed.get(code, code) for code in area.also)
    if area.code not in other:
        return replace(area, also=also)
    theirs = other[area.code]
    nameless = area.name in ("", area.local, area.code, area.identity)
    parent = theirs.parent if theirs.parent and _depth(theirs.parent) > _depth(area.parent) else area.parent
    return replace(
        area,
        also=also,
        name=theirs.name if nameless and theirs.name else area.name,
        local=area.local or theirs.local,
        identity=area.identity or theirs.identity,
        parent=parent,
    )


def _depth(code: str | None) -> int:
    level = level_of(code) if code else None
    return -1 if level is None else LEVEL_ORDER[level]
