"""A case: households and homes of one batch, the areas that carry them, and what was agreed; read whole or refused."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from buurtbalans.figures.findings import Finding, Refused, Severity, refuse
from buurtbalans.placing.columns import FILES, NEEDED
from buurtbalans.placing.settings import NAME, Settings, read_settings
from buurtbalans.placing.tables import Desk, Rows, read_rows

IntArray = NDArray[np.int64]
Flags = NDArray[np.bool_]
Words = tuple[tuple[str, ...], ...]
NO_INDEX: Final = -1  # no group, provider, parent: no place in its list
HOUSEHOLDS: Final = "households.csv"
HOMES: Final = "homes.csv"
EXPECTED: Final = {HOUSEHOLDS: "expected_households.csv", HOMES: "expected_homes.csv"}
NO_ROOM: Final = "Vul headroom in areas.csv in, of spreek de ruimte af in een ronde."
UNBOUNDED: Final = 10**12  # a highest rent or number of rooms that nobody asked for


@dataclass(frozen=True)
class Households:
    """All households, in the order of their working numbers; what is empty asks nothing."""

    ids: tuple[str, ...]
    group: IntArray
    rooms_min: IntArray
    rooms_max: IntArray
    rent_max: IntArray  # cents
    step_free: Flags
    provider: tuple[str, ...]
    urgency: IntArray
    weeks: IntArray
    avoid: tuple[tuple[int, ...], ...]
    near: tuple[tuple[int, ...], ...]
    labels: Words
    income_class: tuple[str, ...]


@dataclass(frozen=True)
class Homes:
    """All homes, in the order of their working numbers."""

    ids: tuple[str, ...]
    area: IntArray
    corporation: tuple[str, ...]
    rooms: IntArray
    rent: IntArray  # cents
    step_free: Flags
    let_by: tuple[date | None, ...]
    labels: Words
    income_classes: Words


Side = TypeVar("Side", Households, Homes)


@dataclass(frozen=True)
class Areas:
    """All areas in the order of their codes; `headroom` is NaN where nothing was agreed."""

    codes: tuple[str, ...]
    parent: IntArray
    headroom: NDArray[np.float64]


@dataclass(frozen=True)
class Groups:
    """The groups of the programme: the load of one household, and how many households should be placed."""

    codes: tuple[str, ...]
    load: NDArray[np.float64]
    minimum: IntArray
    maximum: IntArray


@dataclass(frozen=True)
class Weeks:
    """In how many weeks each household and each home is expected; 0 is there already."""

    households: IntArray
    homes: IntArray


@dataclass(frozen=True)
class Case:
    """One batch, checked: `shares` holds the least homes per corporation, `capacity` what providers can guide where."""

    households: Households
    homes: Homes
    areas: Areas
    groups: Groups
    shares: Mapping[str, int]
    capacity: Mapping[tuple[str, int], int]
    settings: Settings
    hashes: Mapping[str, str]
    findings: tuple[Finding, ...] = ()  # what was passed over
    weeks: Weeks | None = None  # when what is expected counts along


def read_case(folder: Path, *, expected: Collection[str] = ()) -> Case:
    """Read a case from its folder; of the files in `expected`, what is to come counts along.

    Raises
    ------
    Refused
        With everything that is wrong, each with its file, row and column.
    """
    if not folder.is_dir():
        raise refuse(f"De map “{folder.name}” is er niet.", "Geef de map met households.csv, homes.csv en areas.csv.")
    desk = Desk()
    for name in (*NEEDED, *(EXPECTED[one] for one in expected)):
        if not (folder / name).is_file():
            desk.wrong("Dit bestand ontbreekt.", f"Een case heeft: {', '.join(NEEDED)}.", name)
    tables = {name: read_rows(folder / name, columns, desk) for name, columns in FILES.items()}
    settings = read_settings(folder / NAME, desk.findings)
    hashes = {name: rows.sha256 for name, rows in tables.items() if rows.sha256}
    if (folder / NAME).exists():
        hashes[NAME] = sha256((folder / NAME).read_bytes()).hexdigest()
    made = _Linking(tables, desk, expected).case(settings, hashes)
    _stop(desk)
    return made


def _stop(desk: Desk) -> None:
    if any(finding.weight is Severity.REFUSE for finding in desk.findings):
        raise Refused(desk.told())


class _Linking:
    """Puts the files of a case together: codes become places in a list, and what points nowhere is told.

    So is what is wrong in cells, in one go: a link is looked at where the cells that it needs could be read.
    """

    def __init__(self, tables: Mapping[str, Rows], desk: Desk, expected: Collection[str]) -> None:
        self.found, self.desk, self.expected = tables, desk, expected
        self.wrong = {
            (finding.file, finding.row, finding.column)
            for finding in desk.findings
            if finding.weight is Severity.REFUSE
        }
        self.partly = {(file, column) for file, _row, column in self.wrong}
        self._in_order: dict[str, Rows] = {}
        self.area = self._places("areas.csv", "code")
        self.group = self._places("groups.csv", "code")

    def _sorted(self, file: str, *keys: str) -> Rows:
        """Return rows in order; a working number or code that stands twice is told, once."""
        if file in self._in_order:
            return self._in_order[file]
        rows = self._in_order[file] = self.found[file].sorted_by(*keys)
        names = list(zip(*(rows.columns[key] for key in keys), strict=True))
        for at in range(1, len(rows)):
            if names[at] == names[at - 1] and all(names[at]):
                what = f"Dit staat ook al in regel {rows.lines[at - 1]}."
                self.desk.wrong(what, "Laat er één staan.", file, rows.lines[at], keys[0])
        return rows

    def _places(self, file: str, key: str) -> dict[str, int]:
        return {code: place for place, code in enumerate(self._sorted(file, key).columns[key]) if code}

    def _linked(self, rows: Rows, column: str, places: Mapping[str, int], to: str) -> list[int]:
        return [self._place(rows, at, column, code, places, to) for at, code in enumerate(rows.columns[column])]

    def _place(self, rows: Rows, at: int, column: str, code: str, places: Mapping[str, int], to: str) -> int:
        if code and code not in places and self._read(to, "code"):
            self.desk.wrong(f"“{code}” staat niet in {to}.", "Kijk de code na.", rows.file, rows.lines[at], column)
        return places.get(code, NO_INDEX)

    def _read(self, file: str, column: str) -> bool:
        """Return whether every cell of a column could be read, so that what is not among them is not there."""
        if self.partly & {(file, column), (file, None)}:
            return False
        return bool(self.found[file].sha256) or not any(file == other for other, _column in self.partly)

    def case(self, settings: Settings, hashes: Mapping[str, str]) -> Case:
        areas, groups = self._areas(), self._groups()
        households, first = self._all(HOUSEHOLDS, self._households)
        homes, second = self._all(HOMES, lambda file: self._homes(areas, file))
        shares = self._sorted("corporations.csv", "code").columns
        lowest = zip(shares["code"], shares["minimum"], strict=True)
        return Case(
            households,
            homes,
            areas,
            groups,
            {code: least or 0 for code, least in lowest},
            self._capacity(),
            settings,
            hashes,
            tuple(self.desk.findings),
            Weeks(first, second) if self.expected else None,
        )

    def _areas(self) -> Areas:
        rows = self._sorted("areas.csv", "code")
        parent = self._linked(rows, "parent", self.area, "areas.csv")
        for at in range(len(rows)):
            above, steps = parent[at], 0
            while above != NO_INDEX and steps <= len(rows):
                above, steps = parent[above], steps + 1
            if above != NO_INDEX:
                what = "Dit gebied ligt, via zijn hogere gebieden, in zichzelf."
                self.desk.wrong(what, "Kijk de kolom parent na.", rows.file, rows.lines[at], "parent")
        headroom = [np.nan if room is None else room for room in rows.columns["headroom"]]
        return Areas(tuple(rows.columns["code"]), _whole(parent), np.array(headroom, dtype=np.float64))

    def _groups(self) -> Groups:
        rows = self._sorted("groups.csv", "code")
        lows, highs = _filled(rows, "minimum", 0), _filled(rows, "maximum", UNBOUNDED)
        load = [1.0 if one is None else one for one in rows.columns["load"]]
        for at, line in enumerate(rows.lines):
            if lows[at] > highs[at]:
                what, todo = "Het minimum is hoger dan het maximum.", "Draai ze om, of laat er één leeg."
                self.desk.wrong(what, todo, rows.file, line, "minimum")
            if load[at] <= 0:
                what, todo = "Een groep heeft een last boven 0.", "Laat de cel leeg voor 1."
                self.desk.wrong(what, todo, rows.file, line, "load")
        return Groups(tuple(rows.columns["code"]), np.array(load, dtype=np.float64), lows, highs)

    def _all(self, file: str, made: Callable[[str], Side]) -> tuple[Side, IntArray]:
        """Return all of one side in the order of their numbers, what is expected along, and the week of each."""
        now = made(file)
        if file not in self.expected:
            return now, np.zeros(len(now.ids), dtype=np.int64)
        rows, later = self._sorted(EXPECTED[file], "id"), made(EXPECTED[file])
        known = set(now.ids)
        for at, number in enumerate(later.ids):
            if number and number in known:
                what, todo = f"Dit staat ook in {file}.", "Laat het op één plek staan."
                self.desk.wrong(what, todo, rows.file, rows.lines[at], "id")
        weeks = np.concatenate([np.zeros(len(now.ids), dtype=np.int64), np.maximum(1, _filled(rows, "week", 1))])
        joined, order = together(now, later)
        return joined, weeks[order]

    def _homes(self, areas: Areas, file: str) -> Homes:
        rows = self._sorted(file, "id")
        area = self._linked(rows, "area", self.area, "areas.csv")
        above, lines = set(areas.parent.tolist()), self._sorted("areas.csv", "code").lines
        for at, place in enumerate(area):
            if place != NO_INDEX and place in above:
                what, todo = "In dit gebied liggen andere gebieden.", "Geef het kleinste gebied waar de woning in ligt."
                self.desk.wrong(what, todo, rows.file, rows.lines[at], "area")
            elif (
                place != NO_INDEX
                and np.isnan(areas.headroom[place])
                and not self.wrong & {("areas.csv", 1, None), ("areas.csv", lines[place], "headroom")}
            ):
                what, todo = f"Gebied “{areas.codes[place]}” heeft geen ruimte.", NO_ROOM
                self.desk.wrong(what, todo, rows.file, rows.lines[at], "area")
        cells = rows.columns
        return Homes(
            tuple(cells["id"]),
            _whole(area),
            tuple(cells["corporation"]),
            _filled(rows, "rooms", 0),
            _filled(rows, "rent", 0),
            np.array(cells["step_free"], dtype=np.bool_),
            tuple(cells["let_by"]),
            tuple(cells["labels"]),
            tuple(cells["income_classes"]),
        )

    def _households(self, file: str) -> Households:
        rows = self._sorted(file, "id")
        cells = rows.columns
        lows, highs = _filled(rows, "rooms_min", 0), _filled(rows, "rooms_max", UNBOUNDED)
        for at in np.flatnonzero(lows > highs):
            what, todo = "rooms_min is hoger dan rooms_max.", "Draai ze om, of laat er één leeg."
            self.desk.wrong(what, todo, rows.file, rows.lines[at], "rooms_min")
        self._warn_of_providers(rows)
        return Households(
            tuple(cells["id"]),
            _whole(self._linked(rows, "group", self.group, "groups.csv")),
            lows,
            highs,
            _filled(rows, "rent_max", UNBOUNDED),
            np.array(cells["step_free"], dtype=np.bool_),
            tuple(cells["provider"]),
            _filled(rows, "urgency", 1),
            _filled(rows, "weeks_waiting", 0),
            self._many(rows, "avoid"),
            self._many(rows, "near"),
            tuple(cells["labels"]),
            tuple(cells["income_class"]),
        )

    def _warn_of_providers(self, rows: Rows) -> None:
        """Tell of a provider of households that is not among the providers, when those are given."""
        named, known = rows.columns["provider"], {"", *self.found["providers.csv"].columns["code"]}
        some = len(self.found["providers.csv"]) and self._read("providers.csv", "code")
        for code, times in sorted(Counter(named).items()) if some else ():
            if code not in known:
                what = f"Aanbieder “{code}” staat in geen rij van providers."
                todo = "Zijn begeleiding telt dan nergens als krap. Kijk de code na, of voeg een rij toe."
                line = rows.lines[named.index(code)]
                self.desk.findings.append(Finding(Severity.WARN, what, todo, rows.file, line, "provider", times))

    def _many(self, rows: Rows, column: str) -> tuple[tuple[int, ...], ...]:
        return tuple(
            tuple(self._place(rows, at, column, code, self.area, "areas.csv") for code in codes)
            for at, codes in enumerate(rows.columns[column])
        )

    def _capacity(self) -> dict[tuple[str, int], int]:
        rows = self._sorted("providers.csv", "code", "area")
        areas = self._linked(rows, "area", self.area, "areas.csv")
        return {
            (code, area): most
            for code, area, most in zip(rows.columns["code"], areas, rows.columns["capacity"], strict=True)
        }


def together(one: Side, other: Side) -> tuple[Side, list[int]]:
    """Return two lists as one, by their working numbers, and where each row stood in the two."""
    ids = [*one.ids, *other.ids]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    columns = [(part.name, getattr(one, part.name), getattr(other, part.name)) for part in fields(one)]
    return type(one)(**{name: _in_order(left, right, order) for name, left, right in columns}), order


def _in_order(one: Any, other: Any, order: list[int]) -> Any:
    """Return two columns as one, in an order."""
    if isinstance(one, np.ndarray):
        return np.concatenate([one, other])[order]
    joined = (*one, *other)
    return tuple(joined[at] for at in order)


def _whole(values: Iterable[int]) -> IntArray:
    return np.array(list(values), dtype=np.int64)


def _filled(rows: Rows, column: str, otherwise: int) -> IntArray:
    values: list[Any] = rows.columns[column]
    return _whole(otherwise if value is None else value for value in values)
