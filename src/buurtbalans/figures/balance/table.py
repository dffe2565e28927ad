"""The table behind an index: wide (a column per indicator) or long (a row per figure), read into one cube."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from buurtbalans.figures.balance.definition import Definition
from buurtbalans.figures.balance.index import Cube
from buurtbalans.figures.balance.scale import Values
from buurtbalans.figures.findings import Finding, Refused, Severity, refuse, unopened

PERIOD_COLUMN: Final = "period"
LONG_COLUMNS: Final = ("indicator", "value")
Ordered = Sequence[Any]
Places = NDArray[np.int32] | NDArray[np.int64]
SPAN: Final = 200  # years between the first and the last period that are all given room
BATCH: Final = 1_000_000  # rows of a long table that are in memory at once
FEW: Final = 1_000  # values that are looked up as they come
LONGER: Final = 8  # rows from which a run is worth looking for


@dataclass(frozen=True)
class Table:
    """The figures of an index: `cube` holds per indicator an array of shape (periods, areas); NaN is absent."""

    areas: tuple[str, ...]
    periods: tuple[int | None, ...]
    cube: Cube


def read_table(file: Path, definition: Definition) -> Table:
    """Read a table in CSV or Parquet for a definition; areas and periods come in order, whatever the order of rows.

    Raises
    ------
    Refused
        When a column lacks, an area stands twice, or a cell holds no number and no sign for absence; all at once.
    """
    frame = _opened(file)
    columns = frame.collect_schema().names()
    long = all(name in columns for name in LONG_COLUMNS)
    area = "area" if definition.area not in columns and "area" in columns else definition.area
    required = [] if definition.lacking else [node.code for node in definition.indicators]
    _require_columns(columns, [area, *LONG_COLUMNS] if long else [area, *required], file.name)
    reader = _Reader(file.name, definition, area, PERIOD_COLUMN in columns)
    try:
        return reader.long(frame) if long else reader.wide(frame)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise refuse(f"Deze tabel is niet te lezen ({error}).", "Bewaar haar opnieuw.", file=file.name) from error


def _require_columns(columns: Sequence[str], required: Sequence[str], file: str) -> None:
    if missing := [name for name in required if name not in columns]:
        todo = f"De tabel heeft: {', '.join(columns[:12])}{' …' if len(columns) > 12 else ''}."
        raise Refused([Finding(Severity.REFUSE, f"De kolom {name} ontbreekt.", todo, file) for name in missing])


def _opened(file: Path) -> pl.LazyFrame:
    if not file.is_file():
        raise unopened(file, FileNotFoundError())
    ending = file.suffix.lower()
    if ending not in (".csv", ".parquet"):
        raise refuse(f"De tabel “{file.name}” heeft geen bekende uitgang.", "Kies .csv of .parquet.", file=file.name)
    try:
        frame = pl.scan_parquet(file) if ending == ".parquet" else pl.scan_csv(file, infer_schema=False)
        frame.collect_schema()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise refuse(f"Deze tabel is niet te lezen ({error}).", "Bewaar haar opnieuw.", file=file.name) from error
    return frame


class _Reader:
    """Reads one table and gathers what is wrong with it."""

    def __init__(self, file: str, definition: Definition, area: str, with_period: bool) -> None:
        self.file, self.area, self.with_period = file, area, with_period
        self.codes, self.lacking = [node.code for node in definition.indicators], definition.lacking
        self.missing = definition.missing
        self.findings: list[Finding] = []

    def wrong(self, what: str, todo: str, column: str | None = None, row: int | None = None, times: int = 1) -> None:
        self.findings.append(Finding(Severity.REFUSE, what, todo, self.file, row, column, times))

    def number(self, values: pl.Series, rows: Sequence[int] | NDArray[np.int64] | None = None) -> Values:
        """Return a column as numbers, NaN where a sign for absence stands; tell the first cell that is neither.

        `rows` says which rows of the table these are, where they are not all.
        """
        if values.dtype.is_numeric():
            parsed = values.cast(pl.Float64)
        else:
            text = values.cast(pl.String).str.strip_chars()
            text = text.set(text.is_in(list(self.missing)), None)
            parsed = text.cast(pl.Float64, strict=False)
            bad = text.is_not_null() & parsed.is_null()
            if bad.any():
                at = int(bad.arg_true()[0])
                what = f"“{text[at]}” is geen getal."
                row = 2 + (at if rows is None else int(rows[at]))
                self.wrong(what, "Zet het bij `missing` als het geen waarde is.", values.name, row, int(bad.sum()))
        signs = [number for sign in self.missing if (number := _number(sign)) is not None]
        numbers = parsed.fill_null(np.nan).to_numpy()
        absent = np.isinf(numbers)
        for sign in signs:
            absent |= numbers == sign
        return np.where(absent, np.nan, numbers) if absent.any() else numbers

    def period(self, values: pl.Series, whole_table: bool = True) -> pl.Series:
        whole = values if values.dtype.is_integer() else values.cast(pl.String).str.strip_chars()
        periods = whole.cast(pl.Int64, strict=False)
        if (bad := periods.is_null()).any():
            at = int(bad.arg_true()[0])
            what = f"“{values[at] or ''}” is geen jaar."
            row, times = (at + 2, int(bad.sum())) if whole_table else (None, 1)
            self.wrong(what, "Schrijf een jaartal.", PERIOD_COLUMN, row, times)
        return periods

    def wide(self, lazy: pl.LazyFrame) -> Table:
        columns = lazy.collect_schema().names()
        there = [code for code in self.codes if code in columns]
        self.require_indicators(there)
        frame = lazy.select(self.area, *([PERIOD_COLUMN] if self.with_period else []), *there).collect()
        area = frame[self.area].cast(pl.String)
        period = self.period(frame[PERIOD_COLUMN]) if self.with_period else None
        numbers = {code: self.number(frame[code]) for code in there}
        self.require_valid(area)
        areas, periods = _ordered(area), _ordered(period) if period is not None else (None,)
        years = _looked_up(period, periods) if period is not None else np.zeros(1, dtype=np.int32)
        place = _looked_up(area, pl.Enum(areas)) + len(areas) * years
        self.require_unique(area, place)
        self.require_valid(area)
        cube = {code: np.full((len(periods), len(areas)), np.nan) for code in self.codes}
        for code, column in numbers.items():
            flat = np.full(len(areas) * len(periods), np.nan)
            flat[place] = column
            cube[code] = flat.reshape(len(periods), len(areas))
        return Table(areas, periods, cube)

    def require_unique(self, area: pl.Series, place: Places) -> None:
        """Note a finding when two rows of an area have one place in the cube."""
        if len(np.unique(place)) < len(place):
            twice = area.to_frame().filter(pl.Series(place).is_duplicated())[self.area].unique().sort()
            self.wrong(
                f"{twice[0]} staat er meer dan één keer in.",
                "Laat van elk gebied één rij staan.",
                self.area,
                times=len(twice),
            )

    def require_indicators(self, present: Sequence[str]) -> None:
        """Note a finding when the table has no indicator of the definition at all."""
        if self.codes and not present:
            todo = f"De definitie vraagt om {', '.join(self.codes[:6])}{' …' if len(self.codes) > 6 else ''}."
            self.wrong("De tabel heeft geen enkel cijfer van de definitie.", todo)

    def require_valid(self, area: pl.Series) -> None:
        """Refuse when something was wrong, or when there is no row or a row without an area."""
        if not len(area):
            self.wrong("De tabel heeft geen rijen.", "Kies een tabel met cijfers.")
        elif area.null_count():
            self.wrong(
                "Een rij heeft geen gebied.", "Vul de code in of haal de rij weg.", self.area, times=area.null_count()
            )
        if self.findings:
            raise Refused(self.findings)

    def long(self, lazy: pl.LazyFrame) -> Table:
        names = [self.area, *LONG_COLUMNS, *([PERIOD_COLUMN] if self.with_period else [])]
        lazy = lazy.select(
            pl.col(name).cast(pl.String) if name in (self.area, LONG_COLUMNS[0]) else name for name in names
        )
        periods = self.years(lazy) if self.with_period else (None,)
        keys, cube, filled = self.cube_of_all_areas(lazy, periods)
        areas = _ordered(keys)
        self.require_measured(np.any(filled, axis=(1, 2)))
        self.require_valid(keys)
        seen = np.any(filled, axis=0)  # of other indicators there may be more
        years, places = np.flatnonzero(np.any(seen, axis=1)).tolist(), np.flatnonzero(np.any(seen, axis=0)).tolist()
        kept = cube if (len(years), len(places)) == seen.shape else cube[:, years][:, :, places]
        return Table(
            tuple(areas[place] for place in places),
            tuple(periods[year] for year in years),
            dict(zip(self.codes, kept, strict=True)),
        )

    def cube_of_all_areas(
        self, lazy: pl.LazyFrame, periods: Ordered
    ) -> tuple[pl.Series, NDArray[np.float64], NDArray[np.bool_]]:
        """Return the codes of the areas, the cube over them in order, and what of it was in the table."""
        for searched in (lazy.head(BATCH), lazy):  # the first rows mostly have every area; if not, all are searched
            keys = searched.select(pl.col(self.area).unique()).collect(engine="streaming")[self.area]
            self.require_valid(keys)
            if (gathered := self.gathered(lazy, _ordered(keys), periods)) is not None:
                break
        assert gathered is not None
        return keys, *gathered

    def require_measured(self, has_figures: NDArray[np.bool_]) -> None:
        """Note a finding for each indicator without figures; when they may lack, only when all of them do."""
        if self.lacking:
            self.require_indicators(np.array(self.codes)[has_figures].tolist())
            return
        for code in np.array(self.codes)[~has_figures].tolist():
            self.wrong(
                f"Het cijfer {code} ontbreekt.", "Kijk de code na, of haal het uit de definitie.", LONG_COLUMNS[0]
            )

    def years(self, lazy: pl.LazyFrame) -> Ordered:
        """Return every period that there may be: all between the first and the last, where those are not far apart."""
        if lazy.collect_schema()[PERIOD_COLUMN].is_integer():
            ends = lazy.select(
                low=pl.col(PERIOD_COLUMN).min(),
                high=pl.col(PERIOD_COLUMN).max(),
                empty=pl.col(PERIOD_COLUMN).null_count(),
            )
            low, high, empty = ends.collect(engine="streaming").row(0)
            if low is not None and not empty and high - low < SPAN:
                return tuple(range(low, high + 1))
        every = lazy.select(pl.col(PERIOD_COLUMN).unique()).collect(engine="streaming")[PERIOD_COLUMN]
        return _ordered(self.period(every.sort(), whole_table=False))

    def gathered(
        self, lazy: pl.LazyFrame, areas: Ordered, periods: Ordered
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]] | None:
        """Return the cube of codes, periods and areas and what of it was there; None when a row is of another area."""
        filled, codes = _Filled(len(self.codes) * len(periods), areas), pl.Enum(self.codes)
        for start in range(0, int(lazy.select(pl.len()).collect().item()), BATCH):
            part = lazy.slice(start, BATCH).collect()
            runs, lines = self.lines(part, codes, periods)
            rows: Sequence[int] | NDArray[np.int64] = range(start, start + part.height)
            if (lines < 0).any():
                ours = np.flatnonzero((lines if runs is None else _each(runs, lines, part.height)) >= 0)
                part, rows = part[ours], start + ours
                runs, lines = self.lines(part, codes, periods)
            if not filled.take(runs, lines, part[self.area], self.number(part[LONG_COLUMNS[1]], rows)):
                self.findings.clear()
                return None
        if filled.rows > (once := int(np.count_nonzero(filled.there))):
            todo = "Laat van elk cijfer één rij staan."
            self.wrong("Een cijfer staat er meer dan één keer in.", todo, times=filled.rows - once)
        shape = len(self.codes), len(periods), len(areas)
        filled.cube[~filled.there] = np.nan
        return filled.cube.reshape(shape), filled.there.reshape(shape)

    def lines(self, part: pl.DataFrame, codes: pl.Enum, periods: Ordered) -> tuple[Places | None, Places]:
        """Return where runs of one indicator and period begin, and the line of each in the cube.

        Below 0 stands an indicator that nobody asked for. Without runs these are the lines of all rows.
        """
        runs = _runs([part[name] for name in (LONG_COLUMNS[0], *([PERIOD_COLUMN] if self.with_period else []))])
        heads = part if runs is None else part[runs]
        lines = _looked_up(heads[LONG_COLUMNS[0]], codes)
        if self.with_period:
            years = _looked_up(self.period(heads[PERIOD_COLUMN]), periods)
            lines = np.where(lines < 0, lines, lines * np.int32(len(periods)) + years)
        return runs, lines


class _Filled:
    """A cube while it is filled, a line for every indicator and period and a place in it for every area.

    What is not `there` in it is anything.
    """

    def __init__(self, lines: int, areas: Ordered) -> None:
        self.areas, self.rows, self.whole = pl.Enum(areas), 0, True
        self.cube, self.there = np.empty((lines, len(areas))), np.zeros((lines, len(areas)), dtype=bool)
        self.known, self.in_order = pl.Series(dtype=pl.String), False
        self.places: Places = np.zeros(0, dtype=np.int32)  # of the known areas

    def take(self, runs: Places | None, lines: Places, areas: pl.Series, values: Values) -> bool:
        """Put the values of some rows in their places; False, and not all of them, when an area has none."""
        self.rows += len(areas)
        if runs is None:
            among = _runs([areas])
            places = _looked_up(areas if among is None else areas[among], self.areas)
            self.put(lines, places if among is None else _each(among, places, len(areas)), values)
            return self.whole
        for line, (first, end) in zip(lines.tolist(), itertools.pairwise([*runs.tolist(), len(areas)]), strict=True):
            self.put(line, self.placed(areas.slice(first, end - first)), values[first:end])
        return self.whole

    def placed(self, areas: pl.Series) -> Places | slice:
        """Return the places of areas; most runs have those of the run before, or a piece of them in a batch's ends."""
        many = len(areas)
        if areas.equals(self.known.slice(0, many)):
            places = self.places[:many]
        elif areas.equals(self.known.slice(-many)):
            places = self.places[-many:]
        else:
            places = self.places = _looked_up(areas, self.areas)
            self.known, self.in_order = areas, bool((np.diff(places) == 1).all() and places[0] >= 0)
        return slice(int(places[0]), int(places[0]) + many) if self.in_order else places

    def put(self, lines: Places | int, places: Places | slice, values: Values) -> None:
        if not isinstance(places, slice) and (places < 0).any():
            self.whole = False
        else:
            self.cube[lines, places], self.there[lines, places] = values, True


def _ordered(values: pl.Series) -> tuple[Any, ...]:
    return tuple(values.unique().sort().to_list())


def _runs(columns: Sequence[pl.Series]) -> Places | None:
    """Return where runs begin in which all columns keep their value; None where most are short.

    Long tables come in runs of one indicator or one area. Only the first of a run is looked up.
    """
    many = len(columns[0])
    if many < FEW or any(LONGER * len(_starts(column[:FEW])) > FEW for column in columns):
        return None
    places: Places = reduce(np.union1d, map(_starts, columns))
    return places if LONGER * len(places) <= many else None


def _starts(values: pl.Series) -> NDArray[np.int64]:
    """Return where runs of equal values start."""
    if values.dtype.is_numeric() and not values.null_count():
        numbers = values.to_numpy()
        differs = np.flatnonzero(numbers[1:] != numbers[:-1])
    else:
        differs = values[1:].ne_missing(values[:-1]).arg_true().to_numpy().astype(np.int64)
    return np.concatenate([[0], differs + 1])


def _each(runs: Places, values: Places, many: int) -> Places:
    """Return of every row what was said of its run."""
    return values[np.repeat(np.arange(len(runs)), np.diff(runs, append=many))]


def _looked_up(values: pl.Series, among: Ordered | pl.Enum) -> Places:
    """Return where each value stands among the ordered ones; -1 where it does not."""
    if isinstance(among, pl.Enum):
        return values.cast(among, strict=False).to_physical().cast(pl.Int32).fill_null(-1).to_numpy()
    return np.searchsorted(np.array(among), values.to_numpy()).astype(np.int32)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
