"""Reads Parquet in a process of its own, with limits: run by `parquet`, because a damaged file can end the process."""

import json
import resource
import sys
from pathlib import Path

import polars as pl

MEMORY = 4 * 1024**3
SECONDS = 60
DAMAGED = 3
ERRORS = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError, MemoryError)


def limit() -> None:
    """Keep a file that lies about its size from taking the machine."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def schemas(out: Path, paths: list[str]) -> None:
    """Write a line of JSON per file with the names of its columns, each at once: the next file may end the process."""
    with out.open("a", encoding="utf-8") as lines:
        for path in paths:
            try:
                names = list(pl.read_parquet_schema(path))
            except ERRORS:
                names = []
            lines.write(json.dumps(names) + "\n")
            lines.flush()


def table(out: Path, path: str) -> None:
    """Write the table of a file as Arrow."""
    try:
        pl.read_parquet(path, glob=False).write_ipc(out)
    except ERRORS:
        sys.exit(DAMAGED)


if __name__ == "__main__":
    limit()
    job, written, *files = sys.argv[1:]
    schemas(Path(written), files) if job == "schemas" else table(Path(written), files[0])
