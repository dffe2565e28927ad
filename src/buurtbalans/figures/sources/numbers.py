"""Numbers in tables of others: which mark stands before the decimals, found out per column or refused."""

from typing import Final

import polars as pl

from buurtbalans.figures.findings import Finding, Severity

POINT: Final = r"^-?\d+(\.\d+)?([eE][+-]?\d+)?$"
COMMA: Final = r"^-?\d+(,\d+)?$"
PATTERNS: Final = {".": POINT, ",": COMMA}
_POINTED: Final = r"^-?\d+\.\d+([eE][+-]?\d+)?$"
_COMMAED: Final = r"^-?\d+,\d+$"
_THOUSANDS: Final = r"^-?[1-9]\d{0,2}[.,]\d{3}$"
_ADVICE: Final = 'Zeg in de koppeling wat het is: decimal = "," of decimal = ".".'


def mark_of(cells: pl.Series, file: str, column: str) -> tuple[str, list[Finding]]:
    """Return the decimal mark of a column of text, and a refusal where it cannot be known.

    Parameters
    ----------
    cells
        The column, stripped.
    file, column
        For the finding.

    Examples
    --------
    >>> mark_of(pl.Series(["2,5", "1200"]), "x.csv", "km")[0]
    ','
    >>> mark_of(pl.Series(["1.250", "3.400"]), "x.csv", "mensen")[1][0].what
    'Het teken in “1.250” kan duizendtallen of decimalen scheiden.'
    """
    pointed = cells.filter(cells.str.contains(_POINTED).fill_null(False))
    commaed = cells.filter(cells.str.contains(_COMMAED).fill_null(False))
    if len(pointed) and len(commaed):
        what = f"In deze kolom staan decimalen met een punt (“{pointed[0]}”) en met een komma (“{commaed[0]}”)."
        return ".", [Finding(Severity.REFUSE, what, "Kies één van de twee.", file, None, column)]
    broken = pointed if len(pointed) else commaed
    if len(broken) and broken.str.contains(_THOUSANDS).all():
        what = f"Het teken in “{broken[0]}” kan duizendtallen of decimalen scheiden."
        return ".", [Finding(Severity.REFUSE, what, _ADVICE, file, None, column)]
    return ("," if len(commaed) else "."), []
