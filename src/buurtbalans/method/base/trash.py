"""Withdrawing and restoring texts, and the trash: ninety days, as long as nothing else rests on a text."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.models import Withdrawable
from buurtbalans.method.base.panels import Words
from buurtbalans.method.base.verbs import declare_verb
from buurtbalans.method.base.versions import TextKind, thing_words

TRASH_PERIOD: Final = timedelta(days=90)  # how long a withdrawn text can be restored


def text_pair(
    model: type[Withdrawable],
    name: str,
    *,
    require: Callable[[Any, Any], None],
    withdrawn: Words,
    restored: Words,
    require_active: Callable[[Any], None] | None = None,
    require_restorable: Callable[[Any], None] | None = None,
    already: Words = "",
    restoring: Callable[[Any], AbstractContextManager[Any]] = nullcontext,
    settle: Callable[[Any, Any], None] | None = None,
    facts: Callable[[Any], dict[str, Any]] = lambda text: {},
) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Return the two actions that withdraw and restore a kind of text: `withdraw_x(by=…, x=…)` and `restore_x`.

    `name` is the keyword of the text and the end of both verbs. `require` refuses people who may do neither;
    `require_active` refuses to withdraw a text, `require_restorable` to restore one, and `already` is the refusal to
    restore one that is active. The text is restored inside `restoring`; `settle` updates, after either, what follows
    from the text. `withdrawn` and `restored` say in the audit trail what somebody did, with `facts` about the text.
    """
    app = model._meta.app_label

    def withdraw(*, by: Any, **named: Any) -> Any:
        text = named[name]
        require(by, text)
        if require_active is not None:
            require_active(text)
        text.withdraw(by=by)
        if settle is not None:
            settle(by, text)
        record(by=by, verb=f"{app}.withdraw_{name}", about=text, **facts(text))
        return text

    def restore(*, by: Any, **named: Any) -> Any:
        text = named[name]
        require(by, text)
        if require_restorable is not None:
            require_restorable(text)
        with restoring(text):
            if not text.restore() and already:
                raise ValidationError(str(already), code="there")
        if settle is not None:
            settle(by, text)
        record(by=by, verb=f"{app}.restore_{name}", about=text, **facts(text))
        return text

    for write, words in ((withdraw, withdrawn), (restore, restored)):
        write.__name__ = write.__qualname__ = f"{write.__name__}_{name}"
        write.__module__ = f"buurtbalans.method.{app}.actions"
        declare_verb(f"{app}.{write.__name__}", words)
    return action(withdraw), action(restore)


def dependents(text: Any, parts: tuple[str, ...] | None) -> list[str]:
    """Return what rests on a text and is not withdrawn along with it: the name of each kind of thing and how many."""
    if parts is None:
        return []
    names = []
    for relation in text._meta.related_objects:
        model = relation.related_model
        if model._meta.label_lower in parts:
            continue
        rows = model._default_manager.filter(**{relation.field.name: text})
        if any(field.name == "withdrawn_at" for field in model._meta.fields):
            rows = rows.filter(withdrawn_at__isnull=True)
        if number := rows.count():
            names.append(f"{thing_words(model)} ({number})")
    return names


def trash(kinds: Iterable[TextKind], viewer: Any, place: Any = None) -> list[tuple[TextKind, Any]]:
    """Return the withdrawn texts that the viewer may know of, the latest first; of one round, or of all places."""
    rows = []
    for kind in kinds:
        texts = kind.visible_to(viewer) if place is None else kind.visible_in(place, viewer)
        rows += [(kind, text) for text in texts.filter(withdrawn_at__isnull=False).select_related("withdrawn_by")]
    return sorted(rows, key=lambda row: row[1].withdrawn_at, reverse=True)
