"""The command line as a whole: one form, one language at a time, one meaning per option, a sentence for each wrong call."""

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from buurtbalans.cli import app as whole
from buurtbalans.cli.app import app
from buurtbalans.cli.form import explanation, metavar
from buurtbalans.cli.language import VARIABLES, terminal_language

DUTCH = re.compile(r"\b(de|het|een|van|voor|niet|zoals|geef|toon|naam|wat)\b", re.IGNORECASE)
ENGLISH_WORD = re.compile(r"[a-z]+(-[a-z]+)*")


def commands(command: Any = None, path: str = "buurtbalans") -> Iterator[tuple[str, Any]]:
    """Yield every command that a person can type, with its name in full."""
    command = command or get_command(app)
    yield path, command
    for name, each in getattr(command, "commands", {}).items():
        yield from commands(each, f"{path} {name}")


def leaves() -> list[tuple[str, Any]]:
    return [(path, command) for path, command in commands() if not hasattr(command, "commands")]


def run(*arguments: str, language: str = "nl", typed: bytes = b"") -> Result:
    return CliRunner().invoke(app, arguments, input=typed, env={"LANGUAGE": language})


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "nl_BE"}, "nl"),
        ({"LANG": "nl_NL.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "nl:en"}, "nl"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "nl_NL.UTF-8", "LC_ALL": ""}, "nl"),
    ],
)
def test_the_locale_of_the_terminal_decides(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert terminal_language() == language


@pytest.mark.parametrize("path", [path for path, _command in commands()])
def test_help_is_whole_in_both_languages(path: str) -> None:
    words = path.split()[1:]
    dutch, english = (run(*words, "-h", language=language) for language in ("nl", "en"))
    assert (dutch.exit_code, english.exit_code, dutch.stderr, english.stderr) == (0, 0, "", "")
    assert "Gebruik: " in dutch.stdout
    assert "Usage: " in english.stdout
    assert dutch.stdout == run(*words, "--help").stdout
    assert [line for line in english.stdout.splitlines() if DUTCH.search(line)] == []


def test_names_and_choices_are_english_and_every_value_has_a_word_in_capitals() -> None:
    for path, command in leaves():
        assert all(ENGLISH_WORD.fullmatch(word) for word in path.split()), path
        for param in command.params:
            word = metavar(param)
            choices = param.type_descriptor.choices
            assert choices or getattr(param, "is_flag", False) or re.fullmatch(r"[A-Z0-9|:=@\[\]-]+", word), (
                path,
                word,
            )
            assert explanation(param), (path, param.name)


def test_an_option_means_the_same_in_every_command() -> None:
    meanings: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for _path, command in leaves():
        for param in command.params:
            if param.param_type_name == "option":
                meanings[param.opts[0]].add((metavar(param), str(param.help)))
    nearly = {
        "--out",
        "--data",
        "--areas",
        "--by",
        "--role",
        "--port",
    }  # one meaning, said for what the command makes of it
    assert {name: found for name, found in meanings.items() if len(found) > 1 and name not in nearly} == {}
    assert {word for word, _help in meanings["--out"]} == {"FILE", "DIR"}
    assert {word for word, _help in meanings["--data"]} == {"DIR"}


@pytest.mark.parametrize(
    ("arguments", "dutch", "english"),
    [
        (
            ["rea"],
            "Deze opdracht is er niet: rea. Bedoelt u read,",
            "There is no such command: rea. Did you mean read,",
        ),
        (["read", "x", "--ouut", "y"], "Deze optie is er niet: --ouut. Bedoelt u --out", "There is no such option:"),
        (["read"], "FILE ontbreekt.", "FILE is missing."),
        (["read", "x"], "--out ontbreekt.", "--out is missing."),
        (["read", "x", "--out"], "Bij --out hoort een waarde: FILE.", "--out needs a value: FILE."),
        (["read", "x", "--json=1"], "Bij --json hoort geen waarde.", "--json takes no value."),
        (["check", "x"], "Dit is te veel: x.", "This is too much: x."),
        (["place", "x", "--mode", "y"], "“y” past niet bij --mode. Kies uit: match, ask, weekly.", "“y” does not fit"),
        (["place", "x", "--seed", "y"], "“y” past niet bij --seed. Geef een getal van 0 of hoger.", "of 0 or more."),
        (["fetch", "x", "--odata", "5"], "Geef een getal van 3 tot en met 4.", "Give a number from 3 to 4."),
        (["read", "x", "--period", "y"], "“y” past niet bij --period. Geef een heel getal.", "Give a whole number."),
        (["read", "-", "-", "--out", "y"], "Maar één bestand kan van standaardinvoer komen.", "Only one file can come"),
        (["serve", "--key", "x"], "--certificate en --key horen bij elkaar.", "belong together."),
    ],
)
def test_a_wrong_call_is_a_sentence_and_exit_2(arguments: list[str], dutch: str, english: str) -> None:
    for language, words in (("nl", dutch), ("en", english)):
        answer = run(*arguments, language=language)
        assert (answer.exit_code, answer.stdout) == (2, ""), answer.output
        assert words in answer.stderr
        assert "Traceback" not in answer.stderr


def test_a_wrong_call_says_where_the_help_is() -> None:
    assert run("account", "role").stderr.splitlines()[-1] == "Uitleg: buurtbalans account role -h"


def test_no_command_is_the_list_of_commands() -> None:
    answer = run()
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "Opdrachten:" in answer.stderr


def test_the_version() -> None:
    assert re.fullmatch(r"buurtbalans \d+\.\d+\.\d+\n", run("--version").stdout)


def test_a_fault_that_nobody_foresaw_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def broken() -> None:
        raise RuntimeError("the wheel came off")

    monkeypatch.setattr(whole, "app", broken)
    with pytest.raises(SystemExit) as ended:
        whole.main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert "Dit had niet mogen gebeuren: RuntimeError: the wheel came off." in said
    assert "Traceback" not in said
    monkeypatch.setenv("BUURTBALANS_TRACEBACK", "1")
    with pytest.raises(SystemExit):
        whole.main()
    assert "Traceback" in capsys.readouterr().err


POINTS = "lng,lat\n4.5,52.5\n4.6,52.5\n"
SQUARE = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"code": "BU01"},
            "geometry": {"type": "Polygon", "coordinates": [[[4, 52], [5, 52], [5, 53], [4, 53], [4, 52]]]},
        }
    ],
}


@pytest.fixture
def square(tmp_path: Path) -> Path:
    file = tmp_path / "areas.geojson"
    file.write_text(json.dumps(SQUARE))
    return file


def test_a_dash_is_standard_input(square: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    answer = run("count", "-", "--areas", str(square), "--out", str(out), "--minimum", "1", typed=POINTS.encode())
    assert answer.exit_code == 0, answer.stderr
    assert "BU01,2," in out.read_text()


def test_the_kind_of_standard_input_is_seen(square: Path, tmp_path: Path) -> None:
    points = json.dumps([{"lng": 4.5, "lat": 52.5}]).encode()
    out = tmp_path / "out.csv"
    answer = run("count", "-", "--areas", str(square), "--out", str(out), "--minimum", "1", typed=points)
    assert answer.exit_code == 0, answer.stderr
    assert "BU01,1," in out.read_text()


def test_quiet_says_nothing_but_a_refusal(square: Path, tmp_path: Path) -> None:
    call = ["count", "-", "--areas", str(square), "--out", str(tmp_path / "out.csv"), "--quiet"]
    answer = run(*call, typed=POINTS.encode())
    assert (answer.exit_code, answer.output) == (0, "")
    refused = run(*call, "--lat", "nergens", "--lng", "nergens", typed=POINTS.encode())
    assert refused.exit_code == 2
    assert "nergens" in refused.stderr


def test_json_is_the_whole_result(square: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    answer = run("count", "-", "--areas", str(square), "--out", str(out), "--json", typed=POINTS.encode())
    assert answer.stderr == ""
    told = json.loads(answer.stdout)
    assert (told["points"], told["outside"], told["withheld"], told["file"]) == (2, 0, 1, str(out))


@pytest.mark.slow
def test_the_command_speaks_the_language_of_its_terminal() -> None:
    clean = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    for locale, word in (("nl_NL.UTF-8", "Opdrachten:"), ("C.UTF-8", "Commands:")):
        call = [sys.executable, "-m", "buurtbalans.cli", "-h"]
        done = subprocess.run(call, env=clean | {"LC_ALL": locale}, capture_output=True, text=True, check=True)
        assert word in done.stdout
