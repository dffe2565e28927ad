"""Do the parts of an index hang together, and which choice matters most: checked by hand and on published figures."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from buurtbalans.cli.app import app
from buurtbalans.figures.balance.coherence import coherence, coherence_sentences, cronbach_alpha
from buurtbalans.figures.balance.definition import parse_definition
from buurtbalans.figures.balance.index import index_scores
from buurtbalans.figures.balance.influence import ChoiceKind, definition_without, influence_sentences, influences
from buurtbalans.figures.balance.table import Table

# Chatterjee and Price, "Regression analysis by example": seven questions to the clerks of thirty departments.
CLERKS = """43 51 30 39 61 92 45  63 64 51 54 63 73 47  71 70 68 69 76 86 48  61 63 45 47 54 84 35  81 78 56 66 71 83 47
43 55 49 44 54 49 34  58 67 42 56 66 68 35  71 75 50 55 70 66 41  72 82 72 67 71 83 31  67 61 45 47 62 80 41
64 53 53 58 58 67 34  67 60 47 39 59 74 41  69 62 57 42 55 63 25  68 83 83 45 59 77 35  77 77 54 72 79 77 46
81 90 50 72 60 54 36  74 85 64 69 79 79 63  65 60 65 75 55 80 60  65 70 46 57 75 85 46  50 58 68 54 64 78 52
50 40 33 34 43 64 33  64 61 52 62 66 80 41  53 66 52 50 63 80 37  40 37 42 58 50 57 49  63 54 42 48 66 75 33
66 77 66 63 88 76 72  78 75 58 74 80 78 49  48 57 44 45 51 83 38  85 85 71 71 77 74 55  82 82 39 59 64 78 39"""


def flat(*codes: str, weights: dict[str, float] | None = None, combine: str = "mean", step: str = "zscore"):
    """Return a definition of one group."""
    return parse_definition(
        {
            "id": "i",
            "indicator": [
                {"code": code, "group": "top", "weight": (weights or {}).get(code, 1), "scale": [{"step": step}]}
                for code in codes
            ],
            "group": [{"code": "top", "combine": combine}],
        }
    )


def hangs(definition, cube):
    """Return the coherence of every group by its code."""
    return {each.code: each for each in coherence(definition, index_scores(definition, cube))}


def test_alpha_is_the_published_one():
    clerks = np.array(CLERKS.split(), dtype=float).reshape(30, 7).T
    assert cronbach_alpha(clerks) == pytest.approx(0.84, abs=0.005)
    standard = (clerks - clerks.mean(axis=1, keepdims=True)) / clerks.std(axis=1, keepdims=True)
    assert cronbach_alpha(standard) == pytest.approx(0.84, abs=0.005)
    pairs = np.corrcoef(clerks)[np.triu_indices(7, 1)]
    assert pairs.mean() == pytest.approx(0.43, abs=0.005)
    assert cronbach_alpha(standard) == pytest.approx(7 * pairs.mean() / (1 + 6 * pairs.mean()))


def test_alpha_at_its_edges():
    one = np.array([1.0, 2.0, 4.0])
    assert cronbach_alpha(np.stack([one, one, one])) == pytest.approx(1)
    assert isnan(cronbach_alpha(np.stack([one])))
    assert isnan(cronbach_alpha(np.stack([one, -one])))
    assert cronbach_alpha(np.stack([one, 0.5 - 2 * one])) < 0


def test_correlations_and_influence_by_hand():
    a, b = np.array([[1.0, 2.0, 3.0, 4.0]]), np.array([[2.0, 1.0, 4.0, 3.0]])
    top = hangs(flat("a", "b", weights={"a": 3}), {"a": a, "b": b})["top"]
    assert top.correlations[0, 1] == pytest.approx(0.6)
    first, second = top.parts
    assert (first.weight, second.weight) == (0.75, 0.25)
    # with both scaled to deviation 1 the group is 0.75 a + 0.25 b, of variance 0.625 + 0.375 × 0.6
    spread = (0.5625 + 0.0625 + 2 * 0.75 * 0.25 * 0.6) ** 0.5
    assert first.group == pytest.approx((0.75 + 0.25 * 0.6) / spread)
    assert second.group == pytest.approx((0.25 + 0.75 * 0.6) / spread)
    assert first.others == pytest.approx(0.6)
    assert first.influence == pytest.approx(first.group**2 / (first.group**2 + second.group**2))


def test_what_stands_out_is_said_and_nothing_else():
    chance = np.random.default_rng(6)
    core = chance.normal(size=400)
    cube = {
        code: (core + noise * chance.normal(size=400))[None] for code, noise in (("a", 0.5), ("b", 0.5), ("c", 0.5))
    }
    quiet = flat("a", "b", "c")
    assert list(coherence_sentences(coherence(quiet, index_scores(quiet, cube)))) == [
        f"De delen van top hangen goed samen (alfa {hangs(quiet, cube)['top'].alpha:.2f}).".replace("0.", "0,")
    ]
    cube["turned"] = -core[None] + 0.5 * chance.normal(size=(1, 400))
    cube["twin"] = cube["a"] + 0.01 * chance.normal(size=(1, 400))
    cube["loose"] = chance.normal(size=(1, 400))
    loud = flat("a", "b", "c", "turned", "twin", "loose", weights={"loose": 2})
    words = " ".join(coherence_sentences(coherence(loud, index_scores(loud, cube))))
    for part in (
        "turned wijst in top de andere kant op",
        "a en twin zeggen bijna hetzelfde (1,00)",
        "loose bepaalt minder van top dan bedoeld: het gewicht is 29 %",
    ):
        assert part in words, words
    assert "loose wijst" not in words
    few = {code: values[:, :8] for code, values in cube.items()}
    assert "te weinig gebieden" in " ".join(coherence_sentences(coherence(loud, index_scores(loud, few))))


def test_a_part_that_belongs_elsewhere_is_named_with_its_group():
    chance = np.random.default_rng(9)
    one, two = chance.normal(size=(2, 300))
    cores = {"a": one, "b": one, "lost": one, "c": two, "d": two}
    spec = {
        "id": "i",
        "indicator": [
            {"code": code, "group": "g" if code in "ab" else "h", "scale": [{"step": "zscore"}]} for code in cores
        ],
        "group": [{"code": "g", "group": "top"}, {"code": "h", "group": "top"}, {"code": "top"}],
    }
    cube = {code: (core + 0.4 * chance.normal(size=300))[None] for code, core in cores.items()}
    found = hangs(parse_definition(spec), cube)
    assert {part.code: part.nearer for part in found["h"].parts} == {"lost": "g", "c": "", "d": ""}
    assert [part.nearer for part in found["g"].parts] == ["", ""]
    assert list(found) == ["top", "g", "h"]
    assert "lost gaat meer gelijk op met g dan met de rest van h." in list(coherence_sentences(tuple(found.values())))


@given(st.integers(0, 2**32), st.integers(2, 6), st.booleans())
def test_shares_are_whole_and_correlations_lie_between_minus_one_and_one(seed, parts, gaps):
    chance = np.random.default_rng(seed)
    cube = {code: chance.normal(size=(1, 20)) for code in "abcdef"[:parts]}
    if gaps:
        cube["a"][0, ::4] = np.nan
    top = hangs(flat(*cube), cube)["top"]
    assert sum(part.weight for part in top.parts) == pytest.approx(1)
    assert sum(part.influence for part in top.parts) == pytest.approx(1)
    assert (np.abs(top.correlations) <= 1 + 1e-12).all()
    assert np.array_equal(top.correlations, top.correlations.T)
    assert top.alpha <= 1
    assert top.areas == (15 if gaps else 20)


def table_of(cube) -> Table:
    """Return figures of one period as a table."""
    return Table(tuple(f"{number:03d}" for number in range(next(iter(cube.values())).shape[1])), (None,), cube)


def test_leaving_one_out_by_hand():
    cube = {
        "a": np.array([[0.0, 1.0, 2.0, 3.0]]),
        "b": np.array([[0.0, 1.0, 2.0, 3.0]]),
        "c": np.array([[3.0, 2.0, 1.0, 0.0]]),
    }
    found = influences(flat("a", "b", "c", weights={"c": 5}, step="minmax"), table_of(cube))
    by_code = {one.code: one for one in found}
    assert found[0].code == "c"
    assert (found[0].rank, found[0].rank_most, found[0].area) == (2.0, 3, "000")
    assert (found[0].choice, found[0].words, found[0].areas) == (ChoiceKind.INDICATOR, "zonder c", 4)
    assert found[0].score == pytest.approx(np.abs(2 * np.array([-1.5, -0.5, 0.5, 1.5]) / 1.25**0.5).mean())
    assert by_code["a"].rank == by_code["b"].rank == 0
    assert {"zscore", "percent_rank", "equal"} <= set(by_code)
    assert "minmax" not in by_code, "this is how it was scaled already"
    assert "filled" not in by_code, "there are no gaps"
    words = list(influence_sentences(found))
    assert words[0].startswith(
        "Bij top maakt dit het meeste uit: zonder c. Gebieden schuiven dan gemiddeld 2,0 plaatsen"
    )


def test_what_matters_little_is_said_too():
    values = np.arange(30.0)[None]
    cube = {
        code: values + 0.01 * np.random.default_rng(number).normal(size=(1, 30)) for number, code in enumerate("abc")
    }
    assert list(influence_sentences(influences(flat("a", "b", "c"), table_of(cube)))) == [
        "Bij top maakt geen enkele keuze veel uit: gebieden schuiven gemiddeld minder dan één plaats op."
    ]


def test_a_sum_keeps_its_total_and_a_part_that_is_alone_stands_for_its_group():
    definition = flat("a", "b", "c", weights={"a": 2, "b": 1, "c": 3}, combine="sum")
    assert {node.code: node.weight for node in definition_without(definition, "c").indicators} == {
        "a": 4,
        "b": 2,
        "c": 0,
    }
    spec = {
        "id": "i",
        "indicator": [
            {"code": code, "group": group, "scale": [{"step": "minmax"}]}
            for code, group in (("a", "g"), ("b", "h"), ("c", "h"))
        ],
        "group": [{"code": "g", "group": "top"}, {"code": "h", "group": "top"}, {"code": "top"}],
    }
    chance = np.random.default_rng(1)
    cube = {code: chance.normal(size=(1, 12)) for code in "abc"}
    codes = [one.code for one in influences(parse_definition(spec), table_of(cube))]
    assert "g" in codes
    assert "h" in codes
    assert "a" not in codes


def test_every_top_has_its_own_choices_and_steps_can_be_left_out():
    spec = {
        "id": "i",
        "base": 2020,
        "indicator": [
            {"code": "a", "group": "t", "scale": [{"step": "log"}, {"step": "minmax"}]},
            {"code": "b", "group": "t", "scale": [{"step": "clip", "low": 2}, {"step": "minmax"}]},
            {"code": "c", "group": "u", "scale": [{"step": "log"}, {"step": "minmax", "low": 0, "high": 4}]},
            {"code": "d", "group": "u"},
        ],
        "group": [{"code": "t"}, {"code": "u"}],
    }
    chance = np.random.default_rng(1)
    cube = {code: np.exp(chance.normal(size=(2, 40))) for code in "abcd"}
    cube["b"][1, 3] = np.nan
    areas = tuple(f"{number:02d}" for number in range(40))
    found = influences(parse_definition(spec), Table(areas, (2020, 2021), cube))
    codes = {top: {one.code for one in found if one.top == top} for top in "tu"}
    assert codes["t"] == {"a", "b", "log", "clip", "filled"}
    assert codes["u"] == {"c", "d", "log", "clip", "filled"}
    changes = {(one.top, one.code): one.rank for one in found}
    assert changes["t", "log"] > 0
    assert changes["u", "log"] == changes["u", "clip"] == 0, "bounds that were given are those of the logarithm"
    assert [one.rank for one in found if one.top == "t"] == sorted(changes["t", code] for code in codes["t"])[::-1]


def test_the_command_prints_both_for_people(tmp_path):
    (tmp_path / "spec.toml").write_text(
        'id = "proef"\n[[indicator]]\ncode = "rust"\ngroup = "top"\nscale = [{ step = "minmax" }]\n'
        '[[indicator]]\ncode = "schuld"\ngroup = "top"\nscale = [{ step = "minmax" }]\n[[group]]\ncode = "top"\n'
    )
    rows = "".join(f"{area:02d},{year},{area},{(area * 7) % 13}\n" for area in range(13) for year in (2020, 2021))
    (tmp_path / "in.csv").write_text(f"area,period,rust,schuld\n{rows}")
    call = ["index", str(tmp_path / "spec.toml"), "--figures", str(tmp_path / "in.csv")]
    done = CliRunner().invoke(app, [*call, "--coherence", "--influence"])
    assert done.exit_code == 0, done.output
    for part in (
        "2021, het laatste jaar",
        "top: alfa",
        "over 13 gebieden",
        "Passen de delen bij elkaar?",
        "zonder rust",
        "schalen met rangen",
        "Welke keuze maakt het meeste uit?",
    ):
        assert part in done.stdout, part
    done = CliRunner().invoke(app, [*call, "--coherence", "--out", str(tmp_path / "uit.csv")])
    assert done.exit_code == 0
    assert (tmp_path / "uit.csv").is_file()
    assert "zonder rust" not in done.stdout
    assert CliRunner().invoke(app, ["index", str(tmp_path / "spec.toml"), "--coherence"]).exit_code == 2
