"""Reads of the audit of a placing: lines for outside, totals as they came, and how each class compares."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.fairness.models import OutsideTotals
from buurtbalans.method.people.models import Organisation
from buurtbalans.method.placements.models import PlacingBatch
from buurtbalans.method.placements.queries.advice import advised
from buurtbalans.placing import fairness, outside_totals
from buurtbalans.placing.fairness import Measure, Parity

MEASURES: Final = {
    Measure.PLACED: (_("krijgt een woning, per 100 huishoudens"), 100, 0),
    Measure.FIT: (_("hoe goed de woning past, in punten"), 1, 0),
    Measure.WEEKS: (_("wachttijd, in weken"), 1, 0),
    Measure.URGENCY: (_("urgentie, in stappen"), 1, 2),
}


@dataclass(frozen=True)
class Compared:
    """One comparison as a page shows it: which class, of what, the difference as a range, and whether it is clear."""

    name: str
    klass: str
    what: str | Promise
    low: str
    high: str
    clear: bool


def batches_of(organisation: Organisation) -> Any:
    """Return the batches of an organisation of which lines can be made."""
    return PlacingBatch.objects.filter(organisation=organisation, erased_at=None, advices__number=1)


def lines_of(batch: PlacingBatch) -> tuple[str, int]:
    """Return the lines of the last advice on a batch as CSV, and how many there are."""
    lines = fairness.lines_of(advised(batch, batch.advices.latest("number")))
    return outside_totals.write_lines(lines), len(lines)


def checked(table: Sequence[tuple[int, list[str]]], file: str) -> list[dict[str, str]]:
    """Return the rows of totals as they are kept, when nothing is wrong with them."""
    rows = list(outside_totals.as_rows(table, outside_totals.TOTALS, file))
    outside_totals.read_totals(rows, file)
    return [{name: row[name] for name in outside_totals.TOTALS} for _line, row in rows]


def judged(totals: OutsideTotals) -> list[Parity]:
    """Return how each class compares with the others that ask the same."""
    return fairness.judge(outside_totals.read_totals(enumerate(totals.rows, start=2), totals.title))


def clear_words(parities: Sequence[Parity]) -> list[str]:
    """Return the clear differences in sentences."""
    return [fairness.said(parity) for parity in parities if parity.clear]


def compared(parities: Sequence[Parity]) -> list[Compared]:
    """Return every comparison as the page shows it, the clear ones first."""
    rows = []
    for parity in sorted(parities, key=lambda parity: not parity.clear):
        what, scale, digits = MEASURES[parity.measure]
        low, high = (
            f"{end * scale:+.{digits}f}".replace(".", ",").replace("-", "−") for end in (parity.low, parity.high)
        )
        rows.append(Compared(parity.name, parity.klass, what, low, high, parity.clear))
    return rows
