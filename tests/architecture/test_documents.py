"""The documents that a stranger looks for are there, agree with each other and link to what exists."""

import re
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from buurtbalans import __version__
from tests.architecture.conftest import Plant
from tests.architecture.reading import ROOT, shown

DOCUMENTS: Final = ["README", "GLOSSARY", "CONTRIBUTING", "SECURITY", "CHANGELOG"]
LINK: Final = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
DECISION_LINES: Final = 40


def broken(root: Path) -> list[str]:
    """Return every link of a document to a file that does not exist."""
    return [
        f"{shown(path, root)} links to {link}"
        for path in [*sorted(root.glob("*.md")), *sorted((root / "docs").rglob("*.md"))]
        for link in LINK.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / link).exists()
    ]


def navigation(found: Any) -> set[str]:
    """Return the pages that a navigation names, at any depth."""
    if isinstance(found, str):
        return {found}
    return set().union(*(navigation(part) for part in (found.values() if isinstance(found, dict) else found)))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_document_opens_with_its_title(name: str) -> None:
    assert (ROOT / f"{name}.md").read_text(encoding="utf-8").startswith("# ")


def test_the_licence_is_named_in_full_everywhere() -> None:
    assert "European Union Public Licence" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert project["license"] == code["legal"]["license"] == "EUPL-1.2"


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert project["version"] == code["softwareVersion"] == __version__
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_link_leads_somewhere() -> None:
    assert broken(ROOT) == []


def test_a_planted_broken_link_is_caught(plant: Plant) -> None:
    plant("docs/a.md", "[b](b.md) [web](https://example.nl) [here](#x)")
    assert broken(plant("README.md", "[a](docs/a.md)")) == ["docs/a.md links to b.md"]


def test_every_page_is_in_the_navigation() -> None:
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert navigation(nav) == pages


def test_decisions_are_numbered_short_and_dated() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= DECISION_LINES, path.name
        assert re.search(r"^\d{4}-\d{2}-\d{2} · (accepted|replaced by \d{4})$", text, re.MULTILINE), path.name
        assert all(f"## {part}" in text for part in ("Why", "Decision", "Consequences")), path.name


def test_each_make_target_is_told(tmp_path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)
    assert {"setup", "demo", "test", "check", "faults", "bench", "docs"} <= set(targets)
    assert [target for target in targets if target != "help" and f"make {target}" not in contributing] == []
