"""The files of an advice of one week: who gets which home now, who waits, which homes are kept, and what that costs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from buurtbalans.figures import output
from buurtbalans.placing.case import NO_INDEX
from buurtbalans.placing.explain import said, why_not
from buurtbalans.placing.explainer import Explainer, Why
from buurtbalans.placing.pairs import Pair
from buurtbalans.placing.report import DIGITS, all_pairs, areas, proposals, refused, summary, told, unplaced
from buurtbalans.placing.residual import FAR
from buurtbalans.placing.text import Text
from buurtbalans.placing.weekly import Week


class WeeklyExplainer(Explainer):
    """Says why in a week that looks ahead: who waits for a home that is expected, which home is kept for whom."""

    def __init__(self, week: Week) -> None:
        super().__init__(week.now)
        self.week, self.whole = week, week.ahead.case
        assert self.whole.weeks
        self.coming = self.whole.weeks
        lives = {int(home): household for household, home in enumerate(week.ahead.outcome.home.tolist())}
        own = {at: lives.get(int(home), NO_INDEX) for at, home in enumerate(week.homes)}
        self.kept = {at: who for at, who in own.items() if who != NO_INDEX and self.coming.households[who]}

    def why_empty(self, home: int) -> str:
        """Return why nobody is advised a home now."""
        if home in self.kept:
            return f"zij blijft voor een huishouden dat over {_weeks(self.coming.households[self.kept[home]])} komt"
        return super().why_empty(home)

    def why_none(self, household: int) -> Why:
        """Return why a household has no home this week."""
        later = int(self.week.ahead.outcome.home[self.week.households[household]])
        if later != NO_INDEX:
            where = self.case.areas.codes[self.whole.homes.area[later]]
            better = Text(
                "Een woning in gebied %(area)s, verwacht over %(number)s week, is voor dit huishouden beter.",
                "Een woning in gebied %(area)s, verwacht over %(number)s weken, is voor dit huishouden beter.",
                int(self.coming.homes[later]),
                {"area": where},
            )
            return Why("later", (better,))
        own = self.advice.pairs.home[self.advice.pairs.of(household)].tolist()
        free = [home for home in own if home not in self.lives]
        if free and all(home in self.kept for home in free):
            kept = Text("De vrije woningen die passen, zijn beter voor huishoudens die nog komen.")
            return Why("kept", (kept,))
        return super().why_none(household)


def write_week(week: Week, out: Path, *, pairs: bool = False) -> None:
    """Write the files of a week in a folder, which is made when it is not there."""
    saying = WeeklyExplainer(week)
    frames = {
        "proposals.csv": proposals(week.now, saying),
        "unplaced.csv": unplaced(week.now, saying),
        "areas.csv": areas(week.now),
        "kept.csv": kept(saying),
    }
    if pairs:
        frames |= {"pairs.csv": all_pairs(week.now), "refused_pairs.csv": refused(week.now)}
    text = json.dumps(_summary(week, saying), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    out.mkdir(exist_ok=True)
    for name, frame in frames.items():
        output.write_table(frame, out / name)
    (out / "summary.json").write_text(text, encoding="utf-8")


def kept(saying: WeeklyExplainer) -> pl.DataFrame:
    """Return the homes on offer that are kept, for how many weeks, and what the city would lose without them."""
    ahead, ids = saying.week.ahead, saying.case.homes.ids
    back = ahead.solved.prices.back[ahead.solved.nodes.homes :]
    price = ahead.points(np.where(back < FAR, back, 0))
    rows = [
        (ids[at], int(saying.coming.households[who]), int(price[saying.week.homes[at]]))
        for at, who in sorted(saying.kept.items())
    ]
    return pl.DataFrame(rows, schema={"home": pl.String, "weeks": pl.Int64, "price": pl.Int64}, orient="row")


def why(week: Week, pair: Pair) -> Iterator[str]:
    """Yield why a household is not advised a home now; the price counts what is expected along."""
    if week.ahead.full:
        yield "Zonder vooruit te kijken:"
        yield from said(week.alone, why_not(week.alone, *pair))
        return
    whole = int(week.households[pair[0]]), int(week.homes[pair[1]])
    yield from said(week.ahead, why_not(week.ahead, *whole))


def _summary(week: Week, saying: WeeklyExplainer) -> dict[str, Any]:
    """Return the week in numbers and words: what it does, beside the best of this week alone, and all that is ahead."""
    made, ahead = summary(week.now, saying), week.ahead
    made["beside"] = {"alone": told(week.alone, week.alone.outcome), **made["beside"]}
    made["ahead"] = {
        "households": int(np.count_nonzero(saying.coming.households)),
        "homes": int(np.count_nonzero(saying.coming.homes)),
        "placed": ahead.outcome.placed,
        "objective": ahead.outcome.objective,
        "components": dict(ahead.outcome.components),
        "bound": ahead.bound,
        "gap": round(ahead.gap, DIGITS),
        "kept": len(saying.kept),
    }
    return made


def _weeks(many: int) -> str:
    return f"{many} {'week' if many == 1 else 'weken'}"
