"""`buurtbalans place`: as good as HiGHS finds, all hard rules kept, and the same bytes whatever the order of rows."""

from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from buurtbalans.cli.app import app
from buurtbalans.placing.settings import defaults
from tests.placing.cases import beside_highs, invented, summary, written

runner = CliRunner()
OURS = defaults()
SIZES = [(1, 1), (0, 3), (3, 0), (5, 2), (2, 6), (30, 30), (60, 25), (25, 60), (90, 80)]


def place(folder: Path, *more: str, out: str = "advies") -> tuple[Any, Path]:
    """Run the command on a case; return its result and the folder of its advice."""
    return runner.invoke(app, ["place", str(folder), "--out", str(folder.parent / out), *more]), folder.parent / out


def placed(out: Path) -> list[tuple[str, str]]:
    """Return the proposals as pairs."""
    frame = pl.read_csv(out / "proposals.csv", infer_schema=False)
    return list(zip(frame["household"], frame["home"], strict=True))


@pytest.mark.slow
@pytest.mark.parametrize(("households", "homes"), SIZES)
@pytest.mark.parametrize("seed", range(3))
def test_the_objective_is_the_best_there_is(tmp_path: Path, households: int, homes: int, seed: int) -> None:
    tables = invented(seed, households, homes, buurten=max(2, homes // 5))
    result, out = place(written(tmp_path / "case", tables), "--pairs")
    assert result.exit_code == 0, result.stderr
    told = summary(out)
    assert told["objective"] == told["bound"] == sum(told["components"].values())
    assert told["objective"] == beside_highs(tables, out, OURS["spread"], OURS["quota"])
    assert told["gap"] == 0
    for other in told["beside"].values():
        assert other["objective"] <= told["objective"]


def chain(area: str, parent: dict[str, str]) -> set[str]:
    """Return an area and all above it."""
    return {area} | (chain(parent[area], parent) if parent[area] else set())


def fits(household: dict[str, Any], home: dict[str, Any], around: set[str]) -> bool:
    """ProgressCallback once more, from the contract alone, whether a household can live in a home."""

    def asked(cell: Any, otherwise: float) -> float:
        return float(cell) if cell not in ("", None) else otherwise

    rooms = asked(household["rooms_min"], 0) <= home["rooms"] <= asked(household["rooms_max"], 99)
    rent = float(home["rent"]) <= asked(household["rent_max"], 9e9)
    steps = household["step_free"] != 1 or home["step_free"] == 1
    avoided = bool(around & set(filter(None, str(household["avoid"]).split(";"))))
    labels = set(filter(None, home["labels"].split(";")))
    classes = set(filter(None, home["income_classes"].split(";")))
    label = not labels or bool(labels & set(household["labels"].split(";")))
    return rooms and rent and steps and not avoided and label and (not classes or household["income_class"] in classes)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_all_pairs_that_fit_are_there_and_all_ceilings_hold(tmp_path: Path, seed: int) -> None:
    tables = invented(seed, 60, 45)
    result, out = place(written(tmp_path / "case", tables), "--pairs")
    assert result.exit_code == 0, result.stderr
    parent = {row["code"]: row["parent"] for row in tables["areas.csv"]}
    around = {home["id"]: chain(home["area"], parent) for home in tables["homes.csv"]}
    expected = {
        (household["id"], home["id"])
        for household in tables["households.csv"]
        for home in tables["homes.csv"]
        if fits(household, home, around[home["id"]])
    }
    frame = pl.read_csv(out / "pairs.csv", infer_schema=False)
    assert set(zip(frame["household"], frame["home"], strict=True)) == expected
    refused = pl.read_csv(out / "refused_pairs.csv")
    assert refused["pairs"].sum() == 60 * 45 - len(expected)
    given = placed(out)
    assert set(given) <= expected
    for side in zip(*given, strict=True):
        assert len(set(side)) == len(given)
    for row in pl.read_csv(out / "areas.csv").iter_rows(named=True):
        load = sum(row["code"] in around[home] for _, home in given)
        assert row["load"] == load
        assert row["headroom"] is None or row["load"] <= row["ceiling"] == max(1, int(1.5 * row["headroom"] + 1e-9))
        assert 0 <= row["price_low"] <= row["price_high"]
    told = {*pl.read_csv(out / "unplaced.csv")["household"], *(household for household, _ in given)}
    assert told == {row["id"] for row in tables["households.csv"]}


def every_byte(out: Path) -> dict[str, bytes]:
    """Return all files of an advice."""
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


@pytest.mark.slow
def test_shuffled_rows_give_the_same_bytes(tmp_path: Path) -> None:
    tables = invented(4, 50, 40)
    tables["areas.csv"] = [{**row, "headroom": row["headroom"] and 9} for row in tables["areas.csv"]]
    made = []
    for shuffle in range(4):
        result, out = place(written(tmp_path / f"case{shuffle}", tables, shuffle=shuffle), "--pairs", out=f"a{shuffle}")
        assert result.exit_code == 0, result.stderr
        made.append(every_byte(out))
    assert all(one == made[0] for one in made)


def test_another_seed_breaks_ties_otherwise_and_is_worth_the_same(tmp_path: Path) -> None:
    tables = invented(4, 12, 12)
    home = tables["homes.csv"][0] | {"labels": "", "income_classes": ""}
    tables["homes.csv"] = [{**home, "id": row["id"]} for row in tables["homes.csv"]]
    tables["households.csv"] = [dict.fromkeys(row, "") | {"id": row["id"]} for row in tables["households.csv"]]
    advices = [place(written(tmp_path / "case", tables), "--seed", str(seed), out=f"s{seed}")[1] for seed in (1, 2)]
    one, other = map(placed, advices)
    assert one
    assert one != other
    assert summary(advices[0])["objective"] == summary(advices[1])["objective"]


@pytest.mark.slow
def test_a_forbidden_property_changes_nothing(tmp_path: Path) -> None:
    tables = invented(5, 125, 80)  # 10,000 pairs
    advices = []
    for origin, sex in (("hier", "v"), ("elders", "m"), ("", "x")):
        for row in tables["households.csv"]:
            row |= {"origin": origin, "Geslacht": sex}
        result, out = place(written(tmp_path / "case", tables), "--pairs", out=f"o{origin}")
        assert result.exit_code == 0, result.stderr
        assert "hierop mag niemand geplaatst worden" in result.stderr
        advices.append(every_byte(out))
    assert advices[0] == advices[1] == advices[2]


def test_a_lock_is_kept_and_a_rejected_home_is_not_offered(tmp_path: Path) -> None:
    folder = written(tmp_path / "case", invented(6, 30, 25))
    _, first = place(folder)
    (household, home), (second, other) = placed(first)[:2]
    result, out = place(folder, "--lock", f"{second}:{other}", "--reject", f"{household}:{home}", out="ander")
    assert result.exit_code == 0, result.stderr
    assert (second, other) in placed(out)
    assert (household, home) not in placed(out)
    assert summary(out)["objective"] <= summary(first)["objective"]
    assert summary(out)["locks"] == [f"{second}:{other}"]


@pytest.mark.parametrize("wish", ["H00001", "H00001:J99999", "x:J00001"])
def test_a_wish_that_points_nowhere_is_refused(tmp_path: Path, wish: str) -> None:
    result, out = place(written(tmp_path / "case", invented(6, 5, 5)), "--lock", wish)
    assert result.exit_code == 2
    assert "wijst niets aan" in result.stderr
    assert not out.exists()


def test_wishes_that_clash_or_cannot_be_are_refused(tmp_path: Path) -> None:
    tables = invented(6, 3, 3)
    tables["households.csv"][0] |= {"rooms_min": 5, "rooms_max": ""}
    folder = written(tmp_path / "case", tables)
    assert "te weinig kamers" in place(folder, "--lock", "H00000:J00000")[0].stderr
    more = ["--lock", "H00001:J00000", "--lock", "H00001:J00001"]
    assert place(folder, *more)[0].exit_code == 2


@pytest.mark.slow
def test_what_was_shown_before_stays_unless_a_change_is_worth_more_than_it_costs(tmp_path: Path) -> None:
    tables = invented(8, 60, 45)
    _, first = place(written(tmp_path / "case", tables))
    gone, shown = placed(first)[0][0], str(first / "proposals.csv")
    tables["households.csv"] = [row for row in tables["households.csv"] if row["id"] != gone]
    folder = written(tmp_path / "case", tables)
    moves, values = [], []
    for kept in (0, 500, 20_000):
        (folder / "settings.toml").write_text(f"[worth]\nkept = {kept}\n")
        result, out = place(folder, "--proposals", shown, out=f"k{kept}")
        assert result.exit_code == 0, result.stderr
        assert "Voorstellen over een huishouden of woning die er niet meer is: 1." in result.stderr
        told, before = summary(out), set(placed(first))
        stayed = len(before & set(placed(out)))
        assert told["shown"] == len(before) - 1
        assert told["moves"] == told["shown"] - stayed
        assert told["components"]["kept"] == kept * stayed
        assert told["gap"] == 0
        moves.append(told["moves"])
        values.append(told["objective"] - told["components"]["kept"])
    _, free = place(folder, out="vrij")
    assert values[0] == summary(free)["objective"] >= values[1] >= values[2]
    assert moves[0] >= moves[1] >= moves[2]
    assert moves[0] > moves[2]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (None, "is er niet"),
        ("household\nH1\n", "geen voorstellen"),
        ("household,home\nH00001,J00001\nH00001,J00002\n", "twee keer"),
        ("household,home\nH00001,J00001\nH00002,J00001\n", "twee keer"),
    ],
)
def test_proposals_that_cannot_have_been_shown_are_refused(tmp_path: Path, text: str | None, what: str) -> None:
    shown = tmp_path / "proposals.csv"
    if text:
        shown.write_text(text)
    result, out = place(written(tmp_path / "case", invented(6, 5, 5)), "--proposals", str(shown))
    assert result.exit_code == 2
    assert what in result.stderr
    assert not out.exists()


@pytest.mark.slow
def test_asking_counts_the_expected_homes_that_the_best_placements_use(tmp_path: Path) -> None:
    tables = invented(9, 40, 30)
    folder = written(tmp_path / "case", dict(tables, **{"homes.csv": tables["homes.csv"][::3]}))
    later = [row for at, row in enumerate(tables["homes.csv"]) if at % 3]
    expected = {"expected_homes.csv": [{**row, "week": at % 8} for at, row in enumerate(later)]}
    written(tmp_path / "case", expected)
    result, out = place(folder, "--mode", "ask")
    assert result.exit_code == 0, result.stderr
    _, whole = place(written(tmp_path / "whole", tables), out="geheel")
    assert summary(out)["objective"] == summary(whole)["objective"]
    used = {home for _, home in placed(whole)}
    kinds = Counter((row["area"], row["corporation"], row["rooms"]) for row in later if row["id"] in used)
    asked = {row[:3]: row[3] for row in pl.read_csv(out / "asked.csv").iter_rows()}
    assert {kind: many for kind, many in asked.items() if many} == dict(kinds)
    assert set(asked) == {(row["area"], row["corporation"], row["rooms"]) for row in later}
    assert sorted(path.name for path in out.iterdir()) == ["areas.csv", "asked.csv", "summary.json"]


def test_asking_needs_the_expected_homes_once(tmp_path: Path) -> None:
    tables = invented(9, 4, 4)
    folder = written(tmp_path / "case", tables)
    assert "expected_homes.csv" in place(folder, "--mode", "ask")[0].stderr
    written(folder, {"expected_homes.csv": [{**tables["homes.csv"][0], "week": 1}]})
    result, out = place(folder, "--mode", "ask")
    assert result.exit_code == 2
    assert "staat ook in homes.csv" in result.stderr
    assert not out.exists()
