"""The numbers of an organisation's own: a sheet of names and values becomes the settings of a case."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.formats import localize

from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.placing.case import Case
from buurtbalans.placing.columns import MANY
from buurtbalans.placing.settings import defaults

SHEET: Final = "settings"
HEAD: Final = ["name", "value"]
Number = int | float | list[int | float]


def numbers() -> dict[str, Number]:
    """Return every number that a case may change, by its name, with its default."""
    return {f"{table}.{name}": value for table, values in defaults().items() for name, value in values.items()}


def cell(value: Number) -> str:
    """Return a number as it stands in a cell."""
    return f"{MANY} ".join(map(str, value)) if isinstance(value, list) else str(value)


def shown(value: Number) -> str:
    """Return a number as a reader writes it: in Dutch with a comma."""
    return f"{MANY} ".join(str(localize(one)) for one in (value if isinstance(value, list) else [value]))


def toml_of(rows: Sequence[tuple[int, list[str]]]) -> str:
    """Return the settings that a sheet asks for, without what is the default already.

    Raises
    ------
    Refused
        With every row that names no number, or has none.
    """
    known, own, findings = numbers(), dict[str, Number](), list[Finding]()
    (line, head), *below = rows
    _require_head(line, head)
    for line, cells in below:
        name, value = (part.strip() for part in [*cells, "", ""][:2])
        if finding := _problem(name, value, line, own):
            findings.append(finding)
        elif read := _read(value) if value else None:
            own[name] = _like(known[name], read)
    if findings:
        raise Refused(findings)
    return "\n".join(_lines({name: value for name, value in own.items() if value != known[name]}))


def _require_head(line: int, head: Sequence[str]) -> None:
    """Refuse a sheet whose first two columns are not name and value."""
    if [word.strip().lower() for word in head[:2]] != HEAD:
        raise Refused([_wrong("De kolommen zijn niet name en value.", "Neem het blad uit ons sjabloon.", line)])


def _like(default: Number, read: list[int | float]) -> Number:
    """Return what was read from a cell in the form of the default: a single number stands alone unless that is a list."""
    return read[0] if len(read) == 1 and not isinstance(default, list) else read


def _problem(name: str, value: str, line: int, own: Mapping[str, Number]) -> Finding | None:
    """Return the finding on a row that names no setting, one that came before (`own`), or no number; else None."""
    known = numbers()
    if name not in known:
        return _wrong(f"Het getal “{name[:40]}” bestaat niet.", "Neem een naam uit ons sjabloon.", line)
    if name in own:
        return _wrong(f"“{name}” staat er twee keer.", "Laat er één staan.", line)
    if value and _read(value) is None:
        return _wrong(f"“{name}” heeft geen getal.", f"Bijvoorbeeld: {cell(known[name])}.", line)
    return None


def own_numbers(case: Case) -> list[tuple[str, str, str]]:
    """Return the numbers of a case that differ from the defaults: the name, its own, and the default."""
    return [
        (name, shown(own), shown(value))
        for name, value in numbers().items()
        if (own := getattr(case.settings, name.partition(".")[0])[name.partition(".")[2]]) != value
    ]


def _read(value: str) -> list[int | float] | None:
    try:
        parsed = [float(part.strip().replace(",", ".")) for part in value.split(MANY)]
        return [int(one) if one.is_integer() else one for one in parsed]
    except (ValueError, OverflowError):
        return None


def _lines(own: dict[str, Any]) -> Iterator[str]:
    """Yield lines of a settings file, table by table."""
    table = ""
    for name, value in sorted(own.items()):
        head, _, tail = name.partition(".")
        if head != table:
            table = head
            yield f"[{table}]"
        yield f"{tail} = {value}"


def _wrong(what: str, todo: str, line: int) -> Finding:
    return Finding(Severity.REFUSE, what, todo, SHEET, line)
