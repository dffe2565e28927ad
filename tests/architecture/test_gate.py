"""One gate outwards: no page, template, file or API touches raw figures of a release; queries of datasets do."""

import ast
from pathlib import Path

import pytest

from tests.architecture.reading import ROOT, files, package, parsed, shown

QUERIES = "method/datasets/queries"
RAW = {
    "buurtbalans.figures.protection.gate": {"through", "withheld"},
    "buurtbalans.figures.protection.rules": {"cells_of", "judge"},
    "buurtbalans.figures.derivation.working_area": {"combine_areas", "combined_cell"},
    "buurtbalans.figures.crosswalk.convert": {"convert_figures"},
    "buurtbalans.figures.comparison.dispersion": {"standard_deviations"},
    "buurtbalans.figures.release.lookup": {"Lookup"},
    "buurtbalans.figures.release.confidential": {"INSIDE", "lines_of"},
}


def past_the_gate(root: Path) -> list[str]:
    """Return where the method or the site touches raw figures outside the queries of datasets."""
    found = []
    for wing in ("method", "site"):
        for path in files(package(root) / wing, ".py"):
            if QUERIES not in path.as_posix():
                found += [f"{shown(path, root)}:{line}: {what}" for line, what in _touches(parsed(path))]
        for path in files(package(root) / wing, ".html"):
            if "release.figures" in path.read_text(encoding="utf-8"):
                found.append(f"{shown(path, root)}: release.figures")
    return found


def _touches(tree: ast.Module) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in RAW:
            found += [(node.lineno, name.name) for name in node.names if name.name in RAW[node.module]]
        if isinstance(node, ast.Attribute) and node.attr == "figures" and "release" in ast.unparse(node.value).lower():
            found.append((node.lineno, f"{ast.unparse(node)}"))
        if isinstance(node, ast.Constant) and node.value in ("observations.parquet", "inside.parquet"):
            found.append((node.lineno, str(node.value)))
    return found


def test_only_the_queries_of_datasets_touch_raw_figures() -> None:
    assert past_the_gate(ROOT) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("site/pages/planted.py", "def f(here):\n    return here.release.figures(areas=['x'])\n"),
        ("site/pages/planted.py", "def f(release):\n    read = release.figures\n    return read()\n"),
        ("site/api/planted.py", "from buurtbalans.figures.protection.gate import through\n"),
        ("site/exports/planted.py", "from buurtbalans.figures.protection.gate import Shown, withheld\n"),
        ("method/rounds/planted.py", "from buurtbalans.figures.derivation.working_area import combine_areas\n"),
        ("method/rounds/planted.py", "import polars as pl\npl.read_parquet('observations.parquet')\n"),
        ("site/templates/site/planted.html", "{% for row in here.release.figures %}{{ row }}{% endfor %}\n"),
    ],
)
def test_a_planted_way_past_the_gate_is_caught(tmp_path: Path, path: str, text: str) -> None:
    file = package(tmp_path) / path
    file.parent.mkdir(parents=True)
    file.write_text(text)
    assert len(past_the_gate(tmp_path)) == 1


def test_a_module_called_figures_is_no_way_past(tmp_path: Path) -> None:
    file = package(tmp_path) / "method/evaluation/queries.py"
    file.parent.mkdir(parents=True)
    file.write_text("from buurtbalans.method.rounds import queries as rounds\nrounds.figures(1)\n")
    assert past_the_gate(tmp_path) == []
