"""Every write is an action: by name, by keyword, and by somebody."""

import ast
from pathlib import Path

import pytest

from tests.architecture.conftest import Plant
from tests.architecture.reading import ROOT, package, parsed, shown


def decorators(node: ast.FunctionDef) -> set[str]:
    """Return the names of a function's decorators."""
    return {ast.unparse(found).split("(")[0].rpartition(".")[2] for found in node.decorator_list}


def faults(node: ast.FunctionDef) -> list[str]:
    """Return what a public function of actions.py lacks."""
    named = node.args.posonlyargs or node.args.args or node.args.vararg
    return [
        word
        for lacks, word in [
            ("action" not in decorators(node), "is no @action"),
            (bool(named), "takes arguments without their names"),
            ("by" not in {argument.arg for argument in node.args.kwonlyargs}, "does not say by whom"),
        ]
        if lacks
    ]


def not_actions(root: Path) -> list[str]:
    """Return every public function in an actions.py that breaks the pattern."""
    return [
        f"{shown(path, root)}: {node.name} {fault}"
        for path in sorted([*package(root).glob("method/*/actions.py"), *package(root).glob("method/*/actions/*.py")])
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        for fault in faults(node)
    ]


def test_every_public_function_in_actions_is_one() -> None:
    assert not_actions(ROOT) == []


@pytest.mark.parametrize(
    "text",
    [
        "def tell(*, by, text): ...",
        "@action\ndef tell(text, *, by): ...",
        "@action\ndef tell(*, text): ...",
        "@transaction.atomic\ndef tell(*, by): ...",
    ],
)
def test_a_planted_write_is_caught(plant: Plant, text: str) -> None:
    assert len(not_actions(plant("src/buurtbalans/method/stories/actions.py", text))) == 1


def test_a_write_in_a_package_of_actions_is_caught(plant: Plant) -> None:
    assert len(not_actions(plant("src/buurtbalans/method/stories/actions/telling.py", "def tell(*, by): ..."))) == 1


def test_an_action_passes(plant: Plant) -> None:
    assert not_actions(plant("src/buurtbalans/method/stories/actions.py", "@action\ndef tell(*, by, text): ...")) == []
