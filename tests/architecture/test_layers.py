"""Who may import whom: the contracts in pyproject.toml hold, and catch an import that points upward."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.reading import ROOT

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True, no_cache=True))"


def lint(root: Path) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(root / "src"), "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-c", LINT], cwd=root, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", root)
    ignore = shutil.ignore_patterns("__pycache__", "static", "templates", "locale")
    shutil.copytree(ROOT / "src", root / "src", ignore=ignore)
    return root


@pytest.mark.slow
def test_the_house_keeps_its_layers() -> None:
    found = lint(ROOT)
    assert found.returncode == 0, found.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "text", "caught"),
    [
        ("method/people/forms.py", "from buurtbalans.method import rounds\n", "buurtbalans.method.people.forms"),
        ("method/plans/forms.py", "import buurtbalans.site.urls\n", "buurtbalans.method.plans.forms"),
        ("figures/planted.py", "import django\n", "buurtbalans.figures.planted"),
        ("figures/planted.py", "import buurtbalans.method.people\n", "buurtbalans.figures.planted"),
        ("pii/planted.py", "import django\n", "buurtbalans.pii.planted"),
        ("placing/planted.py", "import django\n", "buurtbalans.placing.planted"),
        ("pii/planted.py", "import buurtbalans.figures.derivation.level_totals\n", "buurtbalans.pii.planted"),
        ("site/planted.py", "import buurtbalans.site.demo.town\n", "buurtbalans.site.planted"),
        ("method/helpers/__init__.py", "", "helpers"),
        ("extra/__init__.py", "", "extra"),
    ],
)
def test_a_planted_import_is_caught(copied: Path, path: str, text: str, caught: str) -> None:
    file = copied / "src" / "buurtbalans" / path
    before = file.read_text() if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    try:
        found = lint(copied)
        assert found.returncode == 1
        assert caught in found.stdout
    finally:
        if before is not None:
            file.write_text(before)
        elif file.name == "__init__.py":
            shutil.rmtree(file.parent)
        else:
            file.unlink()


@pytest.mark.slow
def test_the_command_line_loads_what_counts_only_when_a_command_runs() -> None:
    ask = (
        "import sys, buurtbalans.cli.app; print(*{'polars', 'numpy', 'shapely', 'scipy', 'django'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
