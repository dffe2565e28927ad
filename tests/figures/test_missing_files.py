"""A file that is not there, or that may not be opened: every command says so in the same words."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from buurtbalans.cli.app import app
from buurtbalans.figures.findings import unopened

GONE = "Dit bestand is er niet."
COMMANDS = {
    "read": ["read", "weg.csv", "--out", "uit.csv"],
    "read by a mapping": ["read", "er.csv", "--out", "uit.csv", "--mapping", "weg.toml"],
    "import figures": ["release", "import", "weg.csv", "--data", "data"],
    "import a map": ["release", "import", "weg.csv", "--areas", "weg.geojson@2024", "--data", "data"],
    "count points": ["count", "weg.csv", "--areas", "er.csv", "--out", "uit.csv"],
    "count a map": ["count", "er.csv", "--areas", "weg.geojson", "--out", "uit.csv"],
    "protect": ["protect", "weg.csv", "--out", "uit.csv"],
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_command_says_it_in_one_way(command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("er.csv").write_text("lng,lat\n4.9,52.3\n")
    answer = CliRunner().invoke(app, command)
    assert answer.exit_code == 2
    assert f"{GONE}  Kijk de naam en de map na." in answer.stderr
    assert "weg." in answer.stderr


def test_what_may_not_be_opened_is_said_with_the_reason() -> None:
    [finding] = unopened("dicht.csv", PermissionError(13, "Permission denied")).findings
    assert (finding.what, finding.file) == ("Dit bestand is niet te openen (Permission denied).", "dicht.csv")
