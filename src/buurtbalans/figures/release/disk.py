"""Durable writing: what is said to be kept is whole on the disk, also after a kill or a power cut."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

BUILDING: Final = ".building-"
LOCK: Final = ".lock"


def sync(path: Path) -> None:
    """Ask the disk to keep a file or a folder as it is now.

    Parameters
    ----------
    path
        A file or a folder; a folder is where a new name or a rename is kept.

    Examples
    --------
    >>> import tempfile
    >>> sync(Path(tempfile.gettempdir()))
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, and keep their names on the disk."""
    missing = [step for step in (folder, *folder.parents) if not step.exists()]
    for step in reversed(missing):
        step.mkdir(exist_ok=True)
        sync(step.parent)


def write_synced(path: Path, content: bytes) -> None:
    """Write a new file and wait until the disk has it."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_atomically(path: Path, content: bytes) -> None:
    """Replace a small file in one step: a reader sees the old content or the new, never a part.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     replace_atomically(Path(folder) / "pointer", b"one")
    ...     replace_atomically(Path(folder) / "pointer", b"two")
    ...     (Path(folder) / "pointer").read_bytes()
    b'two'
    """
    aside = path.with_name(f"{BUILDING}{path.name}")
    write_synced(aside, content)
    os.replace(aside, path)
    sync(path.parent)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock: one writer at a time; a killed writer lets go by itself."""
    make_folder(folder)
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def building(store: Path) -> Iterator[Path]:
    """Yield an empty folder aside, on the same disk; it is gone afterwards unless `settle` moved it.

    Leftovers of killed builders are swept first. A builder at work holds a lock on its folder and is left alone.
    """
    with locked(store):
        sweep(store)
        folder = Path(tempfile.mkdtemp(prefix=BUILDING, dir=store))
        descriptor = os.open(folder, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        os.close(descriptor)
        _remove(folder)


def sweep(store: Path) -> int:
    """Remove what killed builders left behind and return how many; the caller holds the store's lock."""
    leftovers = [path for path in store.glob(f"{BUILDING}*") if not _at_work(path)]
    for path in leftovers:
        _remove(path)
    return len(leftovers)


def settle(folder: Path, target: Path) -> None:
    """Freeze a finished folder and give it its name, in one step.

    Raises
    ------
    FileExistsError
        When the name is taken; the folder is untouched then, apart from being read-only.
    """
    for file in folder.iterdir():
        sync(file)
        file.chmod(0o444)
    folder.chmod(0o555)
    sync(folder)
    try:
        os.rename(folder, target)
    except OSError as error:
        if target.exists():
            raise FileExistsError(target) from error
        raise
    sync(target.parent)


def _at_work(path: Path) -> bool:
    """Return whether a living process holds this folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _remove(path: Path) -> None:
    """Remove a folder or a file that may be read-only; nothing there is fine."""
    with suppress(FileNotFoundError, NotADirectoryError):
        path.chmod(0o755)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
