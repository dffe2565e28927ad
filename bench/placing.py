"""The placing of 2,000 households in 1,800 homes, and of 10,000 in 9,000: beside scipy, HiGHS and simple ways."""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from bench.measure import TIMES, Unequal, once

if TYPE_CHECKING:
    from buurtbalans.placing.solve import Advice

LEAST, SMALL, LARGE = ("600", "540"), ("2000", "1800"), ("10000", "9000")
TEXT = """Invented cases of households and homes, with unit load, convex spread over nested areas and quotas of groups.
CPU seconds of the solving alone, all pairs given; the whole command also reads, filters, explains and writes. scipy's
matching knows neither areas nor groups. HiGHS solves the same linear program, and reaches the same objective; of the
large case it did not come to an end in five minutes, so it is measured on a smaller one.

| who solves | case | CPU | memory | ÷ product |
|---|---|---|---|---|
{sides}

| outcome | placed | objective | fit | spread | worst overload | quotas missed | worst group's fit |
|---|---|---|---|---|---|---|---|
{outcomes}
"""


def advised(households: int, homes: int) -> "Advice":
    """Return the advice on an invented case."""
    from buurtbalans.placing.case import read_case
    from buurtbalans.placing.solve import advise
    from tests.placing.cases import invented, written

    tables = invented(1, households, homes, buurten=homes * 4 // 15, crowd=1, share=1.0)
    with tempfile.TemporaryDirectory(prefix="buurtbalans-bench-") as folder:
        return advise(read_case(written(Path(folder) / "case", tables)))


def product(advice: "Advice") -> str:
    """Solve the network once more."""
    from buurtbalans.placing.network import solve

    began = time.process_time()
    solve(advice.solved.residual.program)
    return f"{time.process_time() - began} {advice.outcome.objective} {len(advice.pairs.home)}"


def matching(advice: "Advice") -> str:
    """Match with scipy, whatever areas and groups can bear; a place of its own for who stays without."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

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
    from scipy.optimize import linprog
    from scipy.sparse import coo_array

    from buurtbalans.placing.case import NONE

    program, unit = advice.solved.residual.program, advice.unit
    many, asked, homes = len(program.home), program.households, len(program.area)
    household, at = advice.pairs.household.astype(np.int64), np.arange(many)
    chain, levels = program.area, []
    while (chain != NONE).any():
        levels.append(chain[program.home])
        chain = np.where(chain == NONE, NONE, program.parent[chain])
    steps = [(True, area, step) for area in range(len(program.parent)) for step in program.area_steps]
    steps += [(False, group, step) for group in range(len(advice.case.groups.codes)) for step in program.group_steps]
    first_area, first_group = asked + homes, asked + homes + len(program.parent)
    inside = [(first_area + level[level != NONE], at[level != NONE]) for level in levels]
    own = program.group[household]
    inside += [(household, at), (asked + program.home, at), (first_group + own, at)]
    rows = np.concatenate([row for row, _ in inside])
    segments = np.array([first_area + place if area else first_group + place for area, place, _ in steps])
    columns = np.concatenate([*(column for _, column in inside), many + np.arange(len(steps))])
    value = np.concatenate([np.ones(len(rows)), -np.ones(len(steps))])
    count = first_group + len(advice.case.groups.codes)
    matrix = coo_array((value, (np.concatenate([rows, segments]), columns)), shape=(count, many + len(steps))).tocsr()
    costs = np.array([step[1][place] / unit for _, place, step in steps])
    limits = np.concatenate([np.ones(many), [step[0][place] for _, place, step in steps]])
    cost = np.concatenate([-advice.pairs.worth, costs])
    bounds = np.stack([np.zeros(len(limits)), limits], axis=1)
    began = time.process_time()
    found = linprog(
        cost, A_ub=matrix[:first_area], b_ub=np.ones(first_area), A_eq=matrix[first_area:],
        b_eq=np.zeros(count - first_area), bounds=bounds, method="highs",
    )  # fmt: skip
    missed = advice.case.settings.quota["below"] * int(advice.case.groups.minimum.sum())
    return f"{time.process_time() - began} {round(-found.fun) - missed} 0"


def outcomes(advice: "Advice") -> str:
    """Return the advice beside the two simple ways."""
    from buurtbalans.placing.beside import first_come, greedy
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
    lines = []
    peers = (SMALL, "matching", "scipy's matching"), (LEAST, "highs", "HiGHS, linear program")
    for size, peer, name in peers:
        costs = {side: [once("bench.placing", side, list(size)) for _ in range(TIMES)] for side in ("product", peer)}
        told = {side: [cost.answer.split() for cost in each] for side, each in costs.items()}
        if peer == "highs" and told["product"][0][1] != told[peer][0][1]:
            raise Unequal(f"bench.placing: {told['product'][0]}, {told[peer][0]}")
        cpu = {side: median(float(one[0]) for one in answers) for side, answers in told.items()}
        words = f"{' × '.join(size)}, {told['product'][0][2]} pairs"
        for side, said in (("product", "product"), (peer, name)):
            memory = max(cost.megabytes for cost in costs[side])
            ratio = cpu[side] / cpu["product"]
            lines.append(f"| {said} | {words} | {cpu[side]:.2f} s | {memory:.0f} MB | {ratio:.1f} |")
    rows = [once("bench.placing", "outcomes", list(size)).answer for size in (SMALL, LARGE)]
    return TEXT.format(sides="\n".join(lines), outcomes="\n".join(rows))


if __name__ == "__main__":
    asked, *size = sys.argv[1:]
    sides = {"product": product, "matching": matching, "highs": highs, "outcomes": outcomes}
    print(sides[asked](advised(*map(int, size))))
