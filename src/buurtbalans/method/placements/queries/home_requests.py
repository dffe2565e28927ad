"""Which of the homes that are to come to ask for: from whom, where and why, beside taking what comes, with doubt."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, Final

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtbalans.method.placements.models import PlacingAdvice, PlacingBatch
from buurtbalans.method.placements.queries.case import Texts, coming_of, lacking
from buurtbalans.method.placements.queries.proposals import AdviceView
from buurtbalans.method.placements.queries.request_rows import OwnerRequest, asked_of
from buurtbalans.placing.advice import Advice
from buurtbalans.placing.agreements import is_core, tight
from buurtbalans.placing.case import EXPECTED, HOMES, Case, Homes, IntArray
from buurtbalans.placing.pairs import Wishes
from buurtbalans.placing.solve import advise

TRIED: Final = 9  # draws of what comes, and of what is asked and does not come
LOST: Final = 0.2  # of the homes that are asked for, in such a draw
PAIRS: Final = 60_000  # with what comes, that a page works out; the command takes all
WOVEN_PAIRS: Final = 600  # the same where agreements cut across: every draw is a search
LEVELS: Final = (0.4, 0.8, 1.0, 1.5)  # parts of what was agreed, between the classes on the map


@dataclass(frozen=True)
class Measure:
    """One thing that changes by asking: as what comes, as asked, and between what it lies then."""

    before: int
    after: int
    low: int
    high: int
    words: str


@dataclass(frozen=True)
class Asking:
    """What to ask for, and what it changes; `taken` and `asked` are the classes of all areas on the two maps."""

    many: int
    come: int
    better: str  # what gets better: the "spread", who is "placed" or only the "fit"; empty when nothing does
    taken: dict[str, tuple[int, str]]
    asked: dict[str, tuple[int, str]]
    counted: Counter[str]
    measures: tuple[Measure, ...]
    owners: tuple[OwnerRequest, ...]


def to_ask(batch: PlacingBatch, advice: PlacingAdvice) -> Asking | None:
    """Return what to ask for; None where the batch has no homes that are to come."""
    if _nothing_comes(batch):
        return None
    case = coming_of(batch.files)
    assert case.weeks is not None
    worked = _worked(tuple(sorted(batch.files.items())), tuple(advice.locks), tuple(advice.rejections))
    comes = np.flatnonzero(case.weeks.homes > 0)
    asked = np.intersect1d(comes, worked.best.outcome.home)
    measures = tuple(_measures(worked, len(case.households.ids)))
    return Asking(
        len(asked),
        len(comes),
        _better(measures),
        _classes(worked.taken),
        _classes(worked.best),
        _counted(case, asked),
        measures,
        asked_of(worked.best, AdviceView(worked.best), comes, asked),
    )


def too_large(batch: PlacingBatch) -> tuple[str, ...]:
    """Return why a page does not work out what to ask for: its size, and which agreements make that search long."""
    return () if _nothing_comes(batch) else why_long(coming_of(batch.files), PAIRS, WOVEN_PAIRS)


def _nothing_comes(batch: PlacingBatch) -> bool:
    return EXPECTED[HOMES].removesuffix(".csv") in lacking(batch.files)


def why_long(case: Case, most: int, woven_most: int) -> tuple[str, ...]:
    """Return why a case with what comes takes a page too long; nothing up to so many pairs."""
    if len(case.households.ids) * len(case.homes.ids) <= (most if is_core(case) else woven_most):
        return ()
    many = {"households": len(case.households.ids), "homes": len(case.homes.ids)}
    size = _("%(households)s huishoudens en %(homes)s woningen, de verwachte meegeteld") % many
    has_cross_constraints = {
        _("een corporatie moet een minimum aan woningen leveren"): any(case.shares.values()),
        _("een aanbieder kan minder huishoudens begeleiden dan er om begeleiding vragen"): bool(tight(case)),
        _("een groep telt zwaarder of lichter mee in de plaatsingsruimte"): bool((case.groups.load != 1).any()),
    }
    return size, *(words for words, holds in has_cross_constraints.items() if holds)


@dataclass(frozen=True)
class _Worked:
    """What was worked out, without words: the best, the middle of taking what comes, and what doubt makes of asking."""

    best: Advice
    taken: Advice
    doubted: tuple[tuple[int, int, int, int], ...]


@lru_cache(maxsize=4)
def _worked(texts: Texts, locks: Sequence[str], rejections: Sequence[str]) -> _Worked:
    case = coming_of(dict(texts))
    assert case.weeks is not None
    best = advise(case, Wishes(_pairs(case, locks), _pairs(case, rejections)))
    comes, stays = np.flatnonzero(case.weeks.homes > 0), np.flatnonzero(case.weeks.homes == 0)
    asked, chance = np.intersect1d(comes, best.outcome.home), np.random.default_rng(1)

    def placed(homes: IntArray) -> Advice:
        return _with(case, locks, rejections, np.concatenate([stays, homes]))

    taken = [placed(chance.choice(comes, len(asked), replace=False)) for _n in range(TRIED)]
    doubted = [placed(asked[chance.random(len(asked)) >= LOST]) for _n in range(TRIED)]
    middle = sorted(taken, key=lambda one: _told(one)[0])[TRIED // 2]
    return _Worked(best, middle, tuple(map(_told, doubted)))


def forget_asked() -> None:
    """Let go of all that was worked out to ask for."""
    _worked.cache_clear()


def _better(measures: Sequence[Measure]) -> str:
    over, most, placed, fit = (
        (measure.after > measure.before) - (measure.after < measure.before) for measure in measures
    )
    if max(over, most, -placed) > 0:
        return ""
    return "spread" if min(over, most) < 0 else "placed" if placed > 0 else "fit" if fit > 0 else ""


def _pairs(case: Case, said: Sequence[str]) -> frozenset[tuple[int, int]]:
    households = {code: place for place, code in enumerate(case.households.ids)}
    homes = {code: place for place, code in enumerate(case.homes.ids)}
    split = [one.partition(":") for one in said]
    return frozenset((households[one], homes[home]) for one, _colon, home in split)


def _with(case: Case, locks: Sequence[str], rejections: Sequence[str], homes: IntArray) -> Advice:
    """Return the advice on a case with some of its homes; what people decided lies in homes that are there."""
    kept = np.sort(homes)
    columns: dict[str, Any] = {
        part.name: column[kept] if isinstance(column, np.ndarray) else tuple(column[at] for at in kept)
        for part in fields(Homes)
        for column in [getattr(case.homes, part.name)]
    }
    part = replace(case, homes=Homes(**columns), weeks=None)
    return advise(part, Wishes(_pairs(part, locks), _pairs(part, rejections)))


def _told(advice: Advice) -> tuple[int, int, int, int]:
    """Return how many areas come above what was agreed, by how many at most, who has a home, and the mean points."""
    around, load = advice.room, advice.outcome.load
    over = np.where(around.bounded, load / around.scale - around.headroom, 0)
    placed = advice.outcome.placed
    mean = round(advice.outcome.components["fit"] / max(1, placed))
    return int((over > 0).sum()), int(np.ceil(max(0.0, float(over.max(initial=0))))), placed, mean


def _measures(worked: _Worked, many: int) -> Iterator[Measure]:
    words = (
        _("buurten boven hun plaatsingsruimte"),
        _("huishoudens boven de plaatsingsruimte in de drukste buurt"),
        ngettext("huishouden krijgt een woning (van %(many)s)", "huishoudens krijgen een woning (van %(many)s)", many)
        % {"many": many},
        _("punten (van 1000) voor hoe goed een woning gemiddeld past"),
    )
    before, after = _told(worked.taken), _told(worked.best)
    for at, said in enumerate(words):
        values = [after[at], *(one[at] for one in worked.doubted)]
        yield Measure(before[at], after[at], min(values), max(values), said)


def _classes(advice: Advice) -> dict[str, tuple[int, str]]:
    """Return of every smallest area how it comes out beside what was agreed."""
    case, around, load = advice.case, advice.room, advice.outcome.load
    above = set(case.areas.parent.tolist())
    words = (
        _("ruim onder de plaatsingsruimte"),
        _("onder de plaatsingsruimte"),
        _("precies de plaatsingsruimte"),
        _("boven de plaatsingsruimte"),
        _("ver boven de plaatsingsruimte"),
    )
    classes = {}
    for place, code in enumerate(case.areas.codes):
        if place in above:
            continue
        level = int(np.searchsorted(LEVELS, load[place] / around.scale / around.headroom[place]))
        classes[code] = (level + 1, words[level]) if around.bounded[place] else (0, _("nog niet afgesproken"))
    return classes


def _counted(case: Case, asked: IntArray) -> Counter[str]:
    return Counter(case.areas.codes[area] for area in case.homes.area[asked].tolist())
