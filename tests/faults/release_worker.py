"""A worker that does something to a store in a child process and is killed half way, when it is told to."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from buurtbalans.figures.catalogue import reader
from buurtbalans.figures.release.store import ReleaseStore
from tests.figures.release_parts import CATALOGUE, delivery, division, rows

STEPS = ("fsync", "rename", "replace", "chmod", "mkdir", "open", "close")


def kill_at(last: int) -> list[int]:
    """Kill this process just before its `last`-th step on the disk; return the count, which grows with every step."""
    count = [0]

    def counted(step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            count[0] += 1
            if count[0] == last:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*args, **kwargs)

        return run

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
    return count


def add(store: ReleaseStore, _: str) -> None:
    """Make a release."""
    store.add([delivery(rows())], [division()], title="Proef")


def publish(store: ReleaseStore, id: str) -> None:
    """Publish a release."""
    store.publish(id)


def undo(store: ReleaseStore, _: str) -> None:
    """Go one release back."""
    store.undo()


def churn(store: ReleaseStore, ledger: str) -> None:
    """Make and publish releases without end, and write down each one that is said to be kept."""
    with Path(ledger).open("ab", buffering=0) as file:
        while True:
            id = store.add([delivery(rows())], [division()], title="Proef")
            file.write(f"add {id}\n".encode())
            store.publish(id)
            file.write(f"publish {id}\n".encode())


def work(verb: str, root: str, about: str, at: int) -> int:
    """Do what was asked in this process and return the number of steps."""
    store = ReleaseStore(Path(root), CATALOGUE)
    count = kill_at(at)
    {"add": add, "publish": publish, "undo": undo, "churn": churn}[verb](store, about)
    return count[0]


def main() -> None:
    """Take orders from standard input, one JSON object a line, and answer how the child ended."""
    reader.catalogue()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            os._exit(min(work(order["verb"], order["root"], order["about"], order["at"]), 250))
        if order["seconds"]:
            time.sleep(order["seconds"])
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
