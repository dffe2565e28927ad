"""The trash: what was withdrawn can be restored for ninety days, unless something else still rests on it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from buurtbalans.method.base.versions import TextKind, thing_words

TRASH_PERIOD: Final = timedelta(days=90)  # how long a withdrawn text can be restored


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
