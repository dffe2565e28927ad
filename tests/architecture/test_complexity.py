"""A function stays simple enough to read: its branches are counted where they live, in ternaries and comprehensions too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from radon.complexity import cc_visit
from radon.visitors import Function

from tests.architecture.conftest import Plant
from tests.architecture.reading import ROOT, files, package, shown

MAX_COMPLEXITY: Final = 10
EXCEPTIONS: Final[dict[str, str]] = {}  # path:function, and why it reads best in one piece


def complex_functions(root: Path) -> Iterator[str]:
    """Yield every function of the product above the bound, by its path and name."""
    for path in files(package(root), ".py"):
        if path.parent.name == "migrations":
            continue
        for block in cc_visit(path.read_text(encoding="utf-8")):
            if isinstance(block, Function) and block.complexity > MAX_COMPLEXITY:
                yield f"{shown(path, root)}:{block.fullname}"


def test_no_function_is_too_complex_without_a_reason() -> None:
    assert sorted(set(complex_functions(ROOT)) - set(EXCEPTIONS)) == []
    assert all(len(reason) > 20 for reason in EXCEPTIONS.values())


@pytest.mark.parametrize(
    "body",
    [
        "\n".join(f"    if x == {n}:\n        x += 1" for n in range(10)),
        "    return " + " if x else ".join(str(n) for n in range(11)),
        "    return [y for y in x if y], " + ", ".join("[y for y in x]" for _ in range(9)),
    ],
)
def test_a_planted_complex_function_is_caught(plant: Plant, body: str) -> None:
    root = plant("src/buurtbalans/site/a.py", f'"""A module."""\n\n\ndef f(x):\n{body}\n')
    assert list(complex_functions(root)) == ["src/buurtbalans/site/a.py:f"]
