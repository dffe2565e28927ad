"""Files and functions stay small enough to read in one go; a cap is lifted only here, with a reason."""

import ast
from pathlib import Path
from statistics import median
from typing import Final

import pytest

from tests.architecture.conftest import Plant
from tests.architecture.reading import ROOT, files, functions, package, parsed, shown

CAPS: Final = {".py": 400, ".css": 400, ".js": 400, ".html": 120}
FUNCTION_CAP: Final = 50
MEDIAN_FILE: Final = 100  # the house aims at 80; beyond this, look for what belongs apart
LIFTED: Final[dict[str, tuple[int, str]]] = {}  # path: (cap, reason)


def lines(path: Path) -> int:
    """Return how many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has, without its docstring."""
    first = node.body[0]
    docstring = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) is not None else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def too_long(root: Path) -> list[str]:
    """Return every file and function that is longer than its cap."""
    found = []
    for folder in (package(root), root / "tests", root / "bench"):
        for path in files(folder, *CAPS):
            cap = LIFTED.get(shown(path, root), (CAPS[path.suffix], ""))[0]
            if lines(path) > cap:
                found.append(f"{shown(path, root)} has {lines(path)} lines, at most {cap}")
            if path.suffix == ".py":
                found += [
                    f"{shown(path, root)}: {node.name} has {code_lines(node)} lines, at most {FUNCTION_CAP}"
                    for node in functions(parsed(path))
                    if code_lines(node) > FUNCTION_CAP
                ]
    return found


def test_no_file_or_function_is_too_long() -> None:
    assert too_long(ROOT) == []


def test_a_typical_file_is_short() -> None:
    assert median(lines(path) for path in files(package(ROOT), ".py")) <= MEDIAN_FILE


def test_a_lifted_cap_has_a_reason_and_a_file_that_needs_it() -> None:
    for path, (cap, reason) in LIFTED.items():
        assert len(reason) > 20
        assert CAPS[Path(path).suffix] < lines(ROOT / path) <= cap


@pytest.mark.parametrize(
    ("path", "count"), [("site/a.py", 401), ("site/templates/a.html", 121), ("site/static/a.css", 401)]
)
def test_a_planted_long_file_is_caught(plant: Plant, path: str, count: int) -> None:
    assert len(too_long(plant(f"src/buurtbalans/{path}", "\n" * count))) == 1
    assert too_long(plant(f"src/buurtbalans/{path}", "\n" * (count - 1))) == []


def test_a_planted_long_function_is_caught(plant: Plant) -> None:
    body = "def f():\n" + '    """Says what.\n\n    More.\n    """\n' + "    x = 1\n"
    assert too_long(plant("src/buurtbalans/site/a.py", body + "    x = 1\n" * 48)) == []
    assert len(too_long(plant("src/buurtbalans/site/a.py", body + "    x = 1\n" * 49))) == 1
