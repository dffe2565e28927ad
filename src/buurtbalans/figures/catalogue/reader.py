"""Reading the catalogue: TOML files become indicators, and everything that is wrong with them is said at once."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from buurtbalans.figures.catalogue.indicator import (
    Catalogue,
    Dimension,
    Direction,
    Indicator,
    Kind,
    SourceEntry,
    SourceKind,
)
from buurtbalans.figures.findings import Finding, Refused, Severity

FOLDER: Final = Path(__file__).parent
SOURCES: Final = "sources.toml"
CHOICE: Final = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
_ENUMS: Final[dict[str, type[StrEnum]]] = {"dimension": Dimension, "direction": Direction, "kind": Kind}
_SOURCE_WORDS: Final = ("name", "tells", "cannot", "tells_en", "cannot_en")
_LISTS: Final = ("columns", "sum_of", "plausible")
_OPTIONAL: Final = ("denominator", "part")
_FIELDS: Final = {field.name: field for field in fields(Indicator)}
_REQUIRED: Final = tuple(name for name, field in _FIELDS.items() if field.default is MISSING)
_T = TypeVar("_T")
_PER: Final = {Kind.SHARE: 100, Kind.RATE: 1000}


def read_catalogue(folder: Path) -> Catalogue:
    """Read `sources.toml` and every other TOML file of a folder.

    Parameters
    ----------
    folder
        Holds `sources.toml` with `[[source]]` tables, and files with `[defaults]` and `[[indicator]]` tables.

    Raises
    ------
    Refused
        With all findings: unknown or missing keys, wrong types, an id or column used twice, a reference to nothing.
    """
    findings: list[Finding] = []
    sources = _sources(folder / SOURCES, findings)
    indicators: list[Indicator] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name != SOURCES:
            indicators += _indicators(path, findings)
    findings += _between(indicators, sources)
    if findings:
        raise Refused(findings)
    by_source = {source.id: source for source in sources}
    return Catalogue([_with_step(indicator, by_source[indicator.source]) for indicator in indicators], sources)


def _sources(path: Path, findings: list[Finding]) -> list[SourceEntry]:
    source_entries = []
    for table in _toml(path, findings).get("source", []):
        try:
            source_entries.append(SourceEntry(**{**table, "kind": SourceKind(table.get("kind", ""))}))
            findings += [
                _wrong(path, str(table["id"]), f"heeft bij ‘{key}’ geen tekst")
                for key in _SOURCE_WORDS
                if not isinstance(table.get(key, ""), str)
            ]
        except (TypeError, ValueError) as error:
            findings.append(_wrong(path, table.get("id", "?"), f"klopt niet ({error})"))
    return source_entries


def _toml(path: Path, findings: list[Finding]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        findings.append(Finding(Severity.REFUSE, f"Dit bestand is geen geldig TOML: {error}", file=path.name))
        return {}


def _indicators(path: Path, findings: list[Finding]) -> Iterator[Indicator]:
    tables = _toml(path, findings)
    findings += [_wrong(path, key, "is een onbekende tabel") for key in tables if key not in ("defaults", "indicator")]
    for table in tables.get("indicator", []):
        row = {**tables.get("defaults", {}), **table}
        problems = list(_problems(row))
        findings += [_wrong(path, str(row.get("id", "?")), problem) for problem in problems]
        if not problems:
            yield _indicator(row)


def _problems(row: dict[str, Any]) -> Iterator[str]:
    yield from (f"heeft een onbekend veld ‘{key}’" for key in row if key not in _FIELDS)
    yield from (f"mist ‘{key}’" for key in _REQUIRED if not str(row.get(key, "")).strip())
    for key, value in row.items():
        if key in _FIELDS and not _right_type(key, value):
            yield f"heeft bij ‘{key}’ een waarde die daar niet kan: {value!r}"
    yield from _pattern_problems(row, "phrase", "relative", "{meer|minder}")
    yield from _pattern_problems(
        {"phrase_en": "{value}", "relative_en": "{|}"} | row, "phrase_en", "relative_en", "{more|fewer}"
    )


def _pattern_problems(row: dict[str, Any], phrase: str, relative: str, example: str) -> Iterator[str]:
    """Yield what is wrong with the pattern of a value, and with that of a comparison, in one language."""
    if str(row.get(phrase, "")).count("{value}") != 1:
        yield f"moet in ‘{phrase}’ precies één keer {{value}} hebben"
    if len(CHOICE.findall(str(row.get(relative, "")))) != 1:
        yield f"moet in ‘{relative}’ precies één keuze hebben, zoals {example}"


def _right_type(key: str, value: object) -> bool:
    if key in _ENUMS:
        return value in list(_ENUMS[key])
    if key == "plausible":
        return _is_range(value)
    if key in _LISTS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    default = _FIELDS[key].default
    if isinstance(default, bool):
        return isinstance(value, bool)
    if isinstance(default, int):
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return isinstance(value, str)


def _is_range(value: object) -> bool:
    """Return whether a value is the least and the most of a range."""
    if not isinstance(value, list) or len(value) != 2:
        return False
    return all(isinstance(each, int | float) and not isinstance(each, bool) for each in value) and value[0] < value[1]


def _indicator(row: dict[str, Any]) -> Indicator:
    row = {key: tuple(value) if key in _LISTS else value for key, value in row.items()}
    row["plausible"] = tuple(float(each) for each in row.get("plausible", ()))
    row |= {key: enum(row[key]) for key, enum in _ENUMS.items() if key in row}
    row |= {key: row.get(key) or None for key in _OPTIONAL}
    row.setdefault("per", _PER.get(row["kind"], 1))
    return Indicator(**row)


def _between(indicators: list[Indicator], sources: list[SourceEntry]) -> Iterator[Finding]:
    """Check what no single table can show: doubles, references, and guards that must travel along."""
    by_id = {indicator.id: indicator for indicator in indicators}
    kinds = {source.id: source.kind for source in sources}
    yield from _repetitions(indicators)
    for indicator in indicators:
        if indicator.source not in kinds:
            yield _wrong(None, indicator.id, f"noemt de onbekende bron ‘{indicator.source}’")
        for problem in (*_wrong_references(indicator, by_id), *_wrong_parts(indicator, by_id)):
            yield _wrong(None, indicator.id, problem)


def _repetitions(indicators: list[Indicator]) -> Iterator[Finding]:
    """Yield the codes, and the columns of a source, that stand for two indicators."""
    for name in _doubles(indicator.id for indicator in indicators):
        yield _wrong(None, name, "komt twee keer voor")
    for source, column in _doubles(pair for indicator in indicators for pair in _column_keys(indicator)):
        yield _wrong(None, column, f"hoort in bron ‘{source}’ bij twee indicatoren")


def _wrong_references(indicator: Indicator, by_id: dict[str, Indicator]) -> Iterator[str]:
    for name in indicator.needs:
        if name not in by_id:
            yield f"verwijst naar ‘{name}’, en dat bestaat niet"
    if indicator.part and not indicator.denominator:
        yield "heeft een ‘part’ zonder ‘denominator’"
    if indicator.sampled and not indicator.denominator:
        yield "komt uit een steekproef en mist de ‘denominator’ met het aantal antwoorden"


def _wrong_parts(indicator: Indicator, by_id: dict[str, Indicator]) -> Iterator[str]:
    parts = [by_id[name] for name in (indicator.part, *indicator.sum_of) if name in by_id]
    if any(part.source != indicator.source for part in parts):
        yield "is gemaakt van cijfers van een andere bron"
    if any(part.restricted for part in parts) and not indicator.restricted:
        yield "is gemaakt van een afgeschermd cijfer en is zelf niet afgeschermd"


def _column_keys(indicator: Indicator) -> list[tuple[str, str]]:
    return [(indicator.source, column.replace(" ", "")) for column in indicator.columns]


def _with_step(one: Indicator, source: SourceEntry) -> Indicator:
    """Fill in how coarsely a publisher rounds: counts by its step, other figures by their decimals."""
    if one.step or source.kind is not SourceKind.PUBLISHED:
        return one
    counted = one.kind is Kind.COUNT or one.computed
    return replace(one, step=float(source.count_step) if counted else 10.0**-one.decimals)


def _doubles(values: Iterable[_T]) -> list[_T]:
    return [value for value, times in Counter(values).items() if times > 1]


def _wrong(path: Path | None, name: str, problem: str) -> Finding:
    return Finding(Severity.REFUSE, f"Indicator ‘{name}’ {problem}.", file=path.name if path else "")


@cache
def catalogue() -> Catalogue:
    """Return the catalogue that ships with the product.

    Raises
    ------
    Refused
        When a file of the catalogue is wrong, with every problem at once.

    Examples
    --------
    >>> len(catalogue()) > 100
    True
    """
    return read_catalogue(FOLDER)
