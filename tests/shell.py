"""The environment of a run: what somebody has set for a site of their own does not reach the tests."""

import os
from typing import Final

ASKED: Final = {"BUURTBALANS_SHARED", "BUURTBALANS_FAULTS", "BUURTBALANS_PICTURES"}  # what one asks of the suite
WITHIN: Final = "BUURTBALANS_SUITE"  # set by the run itself, so that its workers keep what it chose


def forgotten() -> list[str]:
    """Return the names that the suite forgets: all settings of the shell, once."""
    if WITHIN in os.environ:
        return []
    return [name for name in os.environ if name.startswith("BUURTBALANS_") and name not in ASKED]


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a run: the shell's without its settings, and what the run itself chooses."""
    gone = set(forgotten())
    return {name: value for name, value in os.environ.items() if name not in gone} | {WITHIN: "1"} | more
