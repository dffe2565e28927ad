"""Why not this home: what rules it out, or what it would cost the city and who would move; and what would help whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from buurtbalans.figures.findings import refuse
from buurtbalans.placing.advice import Advice
from buurtbalans.placing.case import NO_INDEX, UNBOUNDED, Case
from buurtbalans.placing.fit import Part
from buurtbalans.placing.pairs import SAID, Filters, Pair, Reason, places
from buurtbalans.placing.residual import FAR
from buurtbalans.placing.solve import advise
from buurtbalans.placing.text import Fact, Text

HELPED: Final[Mapping[Reason, Text]] = {  # what would help when only this stands in the way of some homes
    Reason.ROOMS_FEW: Text("met minder kamers genoeg hebben"),
    Reason.ROOMS_MANY: Text("ook een grotere woning mogen"),
    Reason.RENT: Text("meer huur kunnen betalen"),
    Reason.STEP_FREE: Text("een trap kunnen lopen"),
    Reason.AVOID: Text("ook in gebieden willen wonen die nu afvallen"),
    Reason.LABEL: Text("het label van de woning hebben"),
    Reason.INCOME: Text("in een andere inkomensklasse vallen"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """A household that would get another home, or none, or one where it had none."""

    household: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a household is not advised a home.

    `reasons` rule the pair out. Otherwise giving this home costs the city `price` points, exactly, and at least
    `at_least`, which the prices tell at once; `moves` says who would live elsewhere. Without a price it cannot be done
    below the ceilings. In a `tie` both are equally good together, and the draw decided.
    """

    household: int
    home: int
    reasons: tuple[Reason, ...]
    parts: tuple[Part, ...]
    at_least: int | None = None
    price: int | None = None
    moves: tuple[Move, ...] = ()
    tie: bool = False


def why_not(advice: Advice, household: int, home: int) -> WhyNot:
    """Return why a household is not advised a home, in numbers."""
    parts = tuple(advice.fitting.explained(household, home))
    if advice.outcome.home[household] == home:
        return WhyNot(household, home, (), parts, 0, 0)
    if reasons := ruled_out(advice, household, home):
        return WhyNot(household, home, reasons, parts)
    if advice.full:
        return _solved_anew(advice, household, home, parts)
    nodes, residual, prices = advice.solved.nodes, advice.solved.residual, advice.solved.prices
    program = residual.program
    gain = int(program.gain[places(program.start, program.home, [(household, home)])[0]])
    here, there = 1 + household, nodes.homes + home
    bounds = [
        int(one[here] - one[there]) - gain
        for one in (prices.there, -prices.back)
        if abs(one[[here, there]]).max() < FAR
    ]
    far = residual.distances(there)
    at_least = max(0, *(int(advice.points(np.array(bound))) for bound in bounds)) if bounds else 0
    if far[here] >= FAR:
        return WhyNot(household, home, (), parts, at_least)
    price = int(advice.points(far[here] - gain))
    moves = tuple(_moves(advice, [*residual.way(there, here, far), there]))
    return WhyNot(household, home, (), parts, at_least, price, moves, tie=not price)


def ruled_out(advice: Advice, household: int, home: int) -> tuple[Reason, ...]:
    """Return what rules a home out for a household, without looking at what it would cost."""
    return tuple(_reasons(advice, household, home))


def apart_from_shown(advice: Advice, why: WhyNot) -> WhyNot:
    """Return a price without what it costs to change proposals that people have seen: what it means for homes alone."""
    if why.price is None or not (shown := advice.wishes.shown):
        return why
    lost = sum(((move.household, move.before) in shown) - ((move.household, move.after) in shown) for move in why.moves)
    return replace(why, price=max(0, why.price - lost * advice.case.settings.worth["kept"]))


def _solved_anew(advice: Advice, household: int, home: int, parts: tuple[Part, ...]) -> WhyNot:
    """Return the price and the moves of a re-solve with the pair locked; its gap says how exact the price is."""
    locked = replace(advice.wishes, locks=advice.wishes.locks | {(household, home)})
    other = advise(advice.case, locked, seed=advice.seed)
    if other.outcome.components["above_ceiling"] < advice.outcome.components["above_ceiling"]:
        return WhyNot(household, home, (), parts)
    price = advice.outcome.objective - other.outcome.objective
    changed = np.flatnonzero(advice.outcome.home != other.outcome.home).tolist()
    moves = tuple(Move(one, int(advice.outcome.home[one]), int(other.outcome.home[one])) for one in changed)
    return WhyNot(household, home, (), parts, max(0, advice.outcome.objective - other.bound), max(0, price), moves)


def said(advice: Advice, why: WhyNot) -> Iterator[str]:
    """Yield an explanation in Dutch sentences."""
    households, homes = advice.case.households.ids, advice.case.homes.ids
    name = f"{homes[why.home]} voor {households[why.household]}"
    if why.reasons:
        yield f"{name} kan niet: {'; '.join(str(SAID[reason]) for reason in why.reasons)}."
        return
    yield f"{name}: {sum(part.points for part in why.parts)} van 1000 punten."
    for part in why.parts:
        yield f"  {part.points} van {part.most}: {part.why}."
    yield _price_sentence(advice, why)
    for move in why.moves:
        before, after = (homes[home] if home != NO_INDEX else "geen woning" for home in (move.before, move.after))
        yield f"  {households[move.household]} gaat van {before} naar {after}."


def _price_sentence(advice: Advice, why: WhyNot) -> str:
    """What the city loses if a home goes to a household, in one Dutch sentence."""
    if why.price is None:
        return "Dit kan niet onder de plafonds, met wat al vastligt."
    if advice.outcome.home[why.household] == why.home:
        return "Dit is het advies."
    if why.tie:
        return "Dit is samen precies even goed. De loting besliste."
    return f"Dit zou de stad {why.price} punten kosten (zeker {why.at_least})."


def what_helps(advice: Advice, household: int, filters: Filters | None = None) -> Iterator[Text]:
    """Yield what would open homes to a household, when one demand alone keeps them closed; the widest first."""
    filters = filters or advice.filters
    fails = {reason: flags[0] for reason, flags in filters.failing(slice(household, household + 1)).items()}
    many = np.sum([flags.astype(np.int64) for flags in fails.values()], axis=0)
    opened = {reason: flags & (many == 1) for reason, flags in fails.items()}
    for reason, homes in sorted(opened.items(), key=lambda one: -int(one[1].sum())):
        if count := int(homes.sum()):
            facts: dict[str, Fact] = {"what": HELPED[reason]}
            if reason is Reason.RENT and advice.case.households.rent_max[household] < UNBOUNDED:
                least = int((advice.case.homes.rent[homes] - advice.case.households.rent_max[household]).min())
                yield Text(
                    "%(what)s (%(number)s woning, vanaf %(euro)s euro erbij)",
                    "%(what)s (%(number)s woningen, vanaf %(euro)s euro erbij)",
                    count,
                    facts | {"euro": -(-least // 100)},
                )
                continue
            yield Text("%(what)s (%(number)s woning)", "%(what)s (%(number)s woningen)", count, facts)


def group_prices(advice: Advice) -> list[tuple[str, int | None, int | None]]:
    """Return of every group what one household more in it is worth to the city, as a range: the price of its quota.

    An end that there is not, for nobody more of the group can be placed, is None.
    """
    nodes, prices = advice.solved.nodes, advice.solved.prices
    at = slice(nodes.groups, nodes.groups + len(advice.case.groups.codes))
    low, high = (
        [None if abs(end) >= FAR else int(advice.points(end)) for end in ends]
        for ends in (-prices.there[at], prices.back[at])
    )
    return list(zip(advice.case.groups.codes, low, high, strict=True))


def read_pair(case: Case, asked: str) -> Pair:
    """Return the pair that `H:J` points to."""
    household, _, home = asked.partition(":")
    if household not in case.households.ids or home not in case.homes.ids:
        raise refuse(
            f"--why {asked[:60]} wijst niets aan.", "Schrijf de twee werknummers met een dubbele punt ertussen."
        )
    return case.households.ids.index(household), case.homes.ids.index(home)


def _reasons(advice: Advice, household: int, home: int) -> Iterator[Reason]:
    for reason, fails in advice.filters.failing(slice(household, household + 1)).items():
        if fails[0, home]:
            yield reason
    if (household, home) in advice.wishes.rejections:
        yield Reason.REJECTED
    if any(household == one or home == other for one, other in advice.wishes.locks):
        yield Reason.LOCKED


def _moves(advice: Advice, way: list[int]) -> Iterator[Move]:
    """Yield who would live elsewhere along a way through the network: from a home, and back to that home."""
    nodes, after = advice.solved.nodes, {}
    many = len(advice.case.households.ids)
    for tail, head in pairwise(way):
        if 1 <= tail <= many and nodes.homes <= head < nodes.groups:
            after[tail - 1] = head - nodes.homes
        elif nodes.homes <= tail < nodes.groups and 1 <= head <= many:
            after.setdefault(head - 1, NO_INDEX)
    for household in sorted(after):
        yield Move(household, int(advice.outcome.home[household]), after[household])
