"""What residents and professionals think of a neighbourhood, theme by theme: before, and where a round ended after."""

import random
from collections.abc import Mapping, Sequence

from buurtbalans.method.stories.actions.ratings import create_rating_sheet
from buurtbalans.method.stories.models import Aspect, Side, When
from buurtbalans.site.demo.table import Table

AGES = ("18-30", "30-45", "45-60", "60-75", "75+", "")
USUAL = (3, 5)
WEAVERS = {  # theme: where most residents lie, where most professionals
    "verkeer": ((2, 4), (4, 6)),
    "veiligheid": ((2, 4), (2, 3)),
    "contact": ((5, 7), (4, 5)),
    "thuis": ((5, 6), (4, 5)),
    "straten": ((3, 5), (5, 6)),
    "meebeslissen": ((1, 3), (3, 5)),
}
WHY = {
    "veiligheid": "Na het eten ga ik niet meer naar buiten.",
    "contact": "Wij passen op elkaar.",
    "meebeslissen": "We horen het pas als het al besloten is.",
    "verkeer": "De auto’s rijden hier te hard.",
}
YARD_BEFORE = {"contact": ((1, 3), (2, 3)), "thuis": ((2, 4), (3, 4)), "voorzieningen": ((1, 3), (2, 4))}
YARD_AFTER = {"contact": ((4, 6), (4, 6)), "thuis": ((3, 5), (4, 5)), "voorzieningen": ((3, 5), (4, 6))}


def weavers(table: Table) -> None:
    """Let residents and professionals of the Weverskwartier rate it at the beginning."""
    _sheets(table, When.BEFORE, WEAVERS, ("joris", "amina", "lotte"), residents=14, professionals=7)


def yard(table: Table) -> None:
    """Let residents and professionals of the Oude Werf rate it at the beginning and at the end."""
    writers = ("amina", "ruben", "lotte")
    _sheets(table, When.BEFORE, YARD_BEFORE, writers, residents=12, professionals=6)
    _sheets(table, When.AFTER, YARD_AFTER, writers, residents=13, professionals=6)


def _sheets(
    table: Table,
    when: When,
    lies: Mapping[str, tuple[tuple[int, int], tuple[int, int]]],
    writers: Sequence[str],
    *,
    residents: int,
    professionals: int,
) -> None:
    chance = random.Random(f"{table.round.slug} {when}")
    sides = [Side.RESIDENT] * residents + [Side.PROFESSIONAL] * professionals
    for number, side in enumerate(sides):
        answers: dict[str, tuple[int | None, str]] = {}
        for aspect in Aspect.values:
            low, high = lies.get(aspect, (USUAL, USUAL))[side == Side.PROFESSIONAL]
            score = min(7, max(1, chance.randint(low, high) + chance.choice((-1, 0, 0, 0, 1))))
            why = WHY.get(aspect, "") if side == Side.RESIDENT and number == len(aspect) % residents else ""
            answers[aspect] = (None if chance.random() < 0.08 else score, why)
        create_rating_sheet(
            by=table.people[writers[number % len(writers)]],
            neighbourhood=table.round.neighbourhood,
            core=table.round.core,
            when=when,
            side=side,
            age=chance.choice(AGES),
            answers=answers,
            seen=True,
        )
