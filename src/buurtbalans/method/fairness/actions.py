"""Writes of the audit of a placing: lines that go outside, totals that come back; nothing of a household is kept."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.fairness import queries, rules
from buurtbalans.method.fairness.models import OutsideTotals
from buurtbalans.method.people.models import Person
from buurtbalans.method.placements.models import PlacingBatch


@action(gettext_lazy("heeft een bestand voor een extern bureau gemaakt"))
def send_lines(*, by: Person, batch: PlacingBatch) -> str:
    """Return the lines of a batch for an office outside, as CSV; that somebody made them is written down."""
    rules.require_may_send(by, batch)
    text, many = queries.lines_of(batch)
    record(by=by, verb="fairness.send_lines", about=batch, households=many)
    return text


@action(gettext_lazy("heeft totalen van een extern bureau ingelezen"))
def read_totals(
    *, by: Person, title: str, office: str, table: Sequence[tuple[int, list[str]]], file: str
) -> OutsideTotals:
    """Keep totals that an office outside made, checked whole.

    Raises
    ------
    Refused
        With everything that is wrong; then nothing is kept.
    """
    organisation = rules.require_watches(by)
    require_no_traces(f"{title} {office}")
    rows = queries.checked(table, file)
    made = OutsideTotals.objects.create(
        organisation=organisation, title=title.strip(), office=office.strip(), rows=rows, by=by
    )
    comparisons = queries.judged(made)
    record(
        by=by,
        verb="fairness.read_totals",
        about=made,
        compared=len(comparisons),
        clear=sum(comparison.clear for comparison in comparisons),
    )
    return made


withdraw_totals, restore_totals = text_pair(
    OutsideTotals,
    "totals",
    require=rules.require_own,
    withdrawn=gettext_lazy("heeft totalen van een extern bureau verwijderd"),
    restored=gettext_lazy("heeft totalen van een extern bureau hersteld"),
    require_active=rules.require_active,
    require_restorable=rules.require_withdrawn,
)
