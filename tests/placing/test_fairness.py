"""Is a placing fair? A planted bias is found, fair lists are left alone, and totals tell of no few and no names."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from buurtbalans.cli.app import app
from buurtbalans.figures.findings import Refused
from buurtbalans.placing import fairness, outside_totals
from buurtbalans.placing.case import read_case
from buurtbalans.placing.fairness import MINIMUM, AuditLine, Measure, judge, totals
from buurtbalans.placing.people import FORBIDDEN
from buurtbalans.placing.report import write
from buurtbalans.placing.solve import advise
from tests.placing.cases import Table, invented, written

HOUSEHOLDS, HOMES = 900, 500


def dealt(seed: int, tables: dict[str, Table], share: float = 0.4) -> dict[str, str]:
    """Return a class for every household, dealt out by chance."""
    chance = np.random.default_rng(seed)
    return {row["id"]: "ja" if chance.random() < share else "nee" for row in tables["households.csv"]}


def biased(tables: dict[str, Table], classes: dict[str, str], seed: int) -> None:
    """Let somebody give half of one class a lower urgency than they need."""
    chance = np.random.default_rng(seed)
    for row in tables["households.csv"]:
        true = int(chance.integers(1, 4))
        row["urgency"] = max(1, true - int(classes[row["id"]] == "ja" and chance.random() < 0.5))


def told(folder: Path, tables: dict[str, Table]) -> list[AuditLine]:
    return fairness.lines_of(advise(read_case(written(folder, tables))))


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[AuditLine]:
    """Return a fair advice as it goes outside."""
    return told(tmp_path_factory.mktemp("eerlijk") / "case", invented(11, HOUSEHOLDS, HOMES))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_planted_biased_urgency_is_found(tmp_path: Path, seed: int) -> None:
    tables = invented(11, HOUSEHOLDS, HOMES)
    classes = dealt(seed, tables)
    biased(tables, classes, seed)
    counted, _left = totals(told(tmp_path / "case", tables), {"x": classes})
    found = {(one.klass, one.measure): one for one in judge(counted)}
    urgency, placed = found["ja", Measure.URGENCY], found["ja", Measure.PLACED]
    assert urgency.clear
    assert urgency.high < 0
    assert placed.clear, "who gets less urgency than others with the same need gets a home less often"
    assert placed.difference < 0
    assert "heeft een lagere urgentie" in fairness.said(urgency)


@pytest.mark.slow
def test_two_hundred_fair_lists_give_no_false_alarm(lines: list[AuditLine]) -> None:
    tables, alarms, compared = invented(11, HOUSEHOLDS, HOMES), 0, 0
    for seed in range(200):
        share = (0.1, 0.25, 0.4, 0.5)[seed % 4]
        found = judge(totals(lines, {"x": dealt(1_000 + seed, tables, share)})[0])
        compared += len(found)
        alarms += any(one.clear for one in found)
    assert compared >= 200 * 6
    assert alarms == 0


def test_the_guard_lets_pass_what_it_should(lines: list[AuditLine]) -> None:
    """Without its bar for all comparisons together, chance alone would often look like a difference."""
    tables, often = invented(11, HOUSEHOLDS, HOMES), 0
    for seed in range(60):
        found = judge(totals(lines, {"x": dealt(seed, tables)})[0])
        often += any(not one.low <= 0 <= one.high for one in found)
    assert often >= 5


def test_a_class_that_asks_something_else_is_compared_with_who_asks_the_same() -> None:
    chance, made, classes = np.random.default_rng(5), list[AuditLine](), dict[str, str]()
    for at in range(800):
        large = bool(chance.random() < 0.5)
        placed = bool(chance.random() < (0.3 if large else 0.8))
        made.append(AuditLine(f"H{at}", placed, 600 if placed else None, 20, 2, "r4" if large else "r1"))
        classes[f"H{at}"] = "ja" if chance.random() < (0.8 if large else 0.2) else "nee"
    plain = [AuditLine(one.household, one.placed, one.fit, one.weeks, one.urgency, "alles") for one in made]
    alike, not_alike = (
        {one.measure: one for one in judge(totals(told, {"x": classes})[0]) if one.klass == "ja"}
        for told in (made, plain)
    )
    assert not_alike[Measure.PLACED].clear
    assert not alike[Measure.PLACED].clear


def test_the_worst_bias_is_not_hidden_by_protection() -> None:
    made = [AuditLine(f"H{at}", at % 2 == 0, 600 if at % 2 == 0 else None, 20, 3 - at % 2, "r1") for at in range(400)]
    classes = {"x": {line.household: "ja" if at % 2 else "nee" for at, line in enumerate(made)}}
    counted, left = totals(made, classes)
    assert (left, {one.placed for one in counted}) == (0, {None})
    shown = {(one.klass, one.measure) for one in judge(counted)}
    assert {measure for _klass, measure in shown} == {Measure.WEEKS, Measure.URGENCY}
    own = {(one.klass, one.measure): one for one in judge(fairness.in_full(made, classes))}
    assert own["ja", Measure.PLACED].clear, "the office outside sees it itself"


def test_totals_tell_of_no_few(lines: list[AuditLine]) -> None:
    names = [line.household for line in lines]
    chance = np.random.default_rng(3)
    for small in (3, 19, 21, 60):
        picked = set(chance.choice(names, small, replace=False).tolist())
        counted, left = totals(lines, {"x": {name: "a" if name in picked else "b" for name in names}})
        assert all(one.households >= MINIMUM for one in counted)
        homes = [(one.placed, one.households - one.placed) for one in counted if one.placed is not None]
        assert all(not 0 < number < 5 for numbers in homes for number in numbers)
        assert sum(one.households for one in counted) + left == len(lines)
        assert (small >= MINIMUM) or not counted, "one class alone says nothing, and all but one would say all"
    alone = {name: "a" for name in names}
    assert totals(lines, {"x": alone}) == ([], len(lines))
    only_placed = {line.household: "a" if line.placed else "b" for line in lines}
    told = totals(lines, {"x": only_placed})[0]
    assert {one.placed for one in told} == {None}, "totals would say who is in which class"
    assert {one.fit for one in told} == {None}


def test_means_are_rounded_less_than_the_guard_sees(lines: list[AuditLine]) -> None:
    classes = {line.household: str(at % 2) for at, line in enumerate(lines)}
    for one in totals(lines, {"x": classes})[0]:
        mine = [line for line in lines if classes[line.household] == one.klass]
        if one.like != fairness.REST:
            mine = [line for line in mine if line.like == one.like]
            exact = float(np.mean([line.weeks for line in mine]))
            assert abs(exact - one.weeks.mean) <= np.std([line.weeks for line in mine]) / len(mine) ** 0.5 / 8 + 1e-9


def test_what_goes_outside_knows_no_group_and_no_property(tmp_path: Path) -> None:
    tables = invented(4, 60, 40)
    for row in tables["households.csv"]:
        row["origin"] = "elders"
    advice = advise(read_case(written(tmp_path / "case", tables)))
    text = outside_totals.write_lines(fairness.lines_of(advice))
    assert text.splitlines()[0] == "household,placed,fit,weeks_waiting,urgency,like"
    assert not {"k0", "k1", "k2", "k3", "k4", "elders", "p1"} & set(text.replace("\n", ",").split(","))
    write(advice, tmp_path / "out")
    assert (
        outside_totals.write_lines(outside_totals.lines_of_advice(advice.case, tmp_path / "out" / "proposals.csv"))
        == text
    )


def test_the_commands_go_from_a_case_to_a_judgement(tmp_path: Path) -> None:
    tables = invented(11, 400, 220)
    classes = dealt(2, tables)
    biased(tables, classes, 2)
    case, run = written(tmp_path / "case", tables), CliRunner()
    (tmp_path / "p.csv").write_text("household,x\n" + "".join(f"{id},{one}\n" for id, one in classes.items()))

    def asked(*words: Any) -> Any:
        result = run.invoke(app, [str(word) for word in words])
        assert result.exit_code == 0, result.output
        return result

    asked("place", case, "--out", tmp_path / "advice")
    asked("place-audit", "lines", case, tmp_path / "advice", "--out", tmp_path / "l.csv")
    office = asked("place-audit", "totals", tmp_path / "l.csv", tmp_path / "p.csv", "--out", tmp_path / "t.csv")
    assert not {*classes} & set((tmp_path / "t.csv").read_text().replace("\n", ",").split(","))
    assert "Alleen voor u: x ja heeft een lagere urgentie" in office.stdout
    result = asked("place-audit", "judge", tmp_path / "t.csv")
    assert "x ja heeft een lagere urgentie dan de anderen die hetzelfde vragen" in result.stdout
    assert "hooguit één" in result.stderr


GOOD = {
    "property": "x",
    "class": "a",
    "like": "r1",
    "households": "40",
    "placed": "20",
    "fit": "500",
    "fit_sd": "100",
    "weeks": "30",
    "weeks_sd": "9",
    "urgency": "2",
    "urgency_sd": "0.5",
}


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"class": "Fatima Jansen"}, "class"),
        ({"property": "123456782"}, "property"),
        ({"like": "=1+1"}, "like"),
        ({"households": "19", "placed": "9"}, "households"),
        ({"placed": "3"}, "placed"),
        ({"placed": "38"}, "placed"),
        ({"placed": "41"}, "placed"),
        ({"weeks": "veel"}, "weeks"),
        ({"fit": ""}, "fit"),
    ],
)
def test_totals_of_few_or_with_names_are_refused(change: dict[str, str], column: str) -> None:
    with pytest.raises(Refused) as refused:
        outside_totals.read_totals([(2, GOOD), (3, GOOD | {"class": "b"} | change)], "t.csv")
    assert [(one.row, one.column) for one in refused.value.findings] == [(3, column)]


def test_totals_that_stand_twice_or_not_at_all_are_refused() -> None:
    with pytest.raises(Refused):
        outside_totals.read_totals([(2, GOOD), (3, GOOD)], "t.csv")
    with pytest.raises(Refused):
        outside_totals.read_totals([], "t.csv")
    assert len(outside_totals.read_totals([(2, GOOD)], "t.csv")) == 1


@pytest.mark.slow
def test_ten_thousand_changed_properties_change_no_byte(tmp_path: Path) -> None:
    tables = invented(8, 230, 150)
    names, made = sorted(FORBIDDEN), []
    for seed in (None, 1, 2):
        chance = np.random.default_rng(seed)
        for row in tables["households.csv"] if seed else ():
            row |= {name: f"w{chance.integers(1_000_000)}" for name in names}
        advice = advise(read_case(written(tmp_path / "case", tables)))
        out = tmp_path / f"out{seed}"
        write(advice, out, pairs=True)
        made.append({path.name: path.read_bytes() for path in out.iterdir() if path.name != "summary.json"})
        made[-1]["lines"] = outside_totals.write_lines(fairness.lines_of(advice)).encode()
    assert len(names) * 230 >= 10_000
    assert made[0] == made[1] == made[2]
