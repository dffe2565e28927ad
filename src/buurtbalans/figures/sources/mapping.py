"""A mapping: which column of somebody's table is the area, the year and the figures; read from TOML."""

import re
import tomllib
from collections.abc import Callable
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from buurtbalans.figures.catalogue.indicator import SourceKind
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.findings import Finding, Refused, Severity, unopened
from buurtbalans.figures.observation import Absence

SHIPPED: Final = Path(__file__).parent / "mappings"
GUESSED: Final = "table"
_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
_CODES: Final = ("cbs", "amsterdam")
_MARKS: Final = ("", ".", ",")
_NO_FIGURE: Final = ("", ".", "NA")


@dataclass(frozen=True, slots=True)
class Mapping:
    """How to read a table.

    Attributes
    ----------
    id : name of the source; indicators that are not in the catalogue become `id:name`.
    area : column with the code of the area. `codes`: `cbs`, or `amsterdam` for the city's own codes.
    prefix : what stands before a code that consists of digits only: "BU", "WK" or "GM".
    name : column with the name of the area.
    period : column with the year, or `year` when the table has one year.
    division : year of the borders, or the column that has it; the year of the figure when absent.
    decimal : "," or "."; found out per column when empty.
    absence : what a cell without a number means; other words are no figures and refuse the file.
    indicator, value, reason : columns of a long table: which indicator, its value, and why there is none.
    indicators : column (wide) or word (long) to the indicator it stands for.
    keep : whether columns that `indicators` does not name are kept as `id:name`.
    recognise : columns by which a shipped mapping knows its files; `tried` says whether it has met a real one.
    """

    id: str
    area: str
    publisher: str = ""
    title: str = ""
    licence: str = ""
    url: str = ""
    codes: str = "cbs"
    prefix: str = ""
    name: str = ""
    period: str = ""
    year: int | None = None
    division: int | str = ""
    decimal: str = ""
    sheet: str = ""
    header: int | None = None
    absence: Dict[str, str] = field(default_factory=dict)
    indicator: str = ""
    value: str = ""
    reason: str = ""
    indicators: Dict[str, str] = field(default_factory=dict)
    keep: bool = True
    leave: tuple[str, ...] = ()
    recognise: tuple[str, ...] = ()
    tried: bool = False
    own_ids: bool = False

    @property
    def long(self) -> bool:
        """Return whether the table has a row per figure, and not a column per indicator."""
        return bool(self.indicator)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the words that mean that there is no figure."""
        return tuple(dict.fromkeys([*_NO_FIGURE, *self.absence]))


def read_mapping(path: Path, *, shipped: bool = False) -> Mapping:
    """Read a mapping file.

    Parameters
    ----------
    path
        A TOML file with the fields of `Mapping`; `[absence]` and `[indicators]` are tables.
    shipped
        Whether the file comes with the product: then it may speak for a publisher of the catalogue.

    Raises
    ------
    Refused
        With everything that is wrong with it.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise unopened(path, error) from None
    except ValueError as error:
        raise Refused([_wrong(path, f"Dit is geen geldig TOML: {error}.")]) from None
    problems = [*_problems(told), *([] if shipped else _speaks_for_another(told))]
    if problems:
        raise Refused(_wrong(path, problem) for problem in problems)
    rest: dict[str, Any] = {key: tuple(told[key]) if isinstance(told[key], list) else told[key] for key in told}
    return Mapping(**rest)


def _problems(told: dict[str, Any]) -> list[str]:
    """What is wrong with a mapping, field by field; only when each field is right, what does not fit together."""
    known = {field.name for field in fields(Mapping)} - {"own_ids"}
    problems = [f"Het veld “{key}” kennen wij niet." for key in told if key not in known]
    problems += [f"Het veld “{key}” ontbreekt." for key in ("id", "area") if not told.get(key)]
    problems += [f"Bij “{key}” staat iets dat daar niet kan." for key in _misfits(told, known)]
    return problems or _contradictions(told)


def _misfits(told: dict[str, Any], known: set[str]) -> list[str]:
    return [key for key in told if key in known and not _fits(key, told[key])]


def _contradictions(told: dict[str, Any]) -> list[str]:
    """What does not fit together in a mapping of which each field by itself is right."""
    problems = []
    if not _ID.fullmatch(told["id"]):
        problems.append("Een id heeft alleen kleine letters, cijfers en streepjes.")
    if bool(told.get("indicator")) != bool(told.get("value")):
        problems.append("Een lange tabel heeft “indicator” en ook “value” nodig.")
    reasons = set(told.get("absence", {}).values()) - {reason.value for reason in Absence}
    problems += [f"“{reason}” is geen reden. Kies uit: {', '.join(Absence)}." for reason in sorted(reasons)]
    unknown = [each for each in told.get("indicators", {}).values() if not _own(each, told["id"])]
    return problems + [f"“{each}” is geen indicator van bron “{told['id']}”." for each in unknown]


def _own(indicator: str, source: str) -> bool:
    """Return whether an indicator is one of this source: nobody else's figures may come in under its name."""
    known = catalogue().get(indicator)
    return known in catalogue().of_source(source) if known else indicator.startswith(f"{source}:")


def _speaks_for_another(told: dict[str, Any]) -> list[str]:
    source = str(told.get("id"))
    if source in catalogue().sources and catalogue().kind_of(source) is SourceKind.PUBLISHED:
        return [f"De bron “{source}” hebben wij zelf al. Kies een andere id."]
    return []


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _is_table_of_texts(value: object) -> bool:
    return isinstance(value, dict) and _is_texts(list(value.values()))


def _is_positive_number(value: object) -> bool:
    return type(value) is int and value > 0


def _is_year_or_column(value: object) -> bool:
    return isinstance(value, (int, str)) and not isinstance(value, bool)


_CHOICES: Final = {"codes": _CODES, "decimal": _MARKS, "prefix": ("", "BU", "WK", "GM")}
_TESTS: Final[dict[str, Callable[[object], bool]]] = {
    "absence": _is_table_of_texts,
    "indicators": _is_table_of_texts,
    "recognise": _is_texts,
    "leave": _is_texts,
    "keep": lambda value: isinstance(value, bool),
    "tried": lambda value: isinstance(value, bool),
    "year": _is_positive_number,
    "header": _is_positive_number,
    "division": _is_year_or_column,
}


def _fits(key: str, value: object) -> bool:
    """Whether a field of a mapping holds what it can hold; one without a test of its own is text."""
    if key in _TESTS:
        return _TESTS[key](value)
    return isinstance(value, str) and (key not in _CHOICES or value in _CHOICES[key])


def _wrong(path: Path, what: str) -> Finding:
    return Finding(Severity.REFUSE, what, "Kijk het voorbeeld in de handleiding na.", path.name)
