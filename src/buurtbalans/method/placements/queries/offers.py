"""Two or three homes for one household: beside the proposal those that nobody else gets and that their areas carry."""

from collections.abc import Iterator
from typing import Final

from buurtbalans.method.placements.queries.proposals import AdviceView, Box, box
from buurtbalans.placing.advice import Advice
from buurtbalans.placing.case import NO_INDEX
from buurtbalans.placing.load import chains, weights

MORE: Final = 2  # homes beside the proposal


def offers(advice: Advice, household: str) -> list[Box]:
    """Return the homes that a household may choose instead of its proposal: nobody moves, and no area gets too full."""
    one = advice.case.households.ids.index(household)
    own = advice.pairs.of(one)
    fits = dict(zip(advice.pairs.home[own].tolist(), advice.pairs.fit[own].tolist(), strict=True))
    homes = sorted(_free(advice, one, list(fits)), key=lambda home: (-fits[home], advice.case.homes.ids[home]))
    seen = AdviceView(advice) if homes else None
    return [box(seen, home, one) for home in homes[:MORE]] if seen else []


def _free(advice: Advice, household: int, homes: list[int]) -> Iterator[int]:
    """Yield the homes that are left and whose areas stay within what was agreed, or as full as they are now."""
    case, now = advice.case, int(advice.outcome.home[household])
    if now == NO_INDEX or any(household == locked for locked, _home in advice.wishes.locks):
        return
    taken, above, weight = set(advice.outcome.home.tolist()), chains(case.areas), int(weights(case)[household])
    here = set(above[case.homes.area[now]])
    for home in homes:
        others = [area for area in above[case.homes.area[home]] if area not in here]
        if home not in taken and _have_headroom(advice, others, weight):
            yield home


def _have_headroom(advice: Advice, areas: list[int], weight: int) -> bool:
    """Return whether every bounded one of these areas can carry this load more."""
    around = advice.room
    most = around.headroom * around.scale
    return all(advice.outcome.load[area] + weight <= most[area] for area in areas if around.bounded[area])
