"""Area codes: what a code says about level and parent, and how Amsterdam's local codes become national ones."""

import re
from enum import StrEnum
from typing import Final

from buurtbalans.figures.findings import refuse

AMSTERDAM: Final = "0363"
NAMES: Final = {"NL00": "Nederland", f"GM{AMSTERDAM}": "Amsterdam"}  # for files that hold codes only
NEW_CODES: Final = 2022  # on 24 March 2022 Amsterdam gave every wijk and buurt a new code


class AreaLevel(StrEnum):
    """The levels of areas, from the country down to the buurt; the values are the register's own words."""

    LAND = "land"
    GEMEENTE = "gemeente"
    STADSDEEL = "stadsdeel"
    GEBIED = "gebied"
    WIJK = "wijk"
    BUURT = "buurt"


# Statistics Netherlands knows NL, GM, WK and BU. SD and GB are ours, for what only a municipality knows.
PREFIXES: Final = {
    AreaLevel.LAND: "NL",
    AreaLevel.GEMEENTE: "GM",
    AreaLevel.STADSDEEL: "SD",
    AreaLevel.GEBIED: "GB",
    AreaLevel.WIJK: "WK",
    AreaLevel.BUURT: "BU",
}
LEVELS_OF: Final = {prefix: level for level, prefix in PREFIXES.items()}
CODE: Final = re.compile(r"NL00|GM\d{4}|(SD|GB|WK)\d{4}[0-9A-Z]{1,10}|BU\d{4}[0-9A-Z]{4}")

_BEFORE: Final = re.compile(r"([A-Z])(\d\d)([a-z])?")
_SINCE: Final = re.compile(r"([A-Z][A-Z])(\d\d)?")
_GEBIED: Final = re.compile(r"[DG][A-Z]\d\d")


def level_of(code: str) -> AreaLevel | None:
    """Return the level a code belongs to, or None when it is no code of an area.

    Examples
    --------
    >>> level_of("BU0363AA01"), level_of("GM0363"), level_of("A00a")
    (<AreaLevel.BUURT: 'buurt'>, <AreaLevel.GEMEENTE: 'gemeente'>, None)
    """
    return LEVELS_OF[code[:2]] if CODE.fullmatch(code) else None


def parent_of(code: str) -> str | None:
    """Return the parent that a code itself names: buurt → wijk → gemeente → country.

    Examples
    --------
    >>> parent_of("BU03638103"), parent_of("WK036381"), parent_of("GM0363"), parent_of("NL00")
    ('WK036381', 'GM0363', 'NL00', None)
    """
    match level_of(code):
        case AreaLevel.BUURT:
            return f"WK{code[2:8]}"
        case AreaLevel.WIJK | AreaLevel.GEBIED | AreaLevel.STADSDEEL:
            return f"GM{code[2:6]}"
        case AreaLevel.GEMEENTE:
            return "NL00"
        case _:
            return None


def code_with_ancestors(code: str) -> list[str]:
    """Return an area and all above it that its code names, the country last.

    Examples
    --------
    >>> code_with_ancestors("BU03638103")
    ['BU03638103', 'WK036381', 'GM0363', 'NL00']
    """
    chain = [code]
    while above := parent_of(chain[-1]):
        chain.append(above)
    return chain


def municipality_of(code: str) -> str | None:
    """Return the municipality a code lies in, or None for the country and for what is no code.

    Examples
    --------
    >>> municipality_of("BU0363AA01"), municipality_of("NL00")
    ('GM0363', None)
    """
    return f"GM{code[2:6]}" if level_of(code) not in (None, AreaLevel.LAND) else None


def cbs_code(local: str, division: int) -> str:
    """Turn Amsterdam's own code into the code of Statistics Netherlands.

    Before 2022 a buurt is a letter of its stadsdeel, two digits of its wijk and a letter of its own: `F81d` is
    `BU0363` + `81` + that last letter counted from a = 00, so `BU03638103`. Since 24 March 2022 the local code is the
    last part of the national one. Stadsdelen and gebieden have no national code and get ours (`SD…`, `GB…`).

    Parameters
    ----------
    local : str
        A local code of a stadsdeel (`A`), gebied (`DX01`, `GA01`), wijk (`F81`, `AA`) or buurt (`F81d`, `AA01`), or a
        national code, which is returned as it is.
    division : int
        Year of the division the code belongs to.

    Raises
    ------
    Refused
        When the code has no known shape in that division.

    Notes
    -----
    The rule joins 479 of 479 figures of Kerncijfers wijken en buurten 2019 (Statistics Netherlands) to the buurten of
    2019 (Gemeente Amsterdam).

    Examples
    --------
    >>> cbs_code("F81d", 2019), cbs_code("F81", 2019), cbs_code("F", 2019), cbs_code("DX08", 2019)
    ('BU03638103', 'WK036381', 'SD0363F', 'GB0363DX08')
    >>> cbs_code("AA01", 2022), cbs_code("AA", 2022), cbs_code("GA01", 2022)
    ('BU0363AA01', 'WK0363AA', 'GB0363GA01')
    """
    local = local.strip()
    if CODE.fullmatch(local):
        return local
    if re.fullmatch(r"[A-Z]", local):
        return f"SD{AMSTERDAM}{local}"
    if _GEBIED.fullmatch(local):
        return f"GB{AMSTERDAM}{local}"
    if division < NEW_CODES and (old := _BEFORE.fullmatch(local)):
        _, wijk, buurt = old.groups()
        return f"BU{AMSTERDAM}{wijk}{ord(buurt) - ord('a'):02d}" if buurt else f"WK{AMSTERDAM}{wijk}"
    if division >= NEW_CODES and (new := _SINCE.fullmatch(local)):
        return f"BU{AMSTERDAM}{local}" if new[2] else f"WK{AMSTERDAM}{local}"
    raise refuse(
        f"De code ‘{local}’ past niet bij de indeling van {division}.",
        "Kijk na van welk jaar de gebieden zijn. Amsterdam heeft sinds 24 maart 2022 nieuwe codes.",
    )
