"""What an invented office told of a year of placing in Waterdam: one difference is clear, the others may be chance."""

from collections.abc import Mapping
from typing import Final

from buurtbalans.method.fairness.actions import read_totals
from buurtbalans.method.fairness.models import OutsideTotals
from buurtbalans.method.people.models import Person
from buurtbalans.placing.outside_totals import TOTALS

TITLE: Final = "Een jaar plaatsen (verzonnen)"
# property, class, who ask the same, households, with a home, then mean and spread of fit, weeks and urgency
ROWS: Final = (
    ("leeftijd", "onder-30", "r1", 310, 172, 612, 148, 24, 14, 1.7, 0.8),
    ("leeftijd", "30-en-ouder", "r1", 420, 236, 606, 151, 33, 17, 1.7, 0.8),
    ("leeftijd", "onder-30", "r2", 90, 52, 598, 139, 27, 15, 1.9, 0.8),
    ("leeftijd", "30-en-ouder", "r2", 380, 211, 601, 144, 36, 18, 1.9, 0.8),
    ("soort-huishouden", "alleen", "r1", 500, 281, 610, 149, 29, 16, 1.7, 0.8),
    ("soort-huishouden", "met-anderen", "r1", 230, 127, 605, 150, 30, 16, 1.7, 0.8),
    ("soort-huishouden", "alleen", "r2", 120, 69, 594, 141, 33, 17, 1.9, 0.8),
    ("soort-huishouden", "met-anderen", "r2", 350, 194, 602, 144, 34, 17, 1.9, 0.8),
)


def make_outside(people: Mapping[str, Person]) -> None:
    """Read the totals of the invented office; once."""
    if OutsideTotals.objects.filter(title=TITLE).exists():
        return
    table = [(1, list(TOTALS)), *((line, [str(cell) for cell in row]) for line, row in enumerate(ROWS, start=2))]
    read_totals(
        by=people["floor"], title=TITLE, office="Onderzoeksbureau Waterdam (verzonnen)", table=table, file="totals.csv"
    )
