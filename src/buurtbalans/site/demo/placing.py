"""One batch of placing in Waterdam: 24 invented households and 31 invented homes; every number in it is made up."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.method.people.models import Person
from buurtbalans.method.placements.actions.batches import import_batch, switch
from buurtbalans.method.placements.actions.deciding import decide
from buurtbalans.method.placements.models import PlacingBatch, PlacingChoice
from buurtbalans.site.demo.town import town

TITLE: Final = "Week 48 (verzonnen)"
WHY: Final = "Verzonnen stad, verzonnen huishoudens: dit mag iedereen zien. Bij echte gegevens hoort hier een DPIA."
SEED: Final = 48
HOUSEHOLDS: Final = 24
HOMES: Final = 31
COMING: Final = 28
EXPECTED: Final = 18
ROOM: Final = (1.5, 2.0, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0, 9.0)
Row = list[str]
HOUSEHOLD_COLUMNS: Final[Row] = [
    "id",
    "group",
    "rooms_min",
    "rooms_max",
    "rent_max",
    "step_free",
    "provider",
    "urgency",
    "weeks_waiting",
    "avoid",
    "near",
]
HOME_COLUMNS: Final[Row] = ["id", "area", "corporation", "rooms", "rent", "step_free", "let_by"]


def make_placing(people: Mapping[str, Person]) -> None:
    """Switch placing on for the municipality, read its batch and take the first decisions; once."""
    if PlacingBatch.objects.filter(title=TITLE).exists():
        return
    switch(by=people["floor"], on=True, reason=WHY)
    tables = {name: list(enumerate(rows, start=1)) for name, rows in case().items()}
    batch = import_batch(by=people["pim"], title=TITLE, tables=tables)
    for household, home in batch.advices.latest("number").proposals[:3]:
        decide(by=people["pim"], batch=batch, household=household, choice=PlacingChoice.TAKE, proposed=home)


def case() -> dict[str, list[Row]]:
    """Return the tables of the batch: the same ones every time."""
    chance, now = np.random.default_rng(SEED), town().now
    codes = [area.code for area in now.of_level(AreaLevel.BUURT)]
    favourites = codes[:: max(1, len(codes) // 6)][:6]  # where many would like to live
    headroom = _headroom(chance, codes, favourites)
    open_ = [code for code in codes if headroom[code]]
    offered = [*favourites, *favourites[:3], *(open_[int(chance.integers(len(open_)))] for _n in range(HOMES - 9))]
    return {
        "households": [
            HOUSEHOLD_COLUMNS,
            *(_household(chance, number, favourites) for number in range(HOUSEHOLDS)),
        ],
        "homes": [
            HOME_COLUMNS,
            *(_home(chance, number, code) for number, code in enumerate(offered)),
        ],
        "expected_homes": [
            [*HOME_COLUMNS, "week"],
            *(_coming(number, code) for number, code in enumerate(_where_it_comes(favourites, open_))),
        ],
        "expected_households": [
            [*HOUSEHOLD_COLUMNS, "week"],
            *_expected(favourites),
        ],
        "areas": [["code", "parent", "headroom"], *([code, "", headroom[code]] for code in codes)],
        "groups": [["code", "load", "minimum", "maximum"], ["met-begeleiding", "", "6", ""], ["zonder", "", "", ""]],
    }


def _headroom(chance: np.random.Generator, codes: list[str], favourites: list[str]) -> dict[str, str]:
    """Return the headroom of each area: little in three favourites, and empty in three where none was agreed yet."""
    headroom = {code: str(ROOM[int(chance.integers(len(ROOM)))]) for code in codes}
    headroom |= dict.fromkeys(favourites[:3], "1")
    headroom |= dict.fromkeys(sorted(set(codes) - set(favourites))[-3:], "")
    return headroom


def _where_it_comes(favourites: list[str], others: list[str]) -> list[str]:
    """Return where homes are to come: half of them where many would like to live already."""
    chance = np.random.default_rng(SEED + 1)
    return [
        favourites[int(chance.integers(3))] if number % 2 else others[int(chance.integers(len(others)))]
        for number in range(COMING)
    ]


def _coming(number: int, code: str) -> Row:
    rooms, owner = 1 + number % 4, ("wonen-waterdam", "haven-wonen")[number // 2 % 2]
    return [
        f"V-{201 + number:04d}",
        code,
        owner,
        str(rooms),
        str(560 + 35 * rooms),
        str(int(number % 3 == 0)),
        "",
        str(1 + number % 12),
    ]


def _household(chance: np.random.Generator, number: int, favourites: list[str]) -> Row:
    guided = number % 3 == 0
    rooms = 5 if number == HOUSEHOLDS - 1 else int(chance.integers(1, 4))
    near = favourites[int(chance.integers(3))] if number % 2 else favourites[int(chance.integers(len(favourites)))]
    return [
        f"H-{398 + 3 * number:04d}",
        "met-begeleiding" if guided else "zonder",
        str(rooms),
        str(rooms + 2),
        str(int(chance.integers(66, 80)) * 10),
        str(int(number % 5 == 0)),
        "de-brug" if guided else "",
        str(int(chance.integers(1, 4))),
        str(int(chance.integers(3, 60))),
        "",
        near,
    ]


def _expected(favourites: list[str]) -> list[Row]:
    """Return who is expected in the weeks that come: as many kinds of households as wait now, fresh on the list."""
    chance = np.random.default_rng(SEED + 2)
    rows = [_household(chance, number, favourites) for number in range(EXPECTED)]
    return [
        [f"N-{601 + number:04d}", *cells[1:8], "0", *cells[9:], str(1 + number % 10)]
        for number, cells in enumerate(rows)
    ]


def _home(chance: np.random.Generator, number: int, code: str) -> Row:
    rooms, owner = 1 + number % 4, ("wonen-waterdam", "haven-wonen")[number % 2]
    return [
        f"W-{101 + number:04d}",
        code,
        owner,
        str(rooms),
        str(560 + 35 * rooms + int(chance.integers(0, 6)) * 5),
        str(int(number % 3 == 0)),
        "",
    ]
