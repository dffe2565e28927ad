"""Parquet of others: read in a process of its own, because a few changed bytes can make the reader end its process."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import polars as pl

from buurtbalans.figures.findings import refuse
from buurtbalans.figures.sources import text

_CHILD: Final = Path(__file__).with_name("parquet_child.py")
_SECONDS: Final = 90
_MAGIC: Final = b"PAR1"


def is_parquet(path: Path) -> bool:
    """Tell whether a file begins as Parquet."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def table(path: Path) -> pl.DataFrame:
    """Return the table in a Parquet file.

    Raises
    ------
    Refused
        When the file is damaged, cut, or asks for more memory or time than a table may.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "table.arrow"
        if _ran("table", out, [path]) and out.is_file():
            return pl.read_ipc(out.read_bytes())
    what = "Het bestand is beschadigd of afgebroken. Het is niet te lezen als Parquet."
    raise refuse(what, text.FETCH, file=path.name)


def columns(paths: Sequence[Path]) -> dict[Path, set[str]]:
    """Return the names of the columns of each Parquet file; empty for a file that cannot be read."""
    columns_of: dict[Path, set[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        while left := [path for path in paths if path not in columns_of]:
            out = Path(folder) / f"{len(columns_of)}.json"
            whole = _ran("schemas", out, left)
            lines = out.read_text(encoding="utf-8").splitlines() if out.is_file() else []
            columns_of |= {path: set(json.loads(line)) for path, line in zip(left, lines, strict=False)}
            if not whole and len(lines) < len(left):
                columns_of[left[len(lines)]] = set()
    return columns_of


def _ran(job: str, out: Path, paths: Sequence[Path]) -> bool:
    """Run the child; its own words about a damaged file are for nobody."""
    command = [sys.executable, "-I", str(_CHILD), job, str(out), *(str(path.resolve()) for path in paths)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
