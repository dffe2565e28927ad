"""The files of an advice: proposals, who is not placed, areas with prices, the summary; all pairs when asked."""

import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from buurtbalans import __version__
from buurtbalans.figures import output
from buurtbalans.placing.advice import Advice, Outcome
from buurtbalans.placing.baselines import first_come, greedy
from buurtbalans.placing.case import NO_INDEX
from buurtbalans.placing.explain import group_prices
from buurtbalans.placing.explainer import Explainer
from buurtbalans.placing.load import chains
from buurtbalans.placing.pairs import SAID, places
from buurtbalans.placing.residual import FAR

FILES: Final = ("proposals.csv", "unplaced.csv", "areas.csv", "summary.json")
DIGITS: Final = 6  # of a part


def write(advice: Advice, out: Path, *, pairs: bool = False, beside: bool = True) -> None:
    """Write the files of an advice in a folder, which is made when it is not there; `beside` it simple ways."""
    saying = Explainer(advice)
    frames = {
        "proposals.csv": proposals(advice, saying),
        "unplaced.csv": unplaced(advice, saying),
        "areas.csv": areas(advice),
    }
    if pairs:
        frames |= {"pairs.csv": all_pairs(advice), "refused_pairs.csv": refused(advice)}
    told = json.dumps(summary(advice, saying, beside=beside), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    out.mkdir(exist_ok=True)
    for name, frame in frames.items():
        output.write_table(frame, out / name)
    (out / "summary.json").write_text(told, encoding="utf-8")


def write_asked(advice: Advice, out: Path) -> None:
    """Write which of the expected homes to ask for, with the areas and the summary of the advice behind it."""
    told = json.dumps(summary(advice, Explainer(advice)), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    out.mkdir(exist_ok=True)
    output.write_table(asked(advice), out / "asked.csv")
    output.write_table(areas(advice), out / "areas.csv")
    (out / "summary.json").write_text(told, encoding="utf-8")


def asked(advice: Advice) -> pl.DataFrame:
    """Return how many of the expected homes to ask for, by area, corporation and rooms."""
    homes, used, weeks = advice.case.homes, set(advice.outcome.home.tolist()), advice.case.weeks
    kinds = {
        one: (advice.case.areas.codes[homes.area[one]], homes.corporation[one], int(homes.rooms[one]))
        for one in (np.flatnonzero(weeks.homes).tolist() if weeks else [])
    }
    wanted = Counter(kind for one, kind in kinds.items() if one in used)
    rows = [(*kind, wanted[kind]) for kind in sorted(set(kinds.values()))]
    return _frame(rows, area=pl.String, corporation=pl.String, rooms=pl.Int64, ask=pl.Int64)


def proposals(advice: Advice, saying: Explainer) -> pl.DataFrame:
    """Return who is advised which home, beside each household's own best home."""
    case, rows = advice.case, []
    for household in np.flatnonzero(advice.outcome.home != NO_INDEX).tolist():
        home = int(advice.outcome.home[household])
        own = advice.pairs.of(household)
        fit = int(advice.pairs.fit[own][advice.pairs.home[own] == home][0])
        best, most = saying.best(household) or (home, fit)
        ids = case.households.ids[household], case.homes.ids[home]
        rows.append((*ids, fit, case.homes.ids[best], most, saying.why_home(household)))
    return _frame(
        rows,
        household=pl.String,
        home=pl.String,
        fit=pl.Int64,
        best_home=pl.String,
        best_fit=pl.Int64,
        reason=pl.String,
    )


def unplaced(advice: Advice, saying: Explainer) -> pl.DataFrame:
    """Return who is not placed, and why."""
    left = np.flatnonzero(advice.outcome.home == NO_INDEX).tolist()
    rows = [(advice.case.households.ids[one], str(saying.why_none(one))) for one in left]
    return _frame(rows, household=pl.String, reason=pl.String)


def areas(advice: Advice) -> pl.DataFrame:
    """Return how full the areas get, and what one place more gives and one place less costs, areas above included."""
    case, around, load = advice.case, advice.room, advice.outcome.load
    low, high = prices(advice)
    rows = []
    for area, code in enumerate(case.areas.codes):
        ceiling = int(around.ceiling[area]) // around.scale
        own = (float(case.areas.headroom[area]), ceiling) if around.bounded[area] else (None, None)
        parts = int(load[area]) if around.scale == 1 else int(load[area]) / around.scale
        rows.append((code, *own, parts, int(low[area]), int(high[area])))
    kind = pl.Int64 if around.scale == 1 else pl.Float64
    return _frame(
        rows, code=pl.String, headroom=pl.Float64, ceiling=pl.Int64, load=kind, price_low=pl.Int64, price_high=pl.Int64
    )


def prices(advice: Advice) -> tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.int64]]]:
    """Return of every area what one place more gives the city, and what one place less costs it."""
    nodes, prices_of_nodes = advice.solved.nodes, advice.solved.prices
    there, back = prices_of_nodes.there[nodes.areas :], prices_of_nodes.back[nodes.areas :]
    high = advice.points(np.where(back < FAR, back, 0))
    low = advice.points(np.where(there < FAR, -there, 0))
    if advice.of_load:
        own = [[advice.of_load.get(area, 0.0) for area in chain] for chain in chains(advice.case.areas)]
        low = high = np.array([round(sum(each)) for each in own], dtype=np.int64)
    return np.minimum(low, high), high


def all_pairs(advice: Advice) -> pl.DataFrame:
    """Return every pair that passes the hard filters, with its worth before spread cost and penalties."""
    households, homes = pl.Series(advice.case.households.ids), pl.Series(advice.case.homes.ids)
    return pl.DataFrame(
        {
            "household": households.gather(advice.pairs.household) if len(households) else [],
            "home": homes.gather(advice.pairs.home) if len(homes) else [],
            "value": advice.pairs.worth.astype(np.int64),
        },
        schema={"household": pl.String, "home": pl.String, "value": pl.Int64},
    )


def refused(advice: Advice) -> pl.DataFrame:
    """Return how many pairs fell away for each reason; a pair counts once, for the first."""
    rows = [(reason.value, many, str(SAID[reason])) for reason, many in advice.pairs.refused.items()]
    return _frame(rows, reason=pl.String, pairs=pl.Int64, words=pl.String)


def summary(advice: Advice, saying: Explainer, *, beside: bool = True) -> dict[str, Any]:
    """Return the advice in numbers and words; no times, so that the same input gives the same text."""
    others = {"first_come": first_come(advice), "greedy": greedy(advice)} if beside else {}
    return {
        **told(advice, advice.outcome),
        "bound": advice.bound,
        "gap": round(advice.gap, DIGITS),
        "beside": {name: told(advice, outcome) for name, outcome in others.items()},
        "group_prices": {code: [low, high] for code, low, high in group_prices(advice)},
        "households": len(advice.case.households.ids),
        "homes": len(advice.case.homes.ids),
        "slacks": [str(slack) for slack in saying.slacks()],
        "inputs": dict(sorted(advice.case.hashes.items())),
        "locks": _named(advice, "locks"),
        "rejections": _named(advice, "rejections"),
        "shown": len(advice.wishes.shown),
        "version": __version__,
        "seed": advice.seed,
    }


def told(advice: Advice, outcome: Outcome) -> dict[str, Any]:
    """Return one outcome in numbers: the parts that add up to its objective, and how it bears on people and areas."""
    return {
        "placed": outcome.placed,
        "objective": outcome.objective,
        "components": dict(outcome.components),
        "worst_overload": round(advice.room.worst(outcome.load), DIGITS),
        "quota_misses": quota_misses(advice, outcome),
        "worst_group_fit": worst_group_fit(advice, outcome),
        "moves": sum(int(outcome.home[household]) != home for household, home in advice.wishes.shown),
    }


def quota_misses(advice: Advice, outcome: Outcome) -> int:
    """Return how many households the groups are below their minimum or above their maximum, together."""
    groups = advice.case.groups
    missed = np.maximum(0, groups.minimum - outcome.group) + np.maximum(0, outcome.group - groups.maximum)
    return int(missed.sum())


def worst_group_fit(advice: Advice, outcome: Outcome) -> float | None:
    """Return the mean points of the group whose placed households have the fewest; None when nobody is placed."""
    return fits_least(advice, outcome)[1]


def fits_least(advice: Advice, outcome: Outcome) -> tuple[str, float | None]:
    """Return the group whose placed households have the fewest points, and their mean; nothing for who is in none."""
    pairs = advice.pairs
    placed = np.flatnonzero(outcome.home != NO_INDEX)
    if not len(placed):
        return "", None
    chosen = places(pairs.start, pairs.home, list(zip(placed.tolist(), outcome.home[placed].tolist(), strict=True)))
    group = advice.case.households.group[pairs.household[chosen]]
    mean, least = min((float(pairs.fit[chosen][group == code].mean()), int(code)) for code in np.unique(group))
    return "" if least == NO_INDEX else advice.case.groups.codes[least], round(mean, DIGITS)


def _named(advice: Advice, wish: str) -> list[str]:
    households, homes = advice.case.households.ids, advice.case.homes.ids
    return sorted(f"{households[household]}:{homes[home]}" for household, home in getattr(advice.wishes, wish))


def _frame(rows: list[tuple[Any, ...]], **schema: Any) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema, orient="row")
