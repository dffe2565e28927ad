"""The rows of what to ask for: per corporation what kind of home where, how many, why, and what if it fails."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtbalans.method.placements.queries.proposals import AdviceView
from buurtbalans.placing.advice import Advice
from buurtbalans.placing.case import Case, IntArray

MOSTLY: Final = 0.5  # of the households of a row, from which a reason holds for it
Kind = tuple[str, int, int]  # corporation, area, rooms


@dataclass(frozen=True)
class AskedRow:
    """One line of what to ask for: where, what kind, how many come, how many to ask, why, and where else."""

    area: str
    kind: str
    come: int
    ask: int
    why: str
    otherwise: str


@dataclass(frozen=True)
class OwnerRequest:
    """How many homes to ask one housing corporation for: its share of all that is asked, and its share of all homes to come."""

    name: str
    ask: int
    part: int  # of a hundred that are asked
    share: int  # of a hundred that come
    rows: tuple[AskedRow, ...]


def asked_of(advice: Advice, seen: AdviceView, comes: IntArray, asked: IntArray) -> tuple[OwnerRequest, ...]:
    """Return per corporation what to ask for, the most first."""
    wanted = set(asked.tolist())
    lives = {int(home): who for who, home in enumerate(advice.outcome.home.tolist())}
    requests = []
    for code, own in _homes_by_owner(advice.case, comes).items():
        rows = [_row(advice, seen, kind, homes, wanted, lives, comes) for kind, homes in own if wanted & set(homes)]
        come, ask = sum(len(homes) for _k, homes in own), sum(row.ask for row in rows)
        if rows:
            part, share = (round(100 * some / max(1, all_)) for some, all_ in ((ask, len(asked)), (come, len(comes))))
            rows = sorted(rows, key=lambda row: (-row.ask, row.area))
            requests.append(
                OwnerRequest(seen.owners.get(code, code) or _("Zonder corporatie"), ask, part, share, tuple(rows))
            )
    return tuple(sorted(requests, key=lambda request: (-request.ask, request.name)))


def _homes_by_owner(case: Case, comes: IntArray) -> dict[str, list[tuple[Kind, list[int]]]]:
    """Return the homes that are to come by the code of their corporation, in groups of one kind."""
    kinds: dict[Kind, list[int]] = defaultdict(list)
    for home in comes.tolist():
        kinds[_kind(case, home)].append(home)
    owners: dict[str, list[tuple[Kind, list[int]]]] = defaultdict(list)
    for kind, homes in sorted(kinds.items()):
        owners[kind[0]].append((kind, homes))
    return owners


def _kind(case: Case, home: int) -> Kind:
    return case.homes.corporation[home], int(case.homes.area[home]), int(case.homes.rooms[home])


def _row(
    advice: Advice,
    seen: AdviceView,
    kind: Kind,
    homes: Sequence[int],
    wanted: set[int],
    lives: dict[int, int],
    comes: IntArray,
) -> AskedRow:
    asked = [home for home in homes if home in wanted]
    who = [lives[home] for home in asked]
    rooms = ngettext("%(rooms)s kamer", "%(rooms)s kamers", kind[2]) % {"rooms": kind[2]}
    free = all(advice.case.homes.step_free[home] for home in asked)
    return AskedRow(
        seen.area(kind[1]),
        f"{rooms}, {_('zonder trap')}" if free else rooms,
        len(homes),
        len(asked),
        _why(advice.case, kind[1], who),
        _otherwise(advice, seen, kind[1], who, wanted, comes),
    )


def _why(case: Case, area: int, who: Sequence[int]) -> str:
    """Return why here, for most of who would live there: their wish, their guidance, the stairs, or a long wait."""
    asked, least = case.households, max(1, int(np.ceil(MOSTLY * len(who))))
    near = sum(area in asked.near[one] for one in who)
    if near >= least:
        words = ngettext(
            "%(many)s huishouden heeft voorkeur voor deze buurt.",
            "%(many)s huishoudens hebben voorkeur voor deze buurt.",
            near,
        )
        return words % {"many": near}
    guided = sum((asked.provider[one], area) in case.capacity for one in who if asked.provider[one])
    if guided >= least:
        return _("De organisatie voor begeleiding is al actief in deze buurt.")
    if sum(bool(asked.step_free[one]) for one in who) >= least:
        return _("De woning is geschikt voor mensen die geen trap kunnen lopen.")
    weeks = max((int(asked.weeks[one]) for one in who), default=0)
    if weeks > case.settings.wait["most"]:
        return _("Eén van deze huishoudens wacht al %(weeks)s weken.") % {"weeks": weeks}
    words = ngettext(
        "Deze woning past bij %(many)s huishouden in de plaatsingsronde.",
        "Deze woning past bij %(many)s huishoudens in de plaatsingsronde.",
        len(who),
    )
    return words % {"many": len(who)}


def _otherwise(
    advice: Advice, seen: AdviceView, area: int, who: Sequence[int], wanted: set[int], comes: IntArray
) -> str:
    """Return where else to ask when it fails: the area with most homes for them that nobody is proposed, and room."""
    case, around, load = advice.case, advice.room, advice.outcome.load
    left = [home for home in comes.tolist() if home not in wanted and int(case.homes.area[home]) != area]
    fits: dict[int, int] = defaultdict(int)
    for one in who:
        possible = set(advice.pairs.home[advice.pairs.of(one)].tolist())
        for home in left:
            place = int(case.homes.area[home])
            if home in possible and load[place] / around.scale + 1 <= around.headroom[place]:
                fits[place] += 1
    if not fits:
        return _("De kans is klein, dus vraag ook ergens anders een woning.")
    return _("Als dit niet lukt, vraag dan een woning in %(area)s.") % {
        "area": seen.area(min(fits, key=lambda place: (-fits[place], place)))
    }
