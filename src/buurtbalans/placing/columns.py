"""Which columns the files of a case have, and what a cell may hold: one cell becomes one value or one finding."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from buurtbalans.placing.people import CODE

MANY: Final = ";"


class Kind(StrEnum):
    """What a cell holds."""

    NUMBER = "werknummer"
    CODE = "code"
    CODES = "codes"
    WHOLE = "heel getal"
    EURO = "bedrag in euro’s"
    SIZE = "getal"
    FLAG = "0 of 1"
    URGENCY = "1, 2 of 3"
    DATE = "datum"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its name, what it holds, whether a cell may be empty and whether the column may lack."""

    name: str
    kind: Kind
    filled: bool = False
    optional: bool = False


_AREA: Final = Column("area", Kind.CODE, filled=True)
HOUSEHOLDS: Final = (
    Column("id", Kind.NUMBER, filled=True),
    Column("group", Kind.CODE),
    Column("rooms_min", Kind.WHOLE),
    Column("rooms_max", Kind.WHOLE),
    Column("rent_max", Kind.EURO),
    Column("step_free", Kind.FLAG),
    Column("provider", Kind.CODE),
    Column("urgency", Kind.URGENCY),
    Column("weeks_waiting", Kind.WHOLE),
    Column("avoid", Kind.CODES),
    Column("near", Kind.CODES),
    Column("labels", Kind.CODES, optional=True),
    Column("income_class", Kind.CODE, optional=True),
)
HOMES: Final = (
    Column("id", Kind.NUMBER, filled=True),
    _AREA,
    Column("corporation", Kind.CODE),
    Column("rooms", Kind.WHOLE, filled=True),
    Column("rent", Kind.EURO, filled=True),
    Column("step_free", Kind.FLAG),
    Column("let_by", Kind.DATE),
    Column("labels", Kind.CODES, optional=True),
    Column("income_classes", Kind.CODES, optional=True),
)
AREAS: Final = (Column("code", Kind.CODE, filled=True), Column("parent", Kind.CODE), Column("headroom", Kind.SIZE))
GROUPS: Final = (
    Column("code", Kind.CODE, filled=True),
    Column("load", Kind.SIZE),
    Column("minimum", Kind.WHOLE),
    Column("maximum", Kind.WHOLE),
)
CORPORATIONS: Final = (Column("code", Kind.CODE, filled=True), Column("minimum", Kind.WHOLE))
PROVIDERS: Final = (Column("code", Kind.CODE, filled=True), _AREA, Column("capacity", Kind.WHOLE, filled=True))
_WEEK: Final = Column("week", Kind.WHOLE, filled=True)
FILES: Final[dict[str, tuple[Column, ...]]] = {
    "households.csv": HOUSEHOLDS,
    "homes.csv": HOMES,
    "areas.csv": AREAS,
    "groups.csv": GROUPS,
    "corporations.csv": CORPORATIONS,
    "providers.csv": PROVIDERS,
    "expected_households.csv": (*HOUSEHOLDS, _WEEK),
    "expected_homes.csv": (*HOMES, _WEEK),
}
NEEDED: Final = ("households.csv", "homes.csv", "areas.csv")
_EMPTY: Final[dict[Kind, Any]] = {Kind.NUMBER: "", Kind.CODE: "", Kind.CODES: (), Kind.FLAG: False, Kind.URGENCY: 1}
_COUNTED: Final = (Kind.WHOLE, Kind.EURO, Kind.SIZE)
_DECIMAL: Final = re.compile(r"\d{1,7}(?:[.,]\d{1,6})?")


class Unread(Exception):
    """A cell that holds something else than its column asks: what is wrong, and what to do."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(what)
        self.what, self.todo = what, todo


def empty(column: Column) -> Any:
    """Return what an empty cell of a column means: no demand."""
    return _EMPTY.get(column.kind)


def value(column: Column, cell: str) -> Any:
    """Return what a cell that is not empty says.

    Raises
    ------
    Unread
        When the cell holds something else.

    Examples
    --------
    >>> value(AREAS[2], "3,5"), value(HOUSEHOLDS[4], "812.50"), value(HOUSEHOLDS[9], "a;b")
    (3.5, 81250, ('a', 'b'))
    """
    kind = column.kind
    if kind in (Kind.NUMBER, Kind.CODE):
        return _code(cell, kind)
    if kind is Kind.CODES:
        return tuple(sorted({_code(part.strip(), Kind.CODE) for part in cell.split(MANY) if part.strip()}))
    if kind is Kind.DATE:
        return _date(cell)
    form, made = _FORMS[kind]
    if not form.fullmatch(cell):
        if kind in _COUNTED and form.fullmatch(cell.removeprefix("-")):
            raise Unread("Dit is minder dan 0.", f"Hier hoort een {kind.value} van 0 of meer, of niets.")
        raise Unread("Dit past hier niet.", f"Hier hoort een {kind.value}, of niets.")
    return made(cell)


def _date(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise Unread("Dit is geen datum.", "Schrijf een datum zo: 2026-05-31.") from None


def _number(cell: str) -> float:
    return float(cell.replace(",", "."))


def _code(cell: str, kind: Kind) -> str:
    if not CODE.fullmatch(cell):
        todo = "Gebruik een korte code zonder spaties: letters, cijfers en - . _ / + &. Vrije tekst hoort hier niet."
        raise Unread("Dit is geen code.", todo)
    if kind is Kind.NUMBER and not any(char.isdigit() for char in cell):
        raise Unread("Dit is geen werknummer.", "Geef elk huishouden en elke woning een eigen nummer, zoals H-00012.")
    return cell


_FORMS: Final[dict[Kind, tuple[re.Pattern[str], Callable[[str], Any]]]] = {
    Kind.WHOLE: (re.compile(r"\d{1,7}(?:\.0+)?"), lambda cell: int(float(cell))),
    Kind.EURO: (_DECIMAL, lambda cell: round(_number(cell) * 100)),
    Kind.SIZE: (_DECIMAL, _number),
    Kind.FLAG: (re.compile("[01]"), lambda cell: cell == "1"),
    Kind.URGENCY: (re.compile("[123]"), int),
}
