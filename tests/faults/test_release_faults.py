"""A kill at any moment of making, publishing or undoing leaves the published release whole and nothing half behind.

The bounded form runs in the suite; `BUURTBALANS_FAULTS=1` kills at every step and at many more moments.
"""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from buurtbalans.figures.release.store import ReleaseStore, State
from tests.figures.release_parts import CATALOGUE, delivery, division, rows

pytestmark = pytest.mark.slow

WHOLE = os.environ.get("BUURTBALANS_FAULTS") == "1"
MOMENTS = 100 if WHOLE else 12
EVERY = 1 if WHOLE else 3
KILLED = -signal.SIGKILL
HERE = Path(__file__).resolve().parents[2]


class Worker:
    """The worker process and its answers."""

    def __init__(self, process: "subprocess.Popen[str]", root: Path) -> None:
        self.process, self.root = process, root

    def __call__(self, verb: str, about: str = "", *, at: int = 0, seconds: float = 0) -> int:
        order = {"verb": verb, "root": str(self.root), "about": about, "at": at, "seconds": seconds}
        print(json.dumps(order), file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())


@pytest.fixture
def worker(tmp_path):
    command = [sys.executable, "-W", "ignore::DeprecationWarning:__main__", "-m", "tests.faults.release_worker"]
    alone = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # a child is forked, so no thread of numpy may be at work
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=HERE, env=alone, text=True, stdin=pipe, stdout=pipe) as process:
        yield Worker(process, tmp_path / "releases")


@pytest.fixture
def store(worker):
    """A store with two releases, the second of them published."""
    store = ReleaseStore(worker.root, CATALOGUE)
    for _ in range(2):
        store.publish(store.add([delivery(rows())], [division()], title="Proef"))
    return store


def whole(root: Path) -> ReleaseStore:
    """Return a store as a new process sees it, after looking at everything in it."""
    store = ReleaseStore(root, CATALOGUE)
    assert State.DAMAGED not in store.states().values()
    assert [finding for id in store.states() for finding in store.verify(id)] == []
    assert len(store.current().figures()) == 16
    return store


def leftovers(root: Path) -> list[str]:
    return [name for name in os.listdir(root) if name.startswith(".building-")]


def test_a_kill_at_any_step_of_making_a_release(worker, store):
    published, steps = store.published_id(), worker("add")
    assert steps > 20
    left = 0
    for at in range(1, steps + 1, EVERY):
        before = len(store.states())
        assert worker("add", at=at) == KILLED
        after = whole(worker.root)
        assert after.published_id() == published
        assert len(after.states()) - before in (0, 1)
        left += len(leftovers(worker.root)) > 0
    assert left > 1
    worker("add")
    assert leftovers(worker.root) == []


@pytest.mark.parametrize("verb", ["publish", "undo"])
def test_a_kill_at_any_step_of_the_switch(worker, store, verb):
    first, second = reversed(store.states())
    if verb == "publish":
        store.undo()
    old, new = (first, second) if verb == "publish" else (second, first)
    seen, at = set(), 0
    while True:
        at += 1
        ended = worker(verb, second, at=at)
        now = whole(worker.root).published_id()
        seen.add(now)
        assert now in (old, new)
        if ended != KILLED:
            break
        if now == new:
            worker("undo" if verb == "publish" else "publish", second)
    assert seen == {old, new}
    assert at > 6
    worker("add")
    assert leftovers(worker.root) == []


def test_a_kill_at_a_random_moment_loses_nothing_that_was_said_to_be_kept(worker, store, tmp_path):
    ledger, chance = tmp_path / "ledger", random.Random(2)
    for turn in range(MOMENTS):
        assert worker("churn", str(ledger), seconds=chance.uniform(0.02, 0.2) * (1 + 3 * turn / MOMENTS)) == KILLED
        after = whole(worker.root)
        kept = [line.split() for line in ledger.read_text().splitlines()] if ledger.exists() else []
        added = {id for verb, id in kept if verb == "add"}
        published = [id for verb, id in kept if verb == "publish"]
        assert added <= set(after.states())
        stack = [step["release"] for step in json.loads((worker.root / "published.json").read_text())["stack"]]
        assert [id for id in stack if id in published] == published
        assert not published or after.published_id() in (published[-1], stack[-1])
    assert len(ledger.read_text().splitlines()) > 2
    worker("add")
    assert leftovers(worker.root) == []
