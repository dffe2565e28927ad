"""Keeps built grids on disk: written aside and renamed, checked when read, the oldest removed."""

import hashlib
import json
import mmap
import os
import secrets
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from buurtbalans.figures.counting.grid import ARRAYS, Grid
from buurtbalans.figures.counting.raster import Frame

VERSION: Final = 3  # raise it when a grid is built or laid out differently
KEEP: Final = 8
_MARK: Final = b"buurtbalans-grid"
_ALIGN: Final = 64
SEEN: Final = "seen.json"
FRESH: Final = 2_000_000_000  # nanoseconds in which a file can change again without its times telling so
_WORDS: Final = 512  # of a block that is sealed: a page of the disk


def key(path: Path, *more: object, kept: Path | None = None) -> str:
    """Return the name of a grid: the sha256 of the file with the borders, and how it was read.

    With `kept` the sha256 is noted there, and a file that nobody touched since is not read again.
    """
    before = path.stat()
    state = [before.st_dev, before.st_ino, before.st_size, before.st_mtime_ns, before.st_ctime_ns]
    where, noted = str(path.resolve()), _noted(kept)
    known, digest = noted.pop(where, (None, ""))
    if known != state:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if kept and time.time_ns() - max(state[3:]) > FRESH and path.stat().st_ctime_ns == before.st_ctime_ns:
            _written(kept, SEEN, json.dumps(dict([*noted.items(), (where, (state, digest))][-KEEP:])).encode())
    return hashlib.sha256(bytes.fromhex(digest) + repr((VERSION, *more)).encode()).hexdigest()


def _noted(kept: Path | None) -> dict[str, tuple[list[int], str]]:
    """Return of files with borders what they were when they were read, and their sha256."""
    try:
        noted = json.loads((kept / SEEN).read_bytes()) if kept else {}
        return {where: (state, digest) for where, (state, digest) in noted.items() if bytes.fromhex(digest)}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}  # a help that is lost or damaged is no loss


def save(folder: Path, name: str, grid: Grid, about: dict[str, Any]) -> bool:
    """Write a grid and what is known about its map; return whether that worked, because a cache is only a help."""
    arrays = {each: np.ascontiguousarray(getattr(grid, each)) for each in ARRAYS}
    parts = [array.tobytes() for array in arrays.values()]
    parts = [part + b"\0" * (-len(part) % _ALIGN) for part in parts]
    payload = b"".join(parts)
    head = json.dumps(
        {
            "frame": asdict(grid.frame),
            "close": grid.close,
            "about": about,
            "seal": _sealed(np.frombuffer(payload, np.uint8)),
            "arrays": [[name, array.dtype.str, array.shape] for name, array in arrays.items()],
        }
    ).encode()
    head += b" " * (-(len(_MARK) + 8 + 32 + len(head)) % _ALIGN)  # the arrays must lie where numpy wants them
    begin = _MARK + len(head).to_bytes(8, "little") + hashlib.sha256(head).digest() + head
    return _written(folder, name, begin, payload)


def _written(folder: Path, name: str, *parts: bytes) -> bool:
    """Write a file aside and rename it, so that it is there whole or not at all; return whether that worked."""
    aside = folder / f".{name}.{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(folder / name)
        _prune(folder)
    except OSError:
        return False
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    return True


def load(folder: Path, name: str) -> tuple[Grid, dict[str, Any]] | None:
    """Return a kept grid and what is known about its map; None when there is none, or when a byte of it changed."""
    try:
        with (folder / name).open("rb") as file:
            if file.read(len(_MARK)) != _MARK:
                return None
            size = int.from_bytes(file.read(8), "little")
            said = file.read(32)
            head = file.read(size)
            if hashlib.sha256(head).digest() != said:
                return None
            known = json.loads(head)
            # The file itself as memory: nothing is copied, and `save` never changes a file that is there.
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            data = np.frombuffer(mapped, np.uint8)[file.tell() :]
    except (OSError, ValueError):
        return None
    if len(data) % _ALIGN or _sealed(data) != known["seal"]:
        return None
    with suppress(OSError):
        (folder / name).touch()
    arrays, at = {}, 0
    for each, dtype, shape in known["arrays"]:
        size = int(np.prod(shape)) * np.dtype(dtype).itemsize
        arrays[each] = data[at : at + size].view(dtype).reshape(shape)
        at += size + -size % _ALIGN
    return Grid(Frame(**known["frame"]), known["close"], **arrays), known["about"]


def _sealed(data: NDArray[np.uint8]) -> str:
    """Return a seal on the arrays: the sha256 of the sums of their blocks, five times as fast as that of all bytes.

    One changed byte, and a block that was not written or stands elsewhere, changes a sum.
    """
    words = data.view(np.uint64)
    whole = len(words) // _WORDS * _WORDS
    sums = words[:whole].reshape(-1, _WORDS).sum(axis=1, dtype=np.uint64)
    return hashlib.sha256(sums.tobytes() + words[whole:].tobytes() + len(words).to_bytes(8, "little")).hexdigest()


def _prune(folder: Path) -> None:
    kept = sorted(
        (path for path in folder.iterdir() if len(path.name) == 64), key=lambda path: path.stat().st_mtime, reverse=True
    )
    for path in kept[KEEP:]:
        path.unlink(missing_ok=True)
