"""GLOSSARY.md names every word of the code that people use, and no word that the code does not have."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.conftest import Plant
from tests.architecture.reading import ROOT, files, package, parsed

ROW: Final = re.compile(r"^\|([^|]+)\|([^|]+)\|(.+)\|\s*$", re.MULTILINE)
CODE: Final = re.compile(r"`([^`]+)`")
MODULES: Final = {"models", "permissions", "steps", "rules", "queries"}  # where an app keeps its words
PLUMBING: Final = ("QuerySet", "Manager", "Config", "Middleware")


def declared(path: Path) -> Iterator[str]:
    """Yield the public classes of a module, without the plumbing of Django."""
    for node in parsed(path).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not node.name.endswith(PLUMBING):
            yield node.name


def offered(init: Path) -> set[str]:
    """Return the public classes that a package within a wing offers in the `__all__` of its __init__."""
    listed = [
        node.value
        for node in parsed(init).body
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]
    ]
    names_in = {name for value in listed for name in ast.literal_eval(value)}
    inside = {name for module in init.parent.glob("*.py") for name in declared(module)}
    return (names_in & inside) | set(declared(init))


def classes(root: Path) -> set[str]:
    """Return the words of the code: an app's own, a wing's own, and what a package within a wing offers to others."""
    found: set[str] = set()
    for path in package(root).glob("method/*/*.py"):
        found |= set(declared(path)) if path.stem in MODULES else set()
    for path in package(root).glob("method/*/*/*.py"):
        found |= set(declared(path)) if path.parent.name in MODULES else set()
    for wing in ("figures", "placing", "clues"):
        for path in package(root).glob(f"{wing}/*.py"):
            found |= set(declared(path))
        for path in package(root).glob(f"{wing}/*/__init__.py"):
            found |= offered(path)
    return found


def named(node: ast.AST) -> set[str]:
    """Return the names that one piece of code gives: to a class, a function, a member, or the value of a member."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        return {node.name}
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return {node.id}
    return set()


def names(root: Path) -> set[str]:
    """Return every name the code gives to something, modules included."""
    found: set[str] = set()
    for path in files(package(root), ".py"):
        found.add(path.parent.name if path.stem == "__init__" else path.stem)
        found = found.union(*(named(node) for node in ast.walk(parsed(path))))
    return found


def rows(root: Path) -> list[tuple[str, list[str], str]]:
    """Return the rows of the glossary: the Dutch word, its code words and the sentence."""
    text = (root / "GLOSSARY.md").read_text(encoding="utf-8")
    found = [(word.strip(), CODE.findall(code), what.strip()) for word, code, what in ROW.findall(text)]
    return [row for row in found if row[0] not in {"woord", "Dutch"} and not set(row[0]) <= set("-: ")]


def gaps(root: Path) -> list[str]:
    """Return every class without a word, word without code, and row without a sentence."""
    listed = rows(root)
    words = {code for _, codes, _ in listed for code in codes}
    known = names(root)
    return [
        *(f"{name} has no row in GLOSSARY.md" for name in sorted(set(classes(root)) - words)),
        *(
            f"{code} in GLOSSARY.md is not in the code"
            for code in sorted(words)
            if code.rpartition(".")[2] not in known
        ),
        *(f"{word} in GLOSSARY.md has no sentence" for word, _, what in listed if not what.endswith((".", "?"))),
    ]


def test_the_glossary_is_complete() -> None:
    assert gaps(ROOT) == []


def test_every_dutch_word_stands_once() -> None:
    words = [word for word, _, _ in rows(ROOT)]
    assert sorted(words) == sorted(set(words))


TABLE: Final = "| woord | code | betekenis |\n|---|---|---|\n| ronde | `Round` | A run through the six steps. |\n"


def test_a_missing_word_is_caught(plant: Plant) -> None:
    plant("GLOSSARY.md", TABLE)
    root = plant(
        "src/buurtbalans/method/rounds/models.py", "class Round: ...\nclass _Own: ...\nclass RoundQuerySet: ..."
    )
    assert gaps(root) == []
    plant("src/buurtbalans/figures/area.py", "class Area: ...")
    assert gaps(root) == ["Area has no row in GLOSSARY.md"]


def test_a_missing_word_in_a_package_of_models_is_caught(plant: Plant) -> None:
    plant("GLOSSARY.md", TABLE)
    root = plant("src/buurtbalans/method/rounds/models/round.py", "class Round: ...\nclass Meeting: ...")
    assert gaps(root) == ["Meeting has no row in GLOSSARY.md"]


@pytest.mark.parametrize("row", ["| wijk | `District` | A part of town. |\n", "| ronde | `Round` | no sentence |\n"])
def test_a_wrong_row_is_caught(plant: Plant, row: str) -> None:
    plant("GLOSSARY.md", TABLE + row)
    assert len(gaps(plant("src/buurtbalans/method/rounds/models.py", "class Round: ..."))) == 1
