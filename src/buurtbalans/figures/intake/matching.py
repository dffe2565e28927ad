"""The column matcher: what each column of a table seems to be, proposed to somebody who decides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from buurtbalans.figures.area.codes import level_of
from buurtbalans.figures.intake.people import refuse_lists, sign_of
from buurtbalans.figures.intake.reading import Upload
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.sources.columns import normal


class Role(StrEnum):
    """What a column is."""

    AREA = "gebied"
    PERIOD = "jaar"
    DIVISION = "indeling"
    KIND = "soort"
    COUNT = "aantal"
    REASON = "reden"
    UNKNOWN = "kies"
    NONE = "niet"


_PERIOD: Final = ("jaar", "periode", "period", "peiljaar", "year", "jaartal")
_DIVISION: Final = ("division", "indeling", "indelingsjaar", "grenzen")
_KIND: Final = ("indicator", "soort", "onderwerp", "categorie", "variabele", "kind")
_REASON: Final = ("absence", "reden", "afwezigheid")
_YEAR: Final = re.compile(r"(19[5-9]\d|20\d\d)(JJ00)?")
_NUMBER: Final = re.compile(r"\d+|\d{1,3}(\.\d{3})+")
_DECIMAL: Final = re.compile(r"-?\d+([.,]\d+)?%?")
_KINDS: Final = 40  # more different words are no kinds of figure, and may be names
_DIGITS: Final = {8: "BU", 6: "WK", 4: "GM"}


@dataclass
class Choices:
    """What somebody chose: a role per column, a name per column of counts, a year, borders, reasons and repairs.

    `repairs` maps "row:column" to what stands there now; `reasons` a column to why its empty cells have no figure.
    """

    roles: list[Role]
    names: list[str]
    signs: list[str]
    year: int | None = None
    division: int | None = None
    reasons: dict[int, Absence] = field(default_factory=dict)
    repairs: dict[str, str] = field(default_factory=dict)

    def places(self, role: Role) -> list[int]:
        """Return the columns with a role."""
        return [place for place, each in enumerate(self.roles) if each is role]

    def kept(self) -> dict[str, Any]:
        """Return the choices as plain data."""
        return {
            "roles": [str(role) for role in self.roles],
            "names": self.names,
            "signs": self.signs,
            "year": self.year,
            "division": self.division,
            "reasons": {str(place): str(why) for place, why in self.reasons.items()},
            "repairs": self.repairs,
        }


def chosen(kept: dict[str, Any]) -> Choices:
    """Return choices from plain data."""
    return Choices(
        [Role(role) for role in kept["roles"]],
        list(kept["names"]),
        list(kept["signs"]),
        kept["year"],
        kept["division"],
        {int(place): Absence(why) for place, why in kept["reasons"].items()},
        dict(kept["repairs"]),
    )


def match(upload: Upload) -> Choices:
    """Return what the columns seem to be.

    Raises
    ------
    Refused
        When the table looks like rows of persons or addresses, which must be counted first.

    Examples
    --------
    >>> rows = [["BU03630000", "2025", "38", "Jan Jansen"], ["BU03630001", "2025", "44", "Piet Puk"]]
    >>> found = match(Upload("x.csv", "", ["BU_CODE", "jaar", "hh_schuldhulp", "contact"], rows, [2, 3], False))
    >>> [str(role) for role in found.roles], found.signs[3]
    (['gebied', 'jaar', 'aantal', 'niet'], 'name')
    """
    roles: list[Role] = []
    signs: list[str] = []
    for place, name in enumerate(upload.header):
        cells = upload.column(place)
        role = _role(name, cells, roles)
        sign = "" if role in (Role.AREA, Role.PERIOD, Role.DIVISION) else sign_of(name, cells)
        if not sign and role is Role.NONE and any(cells):
            sign = "text"
        roles.append(Role.NONE if sign else role)
        signs.append(sign)
    keys = [place for place, role in enumerate(roles) if role in (Role.AREA, Role.PERIOD, Role.DIVISION, Role.KIND)]
    refuse_lists(upload, keys if Role.AREA in roles else [], signs)
    return Choices(roles, list(upload.header), signs, year=_named_year(upload))


def without_people(upload: Upload, choices: Choices) -> Upload:
    """Return the table without the cells of columns that are not read: they are kept nowhere."""
    hidden = {place for place, sign in enumerate(choices.signs) if sign}
    rows = [["" if place in hidden else cell for place, cell in enumerate(cells)] for cells in upload.rows]
    return Upload(upload.file, upload.sha256, upload.header, rows, upload.lines, upload.exact)


def area_code(cell: str, name: str = "") -> str | None:
    """Return the code of an area as written, or completed when it consists of digits only.

    Examples
    --------
    >>> area_code("BU03630000"), area_code("03630000", "buurtcode"), area_code("912")
    ('BU03630000', 'BU03630000', None)
    """
    code = cell.strip().upper()
    if code.isdecimal() and "code" in normal(name).replace(" ", ""):
        code = f"{_DIGITS.get(len(code), '')}{code}"
    return code if level_of(code) else None


def _role(name: str, cells: Sequence[str], before: Sequence[Role]) -> Role:
    filled = [cell for cell in cells if cell]
    plain = normal(name)
    if not filled:
        return Role.NONE
    if Role.AREA not in before and _has_area_codes(name, filled):
        return Role.AREA
    if (time_role := _time_role(plain, filled, before)) is not None:
        return time_role
    if plain in _REASON:
        return Role.REASON
    if Role.KIND not in before and _is_kind(plain, filled):
        return Role.KIND
    return _value_role(filled)


def _has_area_codes(name: str, filled: Sequence[str]) -> bool:
    return sum(area_code(cell, name) is not None for cell in filled) * 2 > len(filled)


def _time_role(plain: str, filled: Sequence[str], before: Sequence[Role]) -> Role | None:
    """Return whether a column is the division or the period, by its name; a division holds only years."""
    years = all(_YEAR.fullmatch(cell) for cell in filled)
    for role, words in ((Role.DIVISION, _DIVISION), (Role.PERIOD, _PERIOD)):
        if role not in before and plain in words and (years or role is Role.PERIOD):
            return role
    return None


def _is_kind(plain: str, filled: Sequence[str]) -> bool:
    """Return whether a column says what is counted: by its name, with few different words."""
    return plain in _KIND and _matches(_NUMBER, filled) * 2 < len(filled) and len(set(filled)) <= _KINDS


def _value_role(filled: Sequence[str]) -> Role:
    """Return the role that most cells of a column without a known name have."""
    if _matches(_NUMBER, filled) * 2 > len(filled):
        return Role.COUNT
    return Role.UNKNOWN if _matches(_DECIMAL, filled) * 2 > len(filled) else Role.NONE


def _matches(pattern: re.Pattern[str], cells: Sequence[str]) -> int:
    return sum(pattern.fullmatch(cell) is not None for cell in cells)


def _named_year(upload: Upload) -> int | None:
    years = set(re.findall(r"(?<!\d)(199\d|20[0-4]\d)(?!\d)", upload.file))
    return int(years.pop()) if len(years) == 1 else None
