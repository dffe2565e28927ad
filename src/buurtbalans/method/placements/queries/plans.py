"""Plans beside each other: how many get a home, how well it fits, how far areas come above what was agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.placements.models import BEST, PlacingAdvice, PlacingBatch
from buurtbalans.method.placements.queries.advice import living
from buurtbalans.method.placements.queries.engine_texts import in_words
from buurtbalans.method.placements.queries.proposals import fit_words, names_of
from buurtbalans.placing.advice import Advice
from buurtbalans.placing.explainer import Explainer
from buurtbalans.placing.frontier import Plan
from buurtbalans.placing.report import fits_least

Words = str | Promise
NAMED: Final = 6  # areas that are named
MISSES: Final = 3  # agreements that are named
PLANS: Final[Mapping[str, tuple[Words, Words]]] = {
    BEST: (
        gettext_lazy("Beste totaal"),
        gettext_lazy("Zo veel mogelijk huishoudens krijgen een passende woning, terwijl de buurten ruimte houden."),
    ),
    "lowest_overload": (
        gettext_lazy("Plaatsingsruimte eerst"),
        gettext_lazy(
            "Evenveel huishoudens krijgen een woning. Geen buurt komt verder boven de plaatsingsruimte dan nodig is."
        ),
    ),
    "within_headroom": (
        gettext_lazy("Nergens boven de plaatsingsruimte"),
        gettext_lazy(
            "Geen enkele buurt komt boven de plaatsingsruimte, ook als daardoor minder huishoudens een woning krijgen."
        ),
    ),
    "worst_group_fit": (
        gettext_lazy("Groep met minst passende woningen eerst"),
        gettext_lazy(
            "Dezelfde huishoudens krijgen een woning. De groep met de minste punten krijgt zo passend mogelijke woningen."
        ),
    ),
}


@dataclass(frozen=True)
class PlanLine:
    """One plan as it stands beside the others, in numbers of people and in words."""

    name: str
    title: Words
    words: Words
    placed: int
    fit: Words
    points: int
    above: Sequence[str]  # areas above what was agreed
    more: int  # areas above it that are not named
    worst: str
    group: Words
    least: str  # the group that fits least
    missed: int
    misses: Sequence[str]  # what of it the advice that holds misses less, in sentences
    misses_more: int  # such that are not named
    moves: int
    same: Words  # the title of a plan above it that gives the same advice


def compared(advice: Advice, plans: Sequence[Plan]) -> list[PlanLine]:
    """Return plans as lines beside each other, the one that is best together first."""
    missed = {of: much for of, much, _text in Explainer(advice).missed()}
    return [_line(advice, plan, plans[:at], missed) for at, plan in enumerate(plans)]


def chosen_plans(batch: PlacingBatch) -> list[tuple[PlacingAdvice, Words]]:
    """Return the first advice of every plan that somebody chose, in order, with its title: who, when and why."""
    large = ("locks", "rejections", "shown", "proposals", "proof", "room")  # what is not said here
    advices = list(batch.advices.select_related("by").defer(*large).order_by("number"))
    return [
        (after, PLANS[after.plan][0])
        for before, after in pairwise(advices)
        if (before.plan, before.reason) != (after.plan, after.reason)
    ]


def chosen_plan(batch: PlacingBatch) -> PlacingAdvice | None:
    """Return the advice with which somebody chose the plan that holds; None when nobody ever chose."""
    return next((advice for advice, _title in reversed(chosen_plans(batch))), None)


def _line(advice: Advice, plan: Plan, above: Sequence[Plan], before: Mapping[tuple[str, ...], float]) -> PlanLine:
    around, load, told = advice.room, plan.outcome.load, plan.components
    codes, names = advice.case.areas.codes, names_of(advice.case)
    over = np.flatnonzero(around.bounded & (load > around.headroom * around.scale))
    named = [names[codes[area]] for area in over]
    title, words = PLANS[plan.name]
    mean = told["components"]["fit"] / max(1, plan.outcome.placed)
    least, lowest = fits_least(advice, plan.outcome)
    missed = list(Explainer(living(advice, plan.outcome), names).missed())
    misses = [in_words(text) for of, much, text in missed if much > before.get(of, 0)]
    return PlanLine(
        plan.name,
        title,
        words,
        plan.outcome.placed,
        fit_words(round(mean)),
        round(mean),
        named[:NAMED],
        len(named[NAMED:]),
        _above(told["worst_overload"]),
        fit_words(round(lowest)) if lowest is not None else "–",
        least or (_("zonder groep") if advice.case.groups.codes and lowest is not None else ""),
        len(missed),
        misses[:MISSES],
        len(misses[MISSES:]),
        told["moves"],
        next((PLANS[one.name][0] for one in above if (one.outcome.home == plan.outcome.home).all()), ""),
    )


def _above(part: float) -> str:
    """Return how far the area with the most comes above what was agreed, in whole percents."""
    if part <= 0:
        return _("niet boven de plaatsingsruimte")
    return _("hooguit %(part)s procent erboven") % {"part": max(1, round(part * 100))}
