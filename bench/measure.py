"""Runs one side of a line in a process of its own and takes what the whole process cost."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

TIMES = 5
# Set on some machines: the first two slow a current numpy down, the last has our modules compiled anew in every run.
SLOWING = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: its answer, CPU seconds of the whole process and its peak memory."""

    answer: str
    cpu: float
    megabytes: float


@dataclass(slots=True)
class Side:
    """All runs of one side."""

    name: str
    costs: list[Cost] = field(default_factory=list)

    @property
    def cpu(self) -> float:
        """Return the median of the CPU seconds."""
        return median(cost.cpu for cost in self.costs)

    @property
    def megabytes(self) -> float:
        """Return the highest peak of memory."""
        return max(cost.megabytes for cost in self.costs)


class Unequal(Exception):
    """Two sides gave different answers; their times mean nothing."""


def once(module: str, side: str, arguments: list[str], python: Path | None = None) -> Cost:
    """Run `python -m MODULE SIDE …`, which prints its answer, and return what it cost.

    With `python` it is the peer's, and MODULE a file. Both sides start from compiled modules, as installed ones do.
    """
    environment = {name: value for name, value in os.environ.items() if name not in SLOWING}
    environment["OPENBLAS_NUM_THREADS"] = "1"  # as the command `buurtbalans` has it; the peers spare as much
    environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / f"buurtbalans-bench-{os.getpid()}")
    command = [str(python), module] if python else [sys.executable, "-m", module]
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([*command, side, *arguments], stdout=said, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{module} {side} ended with {process.returncode}")
        said.seek(0)
        return Cost(said.read().strip(), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def peers() -> Path | None:
    """Return the Python of the peers, which `make bench` installs beside the product's, or None."""
    folder = Path(sys.prefix) / "peers"
    return folder / "bin" / "python" if (folder / "installed").exists() else None


def beside(module: str, sides: tuple[str, str], arguments: list[str]) -> tuple[Side, Side]:
    """Run both sides in turn, so that a noisy moment hits both, and make sure that they agree."""
    product, peer = Side(sides[0]), Side(sides[1])
    for _ in range(TIMES):
        for side in (product, peer):
            side.costs.append(once(module, side.name, arguments))
    answers = {cost.answer for side in (product, peer) for cost in side.costs}
    if len(answers) != 1:
        raise Unequal(f"{module}: {sorted(answers)}")
    return product, peer


def shared(name: str) -> Path | None:
    """Return a file of the real data beside this checkout, or None."""
    beside_us = Path(__file__).resolve().parents[2] / "shared" / "data"
    path = Path(os.environ.get("BUURTBALANS_SHARED", beside_us)) / name
    return path if path.exists() else None
