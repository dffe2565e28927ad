"""Every destructive act can be undone, and then all is as it was before; what cannot says why."""

import ast
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from buurtbalans.method.datasets.queries.releases import store
from buurtbalans.method.people import actions as people
from tests.method.undoing import ACTS, DESTRUCTIVE, Act
from tests.site.conftest import content, standing_content, waterdam, waterdam_folder
from tests.site.content_fixtures import Content

__all__ = ["content", "standing_content", "waterdam", "waterdam_folder"]  # fixtures
METHOD = Path(people.__file__).parent.parent
LOGS = {
    "auditrow",
    "audithead",
    "pastversion",
    "publication",
}  # they only grow: what was done and undone stays to be read
TOLD = {"id", "version", "edited_at", "edited_by_id", "true_on"}  # who wrote last, and when it was last said to be true
UNDONE = [act for act in ACTS if act.undo and not act.why]


def state(beside: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Return all that the method knows, without the numbers of rows, the logs and who wrote last."""
    found = {"release": [str(store().published_id())]}
    for config in apps.get_app_configs():
        if not config.name.startswith("buurtbalans.method"):
            continue
        for model in config.get_models(include_auto_created=True):
            if model._meta.model_name not in LOGS:
                rows: Any = model._base_manager.values()
                left_out = TOLD | set(beside)
                kept = [
                    sorted((name, str(value)) for name, value in row.items() if name not in left_out) for row in rows
                ]
                found[model._meta.label] = sorted(map(str, kept))
    return found


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("act", UNDONE, ids=[act.name for act in UNDONE])
def test_what_is_undone_is_as_it_was(content: Content, act: Act) -> None:
    thing = act.of(content)
    before = state(act.beside)
    act.do(content, thing)
    assert state(act.beside) != before, "nothing was done"
    assert act.undo is not None
    act.undo(content, thing)
    after = state(act.beside)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    content.restore()


def actions_of(root: Path) -> set[str]:
    """Return every public action, as its app and its name."""
    found = set()
    for path in [*root.glob("*/actions.py"), *root.glob("*/actions/*.py")]:
        app = path.relative_to(root).parts[0]
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.decorator_list:
                found.add(f"{app}.{node.name}")
            if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("text_pair("):
                found |= {f"{app}.{ast.unparse(name)}" for name in node.targets[0].elts}
    return found


def missing(root: Path) -> set[str]:
    """Return every destructive action that is not in the table."""
    named = {act.name for act in ACTS}
    return {name for name in actions_of(root) if name.partition(".")[2].startswith(DESTRUCTIVE)} - named


def test_every_destructive_action_is_in_the_table() -> None:
    assert missing(METHOD) == set()
    assert {act.name for act in ACTS} <= actions_of(METHOD)
    assert len({act.name for act in ACTS}) == len(ACTS)


def test_a_planted_destructive_action_is_caught(tmp_path: Path) -> None:
    (tmp_path / "rounds").mkdir()
    (tmp_path / "rounds" / "actions.py").write_text("@action\ndef withdraw_everything(*, by): ...\n")
    assert missing(tmp_path) == {"rounds.withdraw_everything"}


def test_what_has_no_way_back_is_little_and_says_why() -> None:
    final = {act.name for act in ACTS if act.why}
    assert all(act.why or act.undo for act in ACTS)
    assert final == {
        "base.erase_version",
        "base.empty_trash",
        "datasets.tidy",
        "datasets.discard",
        "datasets.remove_from_release",
        "rounds.end_agreement",
        "rounds.withdraw_signature",
        "placements.erase_batches",
        "placements.remove_batch",
    }
