"""The placing of 2,000 households in 1,800 homes, and of 10,000 in 9,000: beside scipy, HiGHS and simple ways."""

import multiprocessing
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.measure import TIMES, Cost, Unequal, once

if TYPE_CHECKING:
    from bench.placing_model import Model
    from buurtbalans.placing.advice import Advice
    from buurtbalans.placing.case import Case

SMALL, LARGE = ("2000", "1800"), ("10000", "9000")
CLOSE, PATIENCE = 0.03, 300.0  # part of the objective, and seconds, at which HiGHS may stop searching
CHANGES = 5  # of each kind
TEXT = """Invented cases of households and homes, with unit load, convex spread over nested areas and quotas of groups.
CPU seconds of the solving alone, all pairs given; the whole command also reads, filters, explains and writes. scipy's
matching knows neither areas nor groups. HiGHS solves the same as a linear program over flows, in one run, and reaches
the same objective. With all agreements (groups that weigh more or less, shares of corporations, capacity of guidance)
the product makes the whole advice, with its bound; HiGHS searches for whole numbers in the same model until it has
proved {close}, or {most} minutes are over (then it has no gap).

| who solves | case | CPU | memory | ÷ product | gap |
|---|---|---|---|---|---|
{sides}

A lock, a rejection, or more room in an area, after the advice on the same case that is at hand: CPU seconds of the new
advice, the median of {changes} of each; the same advice as from nothing, byte for byte.

| what changes | from the last advice | from nothing |
|---|---|---|
{soon}

| outcome | placed | objective | fit | spread | worst overload | quotas missed | worst group's fit |
|---|---|---|---|---|---|---|---|
{outcomes}
"""


def posed(households: int, homes: int, *, across: bool = False) -> "Case":
    """Return an invented case; `across` adds what cuts across the network: loads, shares and scarce guidance."""
    from buurtbalans.placing.case import read_case
    from tests.placing.cases import agreed, invented, written

    tables = invented(1, households, homes, buurten=homes * 4 // 15, crowd=1, share=1.0)
    tables = agreed(tables, 1) if across else tables
    with tempfile.TemporaryDirectory(prefix="buurtbalans-bench-") as folder:
        return read_case(written(Path(folder) / "case", tables))


def advised(households: int, homes: int) -> "Advice":
    """Return the advice on an invented case without any of that."""
    from buurtbalans.placing.solve import advise

    return advise(posed(households, homes))


def product(advice: "Advice") -> str:
    """Solve the network once more."""
    from buurtbalans.placing.network import solve

    program = replace(advice.solved.residual.program)  # without what it worked out before
    began = time.process_time()
    solve(program)
    return f"{time.process_time() - began} {advice.outcome.objective} {len(advice.pairs.home)}"


def matching(advice: "Advice") -> str:
    """Match with scipy, whatever areas and groups can bear; a place of its own for who stays without."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # type: ignore[import-untyped]

    pairs, many = advice.pairs, len(advice.case.homes.ids)
    without = np.arange(many)
    rows = np.concatenate([pairs.home, without])
    columns = np.concatenate([pairs.household, len(advice.case.households.ids) + without])
    worth = np.concatenate([pairs.worth, np.ones(many)]).astype(float)
    began = time.process_time()
    min_weight_full_bipartite_matching(csr_matrix((worth, (rows, columns))), maximize=True)
    return f"{time.process_time() - began} 0 0"


def highs(advice: "Advice") -> str:
    """Solve the same model with HiGHS: pairs, segments of areas and of groups as columns."""
    from scipy.optimize import linprog  # type: ignore[import-untyped]
    from scipy.sparse import coo_array

    from buurtbalans.placing.case import NO_INDEX

    program, unit = advice.solved.residual.program, advice.unit
    many, asked, homes, areas = len(program.home), program.households, len(program.area), len(program.parent)
    groups = len(advice.case.groups.codes)
    households, pairs = np.arange(asked), np.arange(many)
    above = np.where(
        program.parent == NO_INDEX, -1, asked + homes + program.parent
    )  # flow from there leaves the network
    first_group = asked + homes + areas
    # Columns: pairs, households that are placed, homes that are used, then a segment of every area and every group.
    steps = [(asked + homes + np.arange(areas), above, most, cost) for most, cost in program.area_steps]
    steps += [(np.full(groups, -1), first_group + np.arange(groups), most, cost) for most, cost in program.group_steps]
    free = program.group == NO_INDEX
    tails = [advice.pairs.household, np.where(free, -1, first_group + program.group), asked + np.arange(homes)]
    heads = [asked + program.home, households, asked + homes + program.area]
    tail = np.concatenate([*tails, *(step[0] for step in steps)]).astype(np.int64)
    head = np.concatenate([*heads, *(step[1] for step in steps)]).astype(np.int64)
    columns = np.arange(len(tail))
    rows = np.concatenate([tail[tail >= 0], head[head >= 0]])
    at = np.concatenate([columns[tail >= 0], columns[head >= 0]])
    value = np.concatenate([-np.ones((tail >= 0).sum()), np.ones((head >= 0).sum())])
    flow = coo_array((value, (rows, at)), shape=(first_group + groups, len(tail))).tocsr()
    cost = np.concatenate([-advice.pairs.worth, np.zeros(asked + homes), *(step[3] / unit for step in steps)])
    most = np.concatenate([np.ones(len(pairs) + asked + homes), *(step[2] for step in steps)])
    bounds = np.stack([np.zeros(len(most)), most], axis=1)
    began = time.process_time()
    found = linprog(cost, A_eq=flow, b_eq=np.zeros(first_group + groups), bounds=bounds, method="highs")
    missed = advice.case.settings.quota["below"] * int(advice.case.groups.minimum.sum())
    return f"{time.process_time() - began} {round(-found.fun) - missed} 0"


def full(case: "Case") -> str:
    """Make the whole advice where agreements cut across the network, with its proof."""
    from buurtbalans.placing.solve import advise

    began = time.process_time()
    advice = advise(case)
    return f"{time.process_time() - began} {advice.outcome.objective} {advice.gap:.5%}"


def mip(case: "Case") -> str:
    """Let HiGHS search for whole numbers in the same model, over all pairs, until it is near enough or time is up.

    It looks at its own limit only between stages that may take long, so the search is a process that is ended.
    """
    from bench.placing_model import posed_whole

    model, many = posed_whole(case)
    fork = multiprocessing.get_context("fork")
    told = fork.SimpleQueue()
    search = fork.Process(target=_searched, args=(model, many, told))
    search.start()
    search.join(PATIENCE)
    if search.is_alive():
        search.kill()
    search.join()
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return f"{spent.ru_utime + spent.ru_stime} {told.get() if not told.empty() else 'none none'}"


def _searched(model: "Model", many: int, told: Any) -> None:
    from scipy.optimize import LinearConstraint, milp

    matrix, costs, limits = model.ready()
    found = milp(
        costs,
        constraints=LinearConstraint(matrix, *model.ends),
        bounds=(0, limits),
        integrality=np.arange(len(costs)) < many,
        options={"mip_rel_gap": CLOSE},
    )
    told.put(f"{round(-found.fun)} {found.mip_gap:.2%}" if found.x is not None else "none none")


def soon(advice: "Advice") -> str:
    """Return what a new advice takes from the last one, and from nothing, for each kind of change."""
    from buurtbalans.placing.case import NO_INDEX
    from buurtbalans.placing.pairs import Wishes
    from buurtbalans.placing.solve import advise

    case, home = advice.case, advice.outcome.home
    placed = np.flatnonzero(home != NO_INDEX)
    shown = frozenset(zip(placed.tolist(), home[placed].tolist(), strict=True))
    took: dict[str, list[tuple[float, float]]] = {"a lock": [], "a rejection": [], "three places more": []}
    for household in placed[:: len(placed) // CHANGES][:CHANGES].tolist():
        own, room = advice.pairs.home[advice.pairs.of(household)], case.areas.headroom.copy()
        room[case.homes.area[home[household]]] += 3
        asked = (
            (case, Wishes(locks=frozenset([(household, int(own[len(own) // 2]))]), shown=shown)),
            (case, Wishes(rejections=frozenset([(household, int(home[household]))]), shown=shown)),
            (replace(case, areas=replace(case.areas, headroom=room)), Wishes(shown=shown)),
        )
        for kind, given in zip(took, asked, strict=True):
            times, found = [time.process_time()], []
            for begun in (advice, None):
                found.append(advise(*given, begun=begun).outcome.home)
                times.append(time.process_time())
            if (found[0] != found[1]).any():
                raise Unequal(f"bench.placing: {kind} of {household}")
            took[kind].append((times[1] - times[0], times[2] - times[1]))
    middle = {kind: [median(each) for each in zip(*pairs, strict=True)] for kind, pairs in took.items()}
    return "\n".join(f"| {kind} | {quick:.2f} s | {fresh:.2f} s |" for kind, (quick, fresh) in middle.items())


def outcomes(advice: "Advice") -> str:
    """Return the advice beside the two simple ways."""
    from buurtbalans.placing.baselines import first_come, greedy
    from buurtbalans.placing.report import quota_misses, worst_group_fit

    size = f"{len(advice.case.households.ids):,} × {len(advice.case.homes.ids):,}"
    rows = []
    for name, one in (("product", advice.outcome), ("greedy", greedy(advice)), ("first come", first_come(advice))):
        parts, worst = one.components, advice.room.worst(one.load)
        rows.append(
            f"| {size}, {name} | {one.placed} | {one.objective} | {parts['fit']} | {parts['spread']} | {worst:.0%} | "
            f"{quota_misses(advice, one)} | {worst_group_fit(advice, one)} |"
        )
    return "\n".join(rows)


def measured() -> str:
    """Return the part of the page about placing."""
    words, lines = _size(SMALL), []
    ours = [once("bench.placing", "product", list(SMALL)) for _ in range(TIMES)]
    theirs = [once("bench.placing", "matching", list(SMALL)) for _ in range(TIMES)]
    linear = once("bench.placing", "highs", list(SMALL))
    _, objective, pairs = ours[0].answer.split()
    if linear.answer.split()[1] != objective:
        raise Unequal(f"bench.placing: {objective}, {linear.answer}")
    cpu = median(_seconds(cost) for cost in ours)
    for name, costs in (("product", ours), ("scipy's matching", theirs), ("HiGHS, linear program", [linear])):
        spent, memory = median(_seconds(cost) for cost in costs), max(cost.megabytes for cost in costs)
        lines.append(
            f"| {name} | {words}, {int(pairs):,} pairs | {spent:.2f} s | {memory:.0f} MB | {spent / cpu:.1f} | |"
        )
    large = once("bench.placing", "product", list(LARGE))
    lines.append(
        f"| product | {_size(LARGE)}, {int(large.answer.split()[2]):,} pairs | {_seconds(large):.2f} s | "
        f"{large.megabytes:.0f} MB | | |"
    )
    whole = [once("bench.placing", side, list(SMALL)) for side in ("full", "mip")]
    for name, cost in zip(("product, all agreements", "HiGHS, whole numbers"), whole, strict=True):
        gap, ratio = cost.answer.split()[2], _seconds(cost) / _seconds(whole[0])
        lines.append(f"| {name} | {words} | {_seconds(cost):.1f} s | {cost.megabytes:.0f} MB | {ratio:.1f} | {gap} |")
    rows = [once("bench.placing", "outcomes", list(size)).answer for size in (SMALL, LARGE)]
    return TEXT.format(
        sides="\n".join(lines),
        outcomes="\n".join(rows),
        close=f"{CLOSE:.0%}",
        most=int(PATIENCE // 60),
        soon=once("bench.placing", "soon", list(SMALL)).answer,
        changes=CHANGES,
    )


def _size(many: tuple[str, str]) -> str:
    return " × ".join(f"{int(one):,}" for one in many)


def _seconds(cost: Cost) -> float:
    return float(cost.answer.split()[0])


if __name__ == "__main__":
    asked, *size = sys.argv[1:]
    sides = {"product": product, "matching": matching, "highs": highs, "soon": soon, "outcomes": outcomes}
    if asked in sides:
        print(sides[asked](advised(*map(int, size))))
    else:
        print({"full": full, "mip": mip}[asked](posed(*map(int, size), across=True)))
