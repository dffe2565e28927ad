"""Reads a checkout as text: its rooms and their order, its modules, functions and templates."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
# Low to high: who stands further may import, include and link whoever stands before.
APPS: Final = (
    *("base", "people", "places", "datasets", "stories", "rounds", "meetings", "plans"),
    *("capacities", "placements", "fairness", "evaluation", "network"),
)
ORDER: Final = (*APPS, "site", "cli")
SKIPPED: Final = {"node_modules", "__pycache__", "buurtbalans-data", "dist", "site-docs", "bundle", "migrations"}


def package(root: Path) -> Path:
    """Return the folder of the product's code."""
    return root / "src" / "buurtbalans"


def files(folder: Path, *endings: str) -> Iterator[Path]:
    """Yield the files with one of the endings, in a fixed order, without what is built, installed or generated."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part in SKIPPED or (part.startswith(".") and part != ".ci") for part in parts[:-1]):
            continue
        if path.is_file() and (not endings or path.suffix in endings):
            yield path


def room(path: Path, root: Path) -> str:
    """Return the room a file stands in: an app of the method, `site`, `cli`, `figures` or `placing`."""
    parts = path.relative_to(package(root)).parts
    if parts[0] == "method" and len(parts) > 2:
        return parts[1]
    return parts[0]


def rank(name: str) -> int:
    """Return how high a room stands; the pure wings stand below everything."""
    return ORDER.index(name) if name in ORDER else -1


def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def shown(path: Path, root: Path) -> str:
    """Return a path as a person would write it, from the root of the checkout."""
    return path.relative_to(root).as_posix()
