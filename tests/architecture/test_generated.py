"""The pages that are made from the product tell all of it, and the pictures stay small."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest
from typer.main import get_command

from buurtbalans.cli.app import app
from buurtbalans.figures.balance.balance_definition import balance_definition
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.observation import Absence
from tests.architecture.reading import ROOT

PICTURE: Final = 200_000
ALL_PICTURES: Final = 1_000_000


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """The hook of the documentation, loaded as the builder loads it: from its file."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    catalogue()
    return module


def names(command: object, path: str) -> list[str]:
    """Return every command that a person can type, in full."""
    found = getattr(command, "commands", None)
    return [path] if not found else [each for name, one in found.items() for each in names(one, f"{path} {name}")]


def test_every_command_and_option_is_told(generate: ModuleType) -> None:
    page = generate.on_page_markdown("<!-- commands -->")
    told = [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")]
    assert told == names(get_command(app), "buurtbalans")
    assert r"`--areas FILE\|-`" in page
    assert "None" not in page


def test_every_figure_is_told(generate: ModuleType) -> None:
    page = generate.on_page_markdown("<!-- catalogue -->")
    assert [one for one in catalogue() if f"| `{one}` |" not in page] == []
    assert page.count("shown never: restricted") == sum(one.restricted for one in catalogue().values())


def test_every_reason_is_told(generate: ModuleType) -> None:
    page = generate.on_page_markdown("<!-- absences -->")
    assert [one for one in Absence if f"`{one}`" not in page] == []


def test_our_definition_of_balance_is_told(generate: ModuleType) -> None:
    page = generate.on_page_markdown("<!-- balance -->\n<!-- balance-limits -->")
    assert [
        one.indicator.id
        for one in balance_definition().indicators
        if one.indicator.name not in page or one.why not in page
    ] == []
    assert page.count("telt niet mee |") == sum(one.weight == 0 for one in balance_definition().indicators)
    assert [limit for limit in balance_definition().limits if f"- {limit}" not in page] == []


def test_a_page_without_a_mark_stays_as_it_is(generate: ModuleType) -> None:
    assert generate.on_page_markdown("# A page") == "# A page"


def test_each_mark_is_used_by_a_page(generate: ModuleType) -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))
    assert [name for name in generate.PARTS if f"<!-- {name} -->" not in pages] == []


def pictures() -> list[Path]:
    """Return the pictures of the documentation."""
    return sorted((ROOT / "docs" / "images").glob("*.png"))


def test_pictures_are_small_and_used() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
    assert [path.name for path in pictures() if path.stat().st_size > PICTURE] == []
    assert 0 < sum(path.stat().st_size for path in pictures()) <= ALL_PICTURES
    assert [path.name for path in pictures() if f"images/{path.name})" not in pages] == []
