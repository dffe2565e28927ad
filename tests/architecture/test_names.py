"""The same names mean the same thing in every app, and every module says in one sentence what it is."""

import ast
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.conftest import Plant
from tests.architecture.reading import APPS, ROOT, files, package, parsed, shown

ALLOWED: Final = set(
    ["__init__", "models", "queries", "actions", "rules", "forms", "views", "urls", "panels", "jobs", "admin", "apps"]
)
GROWN: Final = {"models", "queries", "actions", "views", "forms", "rules"}  # a module that grew too long
FOLDERS: Final = {"templates", "static", "migrations"} | GROWN
MORE: Final = {  # declared once, as data
    "base": {
        "audit",
        "verbs",
        "versions",
        "trash",
        "pages",
        "choices",
        "transitions",
    },  # what every app stands on, by subject
    "people": {"permissions"},
    "rounds": {"steps", "advice", "agreement_parts", "states", "sharing"},
    "places": {"areas"},
    "plans": {"interventions", "states"},
}
VAGUE: Final = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc"}


def misnamed(root: Path) -> list[str]:
    """Return every module whose name is not one of the house's."""
    found = []
    method = package(root) / "method"
    for app in sorted(method.iterdir()) if method.is_dir() else []:
        if not app.is_dir() or app.name == "__pycache__":
            continue
        if app.name not in APPS:
            found.append(f"{app.name} is no app of the method")
        for path in sorted(app.iterdir()):
            allowed = ALLOWED | MORE.get(app.name, set())
            folders = FOLDERS | MORE.get(app.name, set()) | {"__pycache__"}
            fine = path.name in folders if path.is_dir() else path.stem in allowed
            if not fine:
                found.append(f"{shown(path, root)} is no name for a module of an app")
    vague = [path for path in files(package(root)) if path.stem in VAGUE or path.parent.name in VAGUE]
    return found + [f"{shown(path, root)} does not say what it holds" for path in vague]


def without_sentence(root: Path) -> list[str]:
    """Return every module that does not open with a sentence, and every public function of the wings without one."""
    found = []
    for folder in (package(root), root / "tests", root / "bench"):
        for path in files(folder, ".py"):
            if not path.read_text(encoding="utf-8").strip():
                continue
            first = (ast.get_docstring(parsed(path)) or "").split("\n\n")[0].strip()
            if not first.endswith((".", "?", "!")) or len(first.split()) < 3:
                found.append(f"{shown(path, root)} does not open with a sentence")
    return found


def test_modules_have_the_names_of_the_house() -> None:
    assert misnamed(ROOT) == []


def test_every_module_opens_with_a_sentence() -> None:
    assert without_sentence(ROOT) == []


@pytest.mark.parametrize(
    "path", ["method/rounds/logic.py", "method/extra/models.py", "figures/utils.py", "site/helpers/a.py"]
)
def test_a_planted_name_is_caught(plant: Plant, path: str) -> None:
    assert len(misnamed(plant(f"src/buurtbalans/{path}", ""))) == 1


@pytest.mark.parametrize("text", ["x = 1\n", '"""Rounds"""\nx = 1\n', "# No docstring at all.\n"])
def test_a_planted_module_without_a_sentence_is_caught(plant: Plant, text: str) -> None:
    assert len(without_sentence(plant("src/buurtbalans/method/rounds/models.py", text))) == 1
