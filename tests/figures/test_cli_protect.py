"""`buurtbalans protect`: the same rows out with count, absence and as_of; exit 2 and nothing written when refused."""

import random
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from buurtbalans.cli.app import app

runner = CliRunner()
COUNTS = """area,parent,count
GM9901,,143
BU99010001,GM9901,3
BU99010002,GM9901,40
BU99010003,GM9901,100
"""
CROSSED = """area,parent,soort,count
GM9901,,,60
GM9901,,huur,33
GM9901,,koop,27
BU99010001,GM9901,,31
BU99010001,GM9901,huur,4
BU99010001,GM9901,koop,27
BU99010002,GM9901,,29
BU99010002,GM9901,huur,29
"""


def protect(folder: Path, text: str, *more: str, name: str = "uit.csv"):
    """Run the command on a text; return its result and the place of its output."""
    path = folder / "aantallen.csv"
    path.write_text(text, encoding="utf-8")
    return runner.invoke(app, ["protect", str(path), "--out", str(folder / name), *more]), folder / name


def test_the_rows_come_back_with_reasons(tmp_path: Path) -> None:
    result, out = protect(tmp_path, COUNTS, "--minimum", "10")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert out.read_text().splitlines() == [
        "area,parent,count,absence,as_of",
        "GM9901,,143,,",
        "BU99010001,GM9901,,too_few,",
        "BU99010002,GM9901,,protects_another,",
        "BU99010003,GM9901,100,,",
    ]
    assert "4 aantallen in uit.csv: 1 klein, 2 niet getoond." in result.stderr


def test_a_correction_names_the_release_it_keeps(tmp_path: Path) -> None:
    protect(tmp_path, COUNTS, name="eerste.csv")
    (tmp_path / "aantallen.csv").rename(tmp_path / "toen.csv")
    pair = f"{tmp_path / 'toen.csv'}={tmp_path / 'eerste.csv'}"
    text = COUNTS.replace("143", "147").replace(",100", ",104")
    result, out = protect(tmp_path, text, "--earlier", pair)
    assert result.exit_code == 0, result.stderr
    rows = out.read_text().splitlines()
    assert (rows[1], rows[4]) == ("GM9901,,143,,eerste.csv", "BU99010003,GM9901,100,,eerste.csv")
    assert "2 uit een eerdere tabel" in result.stderr


def test_an_unsafe_earlier_release_is_refused(tmp_path: Path) -> None:
    protect(tmp_path, COUNTS, name="eerste.csv")
    (tmp_path / "aantallen.csv").rename(tmp_path / "toen.csv")
    first = tmp_path / "eerste.csv"
    first.write_text(first.read_text().replace("BU99010002,GM9901,,protects_another,", "BU99010002,GM9901,40,,"))
    result, out = protect(tmp_path, COUNTS, "--earlier", f"{tmp_path / 'toen.csv'}={first}")
    assert result.exit_code == 2
    assert "BU99010001" in result.stderr
    assert not out.exists()


def test_an_earlier_release_of_other_counts_is_refused(tmp_path: Path) -> None:
    protect(tmp_path, COUNTS, name="eerste.csv")
    (tmp_path / "toen.csv").write_text(COUNTS.replace("143", "150").replace(",100", ",107"))
    result, _ = protect(tmp_path, COUNTS, "--earlier", f"{tmp_path / 'toen.csv'}={tmp_path / 'eerste.csv'}")
    assert result.exit_code == 2
    assert "Het aantal is 107, maar hier staat 100." in result.stderr
    result, _ = protect(tmp_path, COUNTS, "--earlier", "nergens")
    assert result.exit_code == 2


def test_categories_are_crossed_with_areas(tmp_path: Path) -> None:
    result, out = protect(tmp_path, CROSSED, "--by", "soort")
    assert result.exit_code == 0, result.stderr
    rows = out.read_text().splitlines()
    assert rows[0] == "area,parent,soort,count,absence,as_of"
    assert rows[1] == "GM9901,,,60,,"
    assert rows[5].startswith("BU99010001,GM9901,huur,,")
    assert [row.rsplit(",", 3)[0] for row in rows[1:]] == [row.rsplit(",", 1)[0] for row in CROSSED.split()[1:]]


@pytest.mark.parametrize("text", [COUNTS, COUNTS.replace(",", ";"), "\ufeff" + COUNTS.replace("\n", "\r\n")])
def test_the_order_of_rows_and_the_delimiter_change_nothing(text: str, tmp_path: Path) -> None:
    head, *rows = text.splitlines()
    random.Random(3).shuffle(rows)
    _, out = protect(tmp_path, "\n".join([head, *rows]))
    cells = dict(pl.read_csv(out).select("area", "absence").iter_rows())
    assert cells == {
        "GM9901": None,
        "BU99010001": "too_few",
        "BU99010002": "protects_another",
        "BU99010003": None,
    }


REFUSALS = {
    "no column": (COUNTS.replace("parent", "ouder"), "De kolom “parent” ontbreekt."),
    "no rows": ("area,parent,count\n", "heeft geen rijen"),
    "twice": (COUNTS + "BU99010003,GM9901,100\n", "BU99010003 staat ook al in regel 5."),
    "no area": (COUNTS + ",GM9901,0\n", "heeft geen gebied"),
    "negative": (COUNTS.replace(",3\n", ",-3\n"), "kleiner dan nul"),
    "half": (COUNTS.replace(",3\n", ",3.5\n"), "“3.5” is geen heel aantal"),
    "empty": (COUNTS.replace(",3\n", ",\n"), "Het aantal is leeg."),
    "not additive": (COUNTS.replace("143", "144"), "GM9901 is 144, maar de delen tellen op tot 143."),
    "no parent": (COUNTS.replace("BU99010003,GM9901", "BU99010003,GM0001"), "heeft zelf geen rij"),
    "two tops": (COUNTS.replace("BU99010003,GM9901", "BU99010003,"), "heeft geen hoger gebied, net als"),
    "circle": (COUNTS + "A,B,0\nB,A,0\n", "A hoort bij zichzelf, via A → B → A."),
    "two parents": (CROSSED.replace("BU99010002,GM9901,huur", "BU99010002,BU99010001,huur"), "en in regel 8 bij"),
    "cut": (COUNTS.removesuffix("9901,100\n"), "Het bestand is beschadigd."),
    "unreadable": ("area,parent,count\nA\0,,1\n", "tekens die niet te lezen zijn"),
    "open quote": (COUNTS + '"A,GM9901,0\n', "niet te lezen als CSV"),
    "no total": (CROSSED.replace("BU99010002,GM9901,,29\n", ""), "Het totaal van BU99010002 ontbreekt."),
}


@pytest.mark.parametrize("kind", sorted(REFUSALS))
def test_what_is_wrong_is_refused_with_the_place_and_what_to_do(kind: str, tmp_path: Path) -> None:
    text, words = REFUSALS[kind]
    more = ["--by", "soort"] if "soort" in text else []
    result, out = protect(tmp_path, text, *more)
    assert result.exit_code == 2, result.stderr
    assert words in result.stderr
    assert not out.exists()


def test_a_parent_that_lacks_is_told_once(tmp_path: Path) -> None:
    text = "area,parent,count\n" + "".join(f"BU9901{at:04},WK990100,1\n" for at in range(60))
    result, _ = protect(tmp_path, text)
    assert result.exit_code == 2
    assert result.stderr.count("heeft zelf geen rij") == 1
    assert "“WK990100” is het hogere gebied van BU99010000 en 59 andere" in result.stderr


@pytest.mark.parametrize("name", ["aantallen.parquet", "aantallen.csv"])
def test_what_is_no_text_is_told_in_words(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    pl.DataFrame({"area": ["GM9901"], "parent": [None], "count": [143]}).write_parquet(path)
    result = runner.invoke(app, ["protect", str(path), "--out", str(tmp_path / "uit.csv")])
    assert result.exit_code == 2
    assert "CSV" in result.stderr
    assert "codec" not in result.stderr


def test_a_count_without_parents_is_sent_to_the_way_in(tmp_path: Path) -> None:
    result, _ = protect(tmp_path, "area,count,absence\nBU99010001,11,\n")
    assert result.exit_code == 2
    assert "De kolom “parent” ontbreekt." in result.stderr
    assert "count --for-protect" in result.stderr


@pytest.mark.parametrize(
    ("more", "words"),
    [(["--minimum", "5"], "te klein"), (["--by", "soort"], "De kolom “soort” ontbreekt.")],
)
def test_a_call_that_cannot_be_is_refused(more: list[str], words: str, tmp_path: Path) -> None:
    result, out = protect(tmp_path, COUNTS, *more)
    assert (result.exit_code, out.exists()) == (2, False)
    assert words in result.stderr


def test_the_counts_are_never_written_over(tmp_path: Path) -> None:
    result, path = protect(tmp_path, COUNTS, name="aantallen.csv")
    assert result.exit_code == 2
    assert path.read_text() == COUNTS
