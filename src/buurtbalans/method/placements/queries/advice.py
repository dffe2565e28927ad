"""From a batch to its advice: always through the engine; what was worked out before saves time and changes nothing."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from buurtbalans.method.placements.models import BEST, PlacingAdvice, PlacingBatch, WorkKind
from buurtbalans.method.placements.queries.case import Files, Texts, read
from buurtbalans.method.placements.queries.headroom import files_by
from buurtbalans.method.placements.queries.work_limits import takes_long
from buurtbalans.placing import report
from buurtbalans.placing.advice import Advice, Outcome, ProgressCallback, Proof, outcome
from buurtbalans.placing.agreements import is_core
from buurtbalans.placing.case import NO_INDEX, Case, IntArray
from buurtbalans.placing.explain import Move, WhyNot, why_not
from buurtbalans.placing.frontier import Plan, plans, restored
from buurtbalans.placing.pairs import Pair, Wishes
from buurtbalans.placing.solve import advise

HELD: Final = 2  # advices at hand: the last one, and what is made of it
_Key = tuple[Texts, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
_ADVISED: Final[dict[_Key, Advice]] = {}
_PLANNED: Final[dict[_Key, tuple[Plan, ...]]] = {}


def silent(stage: str, part: float) -> None:
    """Hear how far something is, and tell nobody."""


def advised(batch: PlacingBatch, advice: PlacingAdvice) -> Advice:
    """Return an advice of a batch: what was found then is proved, and not sought again."""
    best = best_of(batch, advice)
    if advice.plan == BEST:
        return best
    home = homes_in(best.case, advice.proposals)
    return living(best, outcome(best.case, best.wishes, best.pairs, best.room, home))


def best_of(batch: PlacingBatch, advice: PlacingAdvice) -> Advice:
    """Return the advice that is best together, of what an advice was made of; that one may follow another plan."""
    key = _key(files_by(batch, advice), advice.locks, advice.rejections, advice.shown)
    if key in _ADVISED:
        return _ADVISED[key]
    plan = advice.plans.filter(name=BEST).first() if advice.plan != BEST else None
    kept = advice.proposals if advice.plan == BEST else plan.proposals if plan else None
    assignments = [f"{household}:{home}" for household, home in kept] if kept is not None else None
    return _made(key, None, assignments, Proof(advice.proof[0], tuple(advice.proof[1])) if advice.proof else None)


def living(advice: Advice, other: Outcome) -> Advice:
    """Return an advice with who lives where in another plan."""
    return replace(advice, outcome=other)


def homes_in(case: Case, proposals: Sequence[Sequence[str]]) -> IntArray:
    """Return the home of every household in some proposals, or NONE."""
    home = np.full(len(case.households.ids), NO_INDEX, dtype=np.int64)
    for household, at in pairs_of(case, [f"{household}:{home}" for household, home in proposals]):
        home[household] = at
    return home


def again(batch: PlacingBatch, advice: PlacingAdvice, say: ProgressCallback = silent) -> Advice:
    """Return an advice of a batch, made again from nothing but what was kept."""
    key = _key(files_by(batch, advice), advice.locks, advice.rejections, advice.shown)
    made = advise(*_asked(key), say=say)
    return made if advice.plan == BEST else _by(advice.plan, made, plans(made, say))


def solved(
    batch: PlacingBatch,
    locks: Sequence[str],
    rejections: Sequence[str],
    shown: Sequence[str],
    plan: str = BEST,
    say: ProgressCallback = silent,
) -> Advice:
    """Return the advice on a batch with what people decided, by the plan that they chose, from the last one if any."""
    last, key = batch.advices.first(), _key(batch.files, locks, rejections, shown)
    begun = best_of(batch, last) if last and is_core(read(key[0])) else None
    made = _made(key, begun, None, say=say)
    return made if plan == BEST else _by(plan, made, _plans(key, say))


def planned(
    batch: PlacingBatch,
    locks: Sequence[str],
    rejections: Sequence[str],
    shown: Sequence[str],
    say: ProgressCallback = silent,
) -> tuple[Plan, ...]:
    """Return the plans beside the advice on a batch with what people decided."""
    return _plans(_key(batch.files, locks, rejections, shown), say)


def _by(plan: str, made: Advice, plans: Sequence[Plan]) -> Advice:
    """Return an advice with the outcome of another plan."""
    return living(made, next((one.outcome for one in plans if one.name == plan), made.outcome))


def _key(files: Files, locks: Sequence[str], rejections: Sequence[str], shown: Sequence[str]) -> _Key:
    return tuple(sorted(files.items())), tuple(locks), tuple(rejections), tuple(shown)


def _asked(key: _Key) -> tuple[Case, Wishes]:
    texts, locks, rejections, shown = key
    case = read(texts)
    return case, Wishes(pairs_of(case, locks), pairs_of(case, rejections), pairs_of(case, shown))


def _made(
    key: _Key,
    begun: Advice | None,
    assignments: Sequence[str] | None,
    proof: Proof | None = None,
    say: ProgressCallback = silent,
) -> Advice:
    """Return an advice, from one that differs little or from what was found before, and keep it at hand."""
    case, wishes = _asked(key)
    begun = begun or next((one for one in list(_ADVISED.values()) if one.case is case), None)
    home = (
        None if assignments is None else homes_in(case, [assignment.partition(":")[::2] for assignment in assignments])
    )
    made = advise(case, wishes, begun=begun, home=home, proof=proof, say=say)
    _held(_ADVISED, key, made)
    return made


def _held(kept: dict[_Key, Any], key: _Key, made: Any) -> None:
    """Keep something at hand, and let go of the oldest."""
    kept[key] = made
    while len(kept) > HELD:
        kept.pop(next(iter(kept)), None)


def shown_by(advice: PlacingAdvice | None) -> list[str]:
    """Return the proposals of an advice as `H:J`: what people saw."""
    return [f"{household}:{home}" for household, home in advice.proposals] if advice else []


def shown_again(before: PlacingAdvice | None, locks: list[str], rejections: list[str]) -> list[str]:
    """Return what to keep where one goes back to an earlier advice: what it kept then, or else what people saw of it.

    With what it kept then the same advice comes back, byte for byte, when people ask now what they asked then and the
    batch counts with the same headroom.
    """
    if before is None or (before.locks, before.rejections) != (locks, rejections):
        return shown_by(before)
    return list(before.shown) if files_by(before.batch, before) == before.batch.files else shown_by(before)


def pairs_of(case: Case, said: Sequence[str]) -> frozenset[Pair]:
    """Return the pairs that `H:J` points to."""
    households = {code: place for place, code in enumerate(case.households.ids)}
    homes = {code: place for place, code in enumerate(case.homes.ids)}
    split = [one.partition(":") for one in said]
    return frozenset((households[household], homes[home]) for household, _, home in split)


def plans_of(batch: PlacingBatch, advice: PlacingAdvice) -> tuple[Plan, ...]:
    """Return the plans beside an advice of a batch, the best together first; none where that takes a page too long."""
    if kept := list(advice.plans.all()):
        best = best_of(batch, advice)
        return tuple(restored(best, one.name, homes_in(best.case, one.proposals), one.value, one.bound) for one in kept)
    if takes_long(batch, WorkKind.PLANS):
        return ()
    return plans_beside(batch, advice)


def plans_beside(batch: PlacingBatch, advice: PlacingAdvice, say: ProgressCallback = silent) -> tuple[Plan, ...]:
    """Return the plans beside an advice of a batch, worked out."""
    return _plans(_key(files_by(batch, advice), advice.locks, advice.rejections, advice.shown), say)


def explained(batch: PlacingBatch, advice: PlacingAdvice, made: Advice, household: int, home: int) -> WhyNot:
    """Return why a household is not advised a home; of another plan, from that plan with the pair fast."""
    if advice.plan == BEST:
        return why_not(made, household, home)
    told = why_not(replace(made, full=False), household, home)
    if told.reasons or made.outcome.home[household] == home:
        return told
    locked = f"{made.case.households.ids[household]}:{made.case.homes.ids[home]}"
    key = _key(files_by(batch, advice), sorted({*advice.locks, locked}), advice.rejections, advice.shown)
    other = _by(advice.plan, _made(key, None, None), _plans(key))
    if other.outcome.components["above_ceiling"] < made.outcome.components["above_ceiling"]:
        return replace(told, price=None, moves=(), tie=False)
    before, after = made.outcome.home, other.outcome.home
    moves = tuple(Move(one, int(before[one]), int(after[one])) for one in np.flatnonzero(before != after).tolist())
    price = max(0, made.outcome.objective - other.outcome.objective)
    return replace(told, price=price, moves=moves, tie=False)


def _plans(key: _Key, say: ProgressCallback = silent) -> tuple[Plan, ...]:
    if key not in _PLANNED:
        _held(_PLANNED, key, plans(_ADVISED.get(key) or _made(key, None, None), say))
    return _PLANNED[key]


def forget_advices() -> None:
    """Let go of every case and advice in memory."""
    _PLANNED.clear()
    read.cache_clear()
    _ADVISED.clear()


def seal_of(advice: Advice) -> str:
    """Return the hash over the files of an advice, without simple ways beside it: the same advice, the same bytes."""
    with TemporaryDirectory(prefix="buurtbalans-") as folder:
        report.write(advice, Path(folder), beside=False)
        digest = hashlib.sha256()
        for path in sorted(Path(folder).iterdir()):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
