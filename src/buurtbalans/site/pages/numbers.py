"""Figures as people read them in tables: a range where there is doubt, else one number."""

from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.sentence import number, written


def value_text(shown: Shown | None) -> str:
    """Return a figure as text, empty when it is absent: "55–63", "1.460", "€ 312.000"."""
    if shown is None or shown.value is None:
        return ""
    if shown.low is not None and shown.high is not None:
        low, high = number(shown.low), number(shown.high)
        return low if low == high else f"{low}–{high}"
    return written(shown.indicator, shown.value)
