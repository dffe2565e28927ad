"""Keeping: what was fetched gets its place in one step, after it proved readable; what was there stays."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from buurtbalans.figures.release.disk import make_folder, sync, write_synced

SUMS: Final = "SHA256SUMS"
TOLD: Final = "herkomst.txt"
_HALF: Final = ".half-"


def half_of(to: Path, name: str) -> Path:
    """Return the folder in which a fetch keeps what is not whole yet, so that a next one can go on."""
    return to / f"{_HALF}{name}"


def kept(
    to: Path, name: str, files: Mapping[str, bytes], origin: Mapping[str, Any], prove: Callable[[Path], None]
) -> tuple[Path, bool]:
    """Give files a folder `NAME-1`, `NAME-2`, … and return it, with whether it is new.

    Equal files are not kept twice: then the folder that has them is returned. No folder is ever changed.

    Parameters
    ----------
    to, name
        Where, and what it is called.
    files
        Contents by name.
    origin
        Where each came from, written beside them as text.
    prove
        Reads the folder as a user would; when it raises, nothing is kept.
    """
    make_folder(to)
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {each}\n" for each, data in sorted(files.items()))
    for folder in sorted(to.glob(f"{name}-*"), key=lambda each: each.stat().st_mtime, reverse=True):
        if (folder / SUMS).is_file() and (folder / SUMS).read_text(encoding="utf-8") == sums and _whole(folder, files):
            return folder, False
    aside = to / f".building-{name}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        for each, data in files.items():
            write_synced(aside / each, data)
        write_synced(aside / SUMS, sums.encode())
        write_synced(aside / TOLD, json.dumps(origin, ensure_ascii=False, indent=1).encode())
        prove(aside)
        sync(aside)
        number = 1
        while (to / f"{name}-{number}").exists():
            number += 1
        aside.rename(to / f"{name}-{number}")
        sync(to)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return to / f"{name}-{number}", True


def _whole(folder: Path, files: Mapping[str, bytes]) -> bool:
    return all((folder / each).is_file() and (folder / each).read_bytes() == data for each, data in files.items())
