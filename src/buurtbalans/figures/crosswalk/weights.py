"""Where the addresses of an old area went: the table that is preferred over surfaces, read and checked."""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Final, TypeAlias

import polars as pl

from buurtbalans.figures.area.division import Division
from buurtbalans.figures.findings import Finding, Refused, Severity, refuse
from buurtbalans.figures.release.words import some

COLUMNS: Final = ("area_from", "area_to", "weight")
AddressShares: TypeAlias = Mapping[
    str, Mapping[str, float]
]  # old area -> new area -> share, each old area adding up to 1


def address_shares(table: pl.DataFrame, before: Division, after: Division) -> dict[str, dict[str, float]]:
    """Return for each old area in the table which share of its addresses went to which new area.

    Parameters
    ----------
    table
        `area_from`, `area_to`, `weight`: numbers of addresses, or shares; rows of the same pair add up.
    before, after
        The divisions that the codes must be in, both codes on the same level.

    Returns
    -------
    dict
        Old code to new code to share. Shares of an old area add up to 1; one without addresses is left out, so that its
        surface counts.

    Raises
    ------
    Refused
        With everything that is wrong at once.

    Examples
    --------
    >>> from buurtbalans.figures.area.codes import AreaLevel
    >>> from buurtbalans.figures.area.division import Area
    >>> old = Division(2020, [Area("BU99990101", "Oude Werf", AreaLevel.BUURT, 2020)])
    >>> new = Division(2021, [Area(f"BU9999010{n}", "", AreaLevel.BUURT, 2021) for n in (1, 2)])
    >>> rows = {"area_from": ["BU99990101"] * 2, "area_to": ["BU99990101", "BU99990102"], "weight": [30, 10]}
    >>> address_shares(pl.DataFrame(rows), old, new)
    {'BU99990101': {'BU99990101': 0.75, 'BU99990102': 0.25}}
    """
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise refuse(f"De tabel met gewichten mist {some(missing)}.", "Geef area_from, area_to en weight.")
    rows = [(str(old), str(new), weight) for old, new, weight in table.select(COLUMNS).iter_rows()]
    values: dict[str, dict[str, float]] = {}
    problems = list(_problems(rows, before, after))
    if problems:
        raise Refused(problems)
    for old, new, weight in sorted(rows):
        if weight:
            values.setdefault(old, {}).setdefault(new, 0.0)
            values[old][new] += float(weight)
    return {old: {new: weight / sum(to.values()) for new, weight in to.items()} for old, to in values.items()}


def _unknown_codes(rows: list[tuple[str, str, object]], before: Division, after: Division) -> set[str]:
    return {old for old, _, _ in rows if old not in before} | {new for _, new, _ in rows if new not in after}


def _problems(rows: list[tuple[str, str, object]], before: Division, after: Division) -> Iterator[Finding]:
    wrong = [f"{old} → {new}" for old, new, weight in rows if not _is_weight(weight)]
    unknown = _unknown_codes(rows, before, after)
    crossed = [f"{old} → {new}" for old, new, _ in rows if _crosses_levels(old, new, before, after)]
    for what, names, todo in (
        ("Deze gewichten zijn geen getal van 0 of meer", wrong, "Geef een aantal adressen."),
        ("Deze codes zijn er niet in de twee indelingen", unknown, "Kijk de codes en de jaren na."),
        ("Deze gebieden zijn niet van hetzelfde niveau", crossed, "Geef buurt bij buurt en wijk bij wijk."),
    ):
        if names:
            yield Finding(Severity.REFUSE, f"{what}: {some(names)}.", todo, column="weight", times=len(names))


def _crosses_levels(old: str, new: str, before: Division, after: Division) -> bool:
    return old in before and new in after and before[old].level is not after[new].level


def _is_weight(weight: object) -> bool:
    return isinstance(weight, int | float) and isfinite(weight) and weight >= 0
