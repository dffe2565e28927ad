"""Any table with codes of areas: by a mapping file, or by its own words where they are clear enough."""

from collections.abc import Mapping as Dict
from dataclasses import dataclass
from typing import Final

import polars as pl

from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.observation import ABSENCES, KEY, SCHEMA, Absence
from buurtbalans.figures.sources.cells import Figures, figures
from buurtbalans.figures.sources.columns import compact, from_path, normal
from buurtbalans.figures.sources.delivery import AREAS, Described, Read, SourceInfo
from buurtbalans.figures.sources.grid import Grid
from buurtbalans.figures.sources.mapping import Mapping
from buurtbalans.figures.sources.names import catalogue_names
from buurtbalans.figures.sources.numbers import PATTERNS, mark_of
from buurtbalans.figures.sources.places import places
from buurtbalans.figures.sources.sheet import Column, Sheet, per_row
from buurtbalans.figures.sources.years import divisions, periods

_BLANK: Final = Absence.WITHHELD_AT_SOURCE


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a grid with their area, year and borders; `used` are the frame columns that say so."""

    grid: Grid
    mapping: Mapping
    key: pl.DataFrame
    used: frozenset[str]
    whole: bool


def _require_readable(findings: list[Finding]) -> list[Finding]:
    if any(finding.weight is Severity.REFUSE for finding in findings):
        raise Refused(findings)
    return findings


def read(
    grid: Grid, mapping: Mapping, period: int | None = None, described: Dict[str, Described] | None = None
) -> Read:
    """Return everything a table tells.

    Parameters
    ----------
    grid
        The table.
    mapping
        What its columns are.
    period
        The year of the figures, where the caller says so.
    described
        What the publisher says of its indicators, by their word in the table.

    Raises
    ------
    Refused
        With every finding at once, when any of them stops the file.
    """
    findings = list(grid.findings)
    years, more = periods(grid, mapping, period)
    findings += more
    borders, more = divisions(grid, mapping, years) if years is not None else (None, [])
    findings += more
    if years is None or borders is None or not grid.lines:
        raise Refused(findings)
    where, more = places(grid, mapping, max(borders.drop_nulls().to_list(), default=0))
    findings += more
    key = where.with_columns(borders.alias("division"), years.alias("period"))
    whole = bool(where["level"].is_in(["gemeente", "land"]).any())
    rows = _Rows(grid, mapping, key, _used(grid, mapping), whole)
    observations, more = (_long if mapping.long else _wide)(rows)
    findings = _require_readable([*findings, *more])
    findings = _require_readable([*findings, *_doubled(rows, observations)])
    known = key.filter(pl.col("area").is_not_null())
    areas = known.unique(["area", "division"], keep="first", maintain_order=True).select(AREAS.names())
    told, more = _described(rows, observations, described or {})
    kept = observations.filter(pl.col("area").is_not_null()).select(SCHEMA.names())
    return Read(kept, areas, _source(grid, mapping, years), [*findings, *more], told)


def _used(grid: Grid, mapping: Mapping) -> frozenset[str]:
    named = [mapping.area, mapping.name, mapping.period, mapping.indicator, mapping.value, mapping.reason]
    named += [mapping.division] if isinstance(mapping.division, str) else []
    used = {grid.find_column(name) for name in (*named, *mapping.leave) if name}
    return frozenset(place for place in used if place is not None)


def _figures(rows: _Rows, place: str, *, known: bool) -> Figures:
    """Return a column as values and reasons, with the reasons that the mapping gives to words."""
    grid, mapping = rows.grid, rows.mapping
    cells = grid.column(place)
    name = grid.header[int(place)]
    mark = "." if grid.exact else mapping.decimal
    findings: list[Finding] = []
    if not mark:
        mark, findings = mark_of(cells, grid.file, name)
    frame = pl.DataFrame({"0": cells})
    sheet = Sheet(grid.file, [Column(name, ())], frame, grid.lines, _BLANK, PATTERNS[mark], mapping.missing)
    numbers = figures(sheet, "0", known=known, whole=rows.whole)
    findings += numbers.findings
    if numbers.value is None or numbers.absence is None:
        return Figures(None, None, findings)
    absence = _with_words(cells, numbers.value, numbers.absence, mapping)
    return Figures(numbers.value, absence, findings)


def _with_words(cells: pl.Series, value: pl.Series, absence: pl.Series, mapping: Mapping) -> pl.Series:
    """Return the reasons with those that the mapping gives to words.

    A column that is empty in the whole table was not measured, whatever an empty cell says elsewhere. In a long table
    there is no such column: there a lacking figure is one that the source does not give.
    """
    told = cells.replace_strict(dict(mapping.absence), default=None, return_dtype=pl.String).cast(ABSENCES)
    if mapping.long:
        given = told.fill_null(_BLANK.value)
    else:
        vague = told.is_null() | told.is_in([_BLANK.value, Absence.NOT_APPLICABLE.value])
        given = told.zip_with(~(vague & (absence == Absence.NOT_MEASURED.value)) & told.is_not_null(), absence)
    return given.zip_with(value.is_null(), pl.repeat(None, len(value), dtype=ABSENCES, eager=True))


def _wide(rows: _Rows) -> tuple[pl.DataFrame, list[Finding]]:
    """Lay the columns with figures under each other, one observation a row."""
    grid, mapping = rows.grid, rows.mapping
    columns, findings = _columns(rows)
    parts = []
    for place, (indicator, known) in columns.items():
        numbers = _figures(rows, place, known=known)
        findings += numbers.findings
        if numbers.value is not None and numbers.absence is not None:
            part = rows.key.with_columns(pl.lit(indicator).alias("indicator"))
            parts.append(part.with_columns(numbers.value.alias("value"), numbers.absence.alias("absence")))
    lacking = [name for name in mapping.indicators if grid.find_column(name) is None]
    findings += [
        Finding(Severity.REFUSE, f"De kolom “{name}” ontbreekt.", "Kijk de koppeling na.", grid.file, 1)
        for name in lacking
    ]
    if not parts:
        if not any(finding.weight is Severity.REFUSE for finding in findings):
            findings.append(Finding(Severity.REFUSE, "Het bestand heeft geen kolom met cijfers.", "", grid.file, 1))
        raise Refused(findings)
    return pl.concat(parts), findings


def _catalogue_name(name: str, names: Dict[str, str]) -> str | None:
    """The indicator of the catalogue that a column is about, by its name or the path in it."""
    spellings = [compact(spelling) for spelling in (*from_path(name), normal(name))]
    return next((names[spelling] for spelling in spellings if spelling in names), None)


def _columns(rows: _Rows) -> tuple[dict[str, tuple[str, bool]], list[Finding]]:
    """Return per frame column its indicator and whether mapping or catalogue names it."""
    grid, mapping = rows.grid, rows.mapping
    names = catalogue_names(mapping.id)
    asked = {grid.find_column(name): indicator for name, indicator in mapping.indicators.items()}
    indicators: dict[str, tuple[str, bool]] = {}
    unknown: list[str] = []
    for position, name in enumerate(grid.header):
        place = str(position)
        if place in rows.used or not name:
            continue
        known = asked.get(place) or _catalogue_name(name, names)
        if known is None and not mapping.keep:
            continue
        indicators[place] = (known or f"{mapping.id}:{name}", known is not None)
        if known is None:
            unknown.append(name)
    return indicators, _twice(grid, indicators) + _unknown(grid.file, unknown)


def _twice(grid: Grid, columns: Dict[str, tuple[str, bool]]) -> list[Finding]:
    first: dict[str, str] = {}
    findings: list[Finding] = []
    for place, (indicator, _) in columns.items():
        name = grid.header[int(place)]
        if indicator in first:
            what = f"Deze kolom vertelt hetzelfde als “{first[indicator]}”."
            findings.append(Finding(Severity.REFUSE, what, "Laat één van de twee staan.", grid.file, None, name))
        first.setdefault(indicator, name)
    return findings


def _places_of_long(grid: Grid, mapping: Mapping) -> tuple[str, str, str | None]:
    """The columns of indicator, value and reason of a long table.

    Raises
    ------
    Refused
        When one that the mapping names is not there.
    """
    places = {name: grid.find_column(name) for name in _names(mapping) if name}
    lacking = [name for name, place in places.items() if place is None]
    words, value = places.get(mapping.indicator), places.get(mapping.value)
    if lacking or words is None or value is None:
        raise Refused(Finding(Severity.REFUSE, f"De kolom “{name}” ontbreekt.", "", grid.file, 1) for name in lacking)
    return words, value, places.get(mapping.reason)


def _long(rows: _Rows) -> tuple[pl.DataFrame, list[Finding]]:
    """Return a row per row of the grid: the indicator is in one column, its value in another."""
    grid, mapping = rows.grid, rows.mapping
    words, value, reason = _places_of_long(grid, mapping)
    numbers = _figures(rows, value, known=True)
    if numbers.value is None or numbers.absence is None:
        raise Refused([*grid.findings, *numbers.findings])
    word = grid.column(words)
    findings = list(numbers.findings)
    empty = [grid.lines[row] for row in (word.fill_null("") == "").arg_true()]
    what = "De naam van het cijfer ontbreekt."
    findings += per_row(what, "Vul haar in.", file=grid.file, lines=empty, column=mapping.indicator)
    names = {each: _indicator(each, mapping) for each in word.unique(maintain_order=True).to_list()}
    absence, about = _reasons(rows, numbers, reason)
    frame = rows.key.with_columns(
        word.replace_strict(names, return_dtype=pl.String).alias("indicator"),
        numbers.value.alias("value"),
        absence.alias("absence"),
    )
    unknown = [] if mapping.own_ids else [each for each, name in names.items() if name == f"{mapping.id}:{each}"]
    return frame, [*findings, *about, *_unknown(grid.file, unknown)]


def _names(mapping: Mapping) -> tuple[str, str, str]:
    return mapping.indicator, mapping.value, mapping.reason


def _indicator(word: str, mapping: Mapping) -> str:
    if mapping.own_ids:
        return word
    known = mapping.indicators.get(word) or catalogue().columns(mapping.id).get(word)
    return known or f"{mapping.id}:{word}"


def _reasons(rows: _Rows, numbers: Figures, reason: str | None) -> tuple[pl.Series, list[Finding]]:
    """Return the reason of each row: from its own column where there is one, and then only where no value stands."""
    assert numbers.value is not None
    assert numbers.absence is not None
    if reason is None:
        return numbers.absence, []
    told = rows.grid.column(reason)
    valued = numbers.value.is_not_null()
    right = (told == "") | told.is_in([each.value for each in Absence])
    wrong = ~right | ((told != "") & valued)
    lines = [rows.grid.lines[row] for row in wrong.arg_true()]
    what = "Hier staat geen reden die wij kennen, of een reden naast een waarde."
    todo = f"Kies uit: {', '.join(Absence)}."
    column = rows.mapping.reason
    findings = per_row(what, todo, file=rows.grid.file, lines=lines, column=column)
    given = told.set(wrong | (told == ""), None).cast(ABSENCES)
    return pl.select(pl.when(~valued).then(pl.coalesce(given, numbers.absence))).to_series(), findings


def _unknown(file: str, names: list[str]) -> list[Finding]:
    if not names:
        return []
    columns = "1 cijfer" if len(names) == 1 else f"{len(names)} cijfers"
    what = f"Wij kennen {columns} niet: {', '.join(names[:20])}{', …' if len(names) > 20 else ''}."
    todo = "Wij bewaren ze onder hun eigen naam. U hoeft niets te doen."
    return [Finding(Severity.NOTE, what, todo, file, None, None, len(names))]


def _doubled(rows: _Rows, observations: pl.DataFrame) -> list[Finding]:
    """Refuse a figure that stands in the file twice; one finding per area tells where."""
    marks = observations.select(KEY).hash_rows()
    if marks.n_unique() == len(marks):  # the usual case, for a fraction of the memory
        return []
    again = observations.filter(pl.col("area").is_not_null(), pl.struct(KEY).is_duplicated())
    findings = []
    for (area, period), group in again.group_by("area", "period", maintain_order=True):
        lines = group["line"].unique(maintain_order=True).to_list()
        told = ", ".join(map(str, lines[:10]))
        what = f"Gebied {area} heeft over {period} hetzelfde cijfer meer dan één keer: regel {told}."
        todo = "Laat één regel staan."
        findings.append(Finding(Severity.REFUSE, what, todo, rows.grid.file, lines[-1], None, len(group)))
    return findings


def _described(
    rows: _Rows, observations: pl.DataFrame, described: Dict[str, Described]
) -> tuple[dict[str, Described], list[Finding]]:
    """Return what the publisher says of the indicators that are not in the catalogue."""
    own = f"{rows.mapping.id}:"
    words = {each: each.removeprefix(own) for each in observations["indicator"].unique() if each.startswith(own)}
    told = {indicator: described[word] for indicator, word in sorted(words.items()) if word in described}
    if not told:
        return {}, []
    names = [f"{words[indicator]} is “{one.name}”" for indicator, one in told.items()]
    what = f"De lijst van de bron zegt: {'; '.join(names[:20])}{'; …' if len(names) > 20 else ''}."
    return told, [Finding(Severity.NOTE, what, "", rows.grid.file, None, None, len(names))]


def _source(grid: Grid, mapping: Mapping, years: pl.Series) -> SourceInfo:
    told = years.unique().drop_nulls()
    title = mapping.title or grid.file
    year = int(told[0]) if len(told) == 1 else None
    return SourceInfo(mapping.id, mapping.publisher, title, mapping.licence, mapping.url, year, grid.files)
