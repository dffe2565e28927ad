"""800 damaged source files: each is refused, reported, or read as exactly what its bytes say.

A bounded number runs in the suite; `BUURTBALANS_FAULTS=1` damages 600 files by a cut and 200 by another byte.
"""

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from buurtbalans.figures.findings import Refused
from tests.faults.naive import SOURCES, Long, Register, Variables, Wide
from tests.shared import shared_data

pytestmark = pytest.mark.slow

WHOLE = os.environ.get("BUURTBALANS_FAULTS") == "1"
CUTS, FLIPS = (600, 200) if WHOLE else (44, 22)
START = 4_000  # every other changed byte falls in the header or just below it


def share(total: int, at: int) -> int:
    """Return how many of a total fall to one of the sources."""
    return total // len(SOURCES) + (at < total % len(SOURCES))


def outcome(source: Wide | Long | Variables | Register, path: Path) -> str:
    """Return `refused` or `read`; what was read otherwise than written, and not said, is a failure."""
    try:
        silent = source.silent(path)
    except Refused:
        return "refused"
    assert silent == [], (source.name, len(path.read_bytes()))
    return "read"


@pytest.mark.parametrize("at", range(len(SOURCES)), ids=[source.name for source in SOURCES])
def test_the_undamaged_file_is_read_as_it_is_written(at: int, tmp_path: Path) -> None:
    source = SOURCES[at]
    path = tmp_path / Path(source.name).name
    path.write_bytes((shared_data() / source.name).read_bytes())
    assert outcome(source, path) == "read"


@pytest.mark.parametrize("at", range(len(SOURCES)), ids=[source.name for source in SOURCES])
def test_a_cut(at: int, tmp_path: Path) -> None:
    source = SOURCES[at]
    data = (shared_data() / source.name).read_bytes()
    path = tmp_path / Path(source.name).name
    dice = random.Random(at)
    found: Counter[str] = Counter()
    for _ in range(share(CUTS, at)):
        path.write_bytes(data[: dice.randrange(1, len(data))])
        found[outcome(source, path)] += 1
    assert found["refused"] + found["read"] == share(CUTS, at)
    assert found["refused"] > 0


@pytest.mark.parametrize("at", range(len(SOURCES)), ids=[source.name for source in SOURCES])
def test_another_byte(at: int, tmp_path: Path) -> None:
    source = SOURCES[at]
    data = (shared_data() / source.name).read_bytes()
    path = tmp_path / Path(source.name).name
    dice = random.Random(1_000 + at)
    for turn in range(share(FLIPS, at)):
        damaged = bytearray(data)
        place = dice.randrange(min(len(data), START) if turn % 2 else len(data))
        damaged[place] ^= 1 << dice.randrange(8)
        path.write_bytes(bytes(damaged))
        outcome(source, path)
