"""The current release: one small file that says which release is published, and what was published before."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from buurtbalans.figures.findings import refuse
from buurtbalans.figures.release import disk

NAME: Final = "published.json"


@dataclass(frozen=True, slots=True)
class Published:
    """A release that was published: its id, the seal of its manifest, and when (UTC)."""

    release: str
    seal: str
    at: str


@dataclass(frozen=True, slots=True)
class Step:
    """One switch: publishing a release, or going back to it (no release: back to nothing)."""

    step: str
    release: str | None
    at: str


@dataclass(frozen=True, slots=True)
class CurrentRelease:
    """What is published (the last of `stack`), what undo goes back to, and every switch so far.

    Examples
    --------
    >>> current = CurrentRelease().published(Published("2026-01-02-1", "ab", "2026-01-02T00:00:00Z"))
    >>> current.current.release, current.undone("2026-01-03T00:00:00Z").current
    ('2026-01-02-1', None)
    """

    stack: tuple[Published, ...] = ()
    history: tuple[Step, ...] = field(default=())

    @property
    def current(self) -> Published | None:
        """The published release, or None."""
        return self.stack[-1] if self.stack else None

    def published(self, entry: Published) -> "CurrentRelease":
        """Return the state after publishing."""
        return CurrentRelease((*self.stack, entry), (*self.history, Step("publish", entry.release, entry.at)))

    def undone(self, at: str) -> "CurrentRelease":
        """Return the state after going one release back."""
        stack = self.stack[:-1]
        return CurrentRelease(stack, (*self.history, Step("undo", stack[-1].release if stack else None, at)))

    def seal_of(self, release: str) -> str | None:
        """Return the seal that a release had when it was published, if it ever was and is not undone."""
        return next((entry.seal for entry in self.stack if entry.release == release), None)


def read(root: Path) -> CurrentRelease:
    """Read which release of a store is current; no file means that nothing was published yet.

    Raises
    ------
    Refused
        When the file is damaged.
    """
    try:
        raw = json.loads((root / NAME).read_bytes())
        return CurrentRelease(
            tuple(Published(**entry) for entry in raw["stack"]), tuple(Step(**step) for step in raw["history"])
        )
    except FileNotFoundError:
        return CurrentRelease()
    except (ValueError, TypeError, KeyError) as error:
        raise refuse(
            "De lijst van gepubliceerde uitgaven is beschadigd.", "Zet dit bestand terug uit een back-up.", file=NAME
        ) from error


def write(root: Path, current: CurrentRelease) -> None:
    """Switch to another current release in one step."""
    disk.replace_atomically(root / NAME, json.dumps(asdict(current), indent=1).encode())
