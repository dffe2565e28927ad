"""An advice made soon, from another that differs little, is the advice that is made from nothing, byte for byte."""

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from hypothesis import given

from buurtbalans.placing import full_model, report
from buurtbalans.placing.advice import Advice
from buurtbalans.placing.case import NO_INDEX, Case, read_case
from buurtbalans.placing.network import proved, solve
from buurtbalans.placing.pairs import Wishes
from buurtbalans.placing.rebuild import rebuild
from buurtbalans.placing.residual import FlowProblem
from buurtbalans.placing.solve import advise
from tests.placing.cases import agreed, invented, written
from tests.placing.test_network import programs, worth

ALIKE: Final = 40  # gains are rounded to this, so that many ways gain as much


def told(advice: Advice, out: Path) -> dict[str, bytes]:
    """Return what is written of an advice."""
    report.write(advice, out, pairs=True)
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def case_of(folder: Path, seed: int) -> Case:
    chance = np.random.default_rng(seed)
    size = int(chance.integers(8, 60)), int(chance.integers(8, 60))
    return read_case(written(folder, invented(seed, *size, share=float(chance.uniform(0.3, 1.2)))))


def changed(chance: np.random.Generator, begun: Advice) -> tuple[Case, Wishes]:
    """Return a case and wishes in which people decided a few things more, or other headroom was agreed."""
    case, wishes, home = begun.case, begun.wishes, begun.outcome.home
    shown = frozenset((one, int(home[one])) for one in np.flatnonzero(home != NO_INDEX).tolist())
    locks, rejections = set(wishes.locks), set(wishes.rejections)
    for _ in range(int(chance.integers(1, 4))):
        one = int(chance.integers(len(home)))
        own = begun.pairs.home[begun.pairs.of(one)]
        other = int(chance.choice(own)) if len(own) else NO_INDEX
        kind = chance.integers(4)
        if kind == 0 and other != NO_INDEX and all(one != who and other != where for who, where in locks):
            locks.add((one, other))
        elif kind == 1 and home[one] != NO_INDEX:
            rejections.add((one, int(home[one])))
        elif kind == 2:
            room = case.areas.headroom.copy()
            room[int(chance.integers(len(room)))] += int(chance.integers(-4, 5))
            case = replace(case, areas=replace(case.areas, headroom=room))
        elif locks:
            locks.remove(sorted(locks)[0])
    return case, Wishes(frozenset(locks), frozenset(rejections) - frozenset(locks), shown)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_what_is_decided_after_one_another_gives_what_a_fresh_start_gives(tmp_path: Path, seed: int) -> None:
    chance = np.random.default_rng(seed)
    last = advise(case_of(tmp_path / "case", seed))
    for turn in range(4):
        case, wishes = changed(chance, last)
        soon, fresh = advise(case, wishes, begun=last), advise(case, wishes)
        again = advise(case, wishes, home=fresh.outcome.home)
        first = told(fresh, tmp_path / f"fresh{turn}")
        assert told(soon, tmp_path / f"soon{turn}") == first
        assert told(again, tmp_path / f"again{turn}") == first
        assert again.solved.rounds == 0  # proved, and not sought
        last = soon


@pytest.mark.slow
def test_most_of_what_people_decide_is_found_soon_and_alone(tmp_path: Path) -> None:
    found = []
    for seed in range(20, 40):
        begun = advise(case_of(tmp_path / f"case{seed}", seed))
        case, wishes = changed(np.random.default_rng(seed), begun)
        asked = advise(case, wishes).solved.residual.program
        soon = rebuild(asked, begun.solved)
        found.append(soon is not None and soon.is_only())
    assert sum(found) > len(found) // 2


@pytest.mark.slow
def test_an_advice_on_the_whole_model_is_made_again_from_its_proof_without_a_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = read_case(written(tmp_path / "case", agreed(invented(4, 30, 26), 4)))
    fresh = advise(case)
    monkeypatch.setattr(full_model, "milp", None)
    monkeypatch.setattr(full_model, "linprog", None)
    again = advise(case, home=fresh.outcome.home, proof=fresh.proof)
    assert fresh.full
    assert again.full
    assert told(again, tmp_path / "again") == told(fresh, tmp_path / "fresh")


def test_a_way_of_placing_that_is_not_the_best_is_refused(tmp_path: Path) -> None:
    best = advise(case_of(tmp_path / "case", 3))
    worse = best.solved.home.copy()
    worse[np.flatnonzero(worse != NO_INDEX)[0]] = NO_INDEX
    with pytest.raises(ArithmeticError):
        proved(best.solved.residual.program, worse)
    assert (advise(best.case, home=worse).outcome.home == best.outcome.home).all()


@pytest.mark.slow
@given(programs())
def test_a_flow_is_the_only_one_when_no_other_way_of_placing_gains_as_much(
    drawn: tuple[FlowProblem, list[int], list[int]],
) -> None:
    program, low, high = drawn
    program = replace(program, gain=program.gain // ALIKE * ALIKE)
    ways = product(range(NO_INDEX, len(program.area)), repeat=program.households)
    gains = [worth(program, low, high, way) for way in ways]
    assert solve(program).is_only() == (gains.count(max(gains)) == 1)
