"""Audited writes: what makes a function an action, the row that it records, and whether the audit trail is whole."""

import inspect
import json
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar, overload

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.models import AuditHead, AuditRow
from buurtbalans.method.base.verbs import app_of, declare_verb

P = ParamSpec("P")
R = TypeVar("R")
_rows: ContextVar[list[int]] = ContextVar("audit rows of the running action")


class NotAudited(Exception):
    """An action ended without an audit row: no row, no write."""


@overload
def action(words: Callable[P, R]) -> Callable[P, R]: ...


@overload
def action(words: str | Promise) -> Callable[[Callable[P, R]], Callable[P, R]]: ...


def action(words: Any) -> Any:
    """Make a function an action: one transaction, and rolled back unless it recorded at least one audit row.

    `words` say in the audit trail what somebody did: `@action(gettext_lazy("heeft een levering gedeeld"))`. Its verb is the app
    and the name of the function, "datasets.share".
    """
    if callable(words):
        return _audited(words)

    def declare(write: Callable[P, R]) -> Callable[P, R]:
        declare_verb(f"{app_of(write.__module__)}.{write.__name__}", words)
        return _audited(write)

    return declare


def _audited(write: Callable[P, R]) -> Callable[P, R]:
    parameters = inspect.signature(write).parameters
    if "by" not in parameters or any(
        p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in parameters.values()
    ):
        raise TypeError(f"{write.__qualname__}: an action takes keywords only, and says who acts with `by`")

    @wraps(write)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        token = _rows.set([])
        try:
            with transaction.atomic():
                result = write(*args, **kwargs)
                if not _rows.get():
                    raise NotAudited(f"{write.__module__}.{write.__qualname__}")
                return result
        finally:
            _rows.reset(token)

    run.is_action = True  # type: ignore[attr-defined]
    return run


def record(*, by: AbstractBaseUser | None, verb: str, about: models.Model | None = None, **detail: Any) -> AuditRow:
    """Append a row to the audit trail inside the running action; `detail` holds ids and short facts, no content."""
    with transaction.atomic():
        head, _created = AuditHead.objects.select_for_update().get_or_create(only=1)
        row = AuditRow(
            sequence=head.sequence + 1,
            actor_id=by.pk if by is not None else None,
            verb=verb,
            about=f"{about._meta.label_lower}:{about.pk}" if about is not None else "",
            detail=json.loads(json.dumps(detail, allow_nan=False)),
            previous=head.digest,
        )
        row.digest = row.seal()
        row.save(force_insert=True)
        head.sequence, head.digest = row.sequence, row.digest
        head.save(update_fields=["sequence", "digest"])
    rows = _rows.get(None)
    if rows is not None:
        rows.append(row.sequence)
    return row


def audit_trail(*, apps: tuple[str, ...] = (), actor: str = "") -> "models.QuerySet[AuditRow]":
    """Return the audit trail, newest first, of some apps of the method or of one person."""
    rows = AuditRow.objects.select_related("actor").order_by("-sequence")
    if apps:
        rows = rows.filter(models.Q(*[("verb__startswith", f"{app}.") for app in apps], _connector=models.Q.OR))
    return rows.filter(actor__username=actor) if actor else rows


@dataclass(frozen=True)
class AuditBreak:
    """The first place where the audit trail differs from what was written."""

    sequence: int
    why: "str | Promise"


def audit_head() -> tuple[int, str]:
    """Return the number and the seal of the last audit row, for an outsider to keep."""
    head = AuditHead.objects.first()
    return (head.sequence, head.digest) if head else (0, "")


def verify_audit(*, head: tuple[int, str] | None = None) -> AuditBreak | None:
    """Walk the whole audit trail and return its first broken row, or None when it is whole.

    `head` is a sequence number and seal that an outsider kept earlier: it also finds a trail that was rewritten
    from end to end. Rows may be added while this runs.
    """
    try:
        return _walk(promised={pair for pair in (audit_head(), head) if pair})
    except (ValueError, TypeError):
        return AuditBreak(_first_unreadable(), _("deze regel is niet te lezen"))


def _walk(promised: set[tuple[int, str]]) -> AuditBreak | None:
    last, seal = 0, ""
    promised.discard((last, seal))
    for row in AuditRow.objects.order_by("sequence").iterator(chunk_size=2000):
        if why := _fault(row, last, seal):
            return AuditBreak(min(row.sequence, last + 1), why)
        last, seal = row.sequence, row.digest
        promised.discard((last, seal))
    end = audit_head()
    if last > end[0] or (last == end[0] and seal != end[1]):
        return AuditBreak(last, _("deze regel is er van buiten bijgezet"))
    if promised:
        first = min(promised)[0]
        why = _("deze regel is niet die van het zegel") if first <= last else _("deze regel ontbreekt")
        return AuditBreak(first, why)
    return None


def _fault(row: AuditRow, last: int, seal: str) -> "str | Promise":
    if row.sequence != last + 1:
        return _("hier ontbreekt een regel")
    if row.previous != seal:
        return _("deze regel sluit niet aan op de vorige")
    return _("deze regel is veranderd") if row.digest != row.seal() else ""


def _first_unreadable() -> int:
    """Return the first row that cannot be read; a database driver fails for many rows at once."""
    for sequence in AuditRow.objects.order_by("sequence").values_list("sequence", flat=True):
        try:
            AuditRow.objects.get(sequence=sequence)
        except (ValueError, TypeError):
            return sequence
    return 0
