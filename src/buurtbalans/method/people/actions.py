"""Writes about people, and the pattern of every write in the method: keyword-only, `by=`, atomic, audited."""

import hashlib
import json
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, models, transaction

from .models import AuditRow, Circle, CircleKind, Membership, Organisation, Person
from .permissions import Role

P = ParamSpec("P")
R = TypeVar("R")
_rows: ContextVar[list[int]] = ContextVar("audit rows of the running action")


class NotAudited(Exception):
    """An action ended without an audit row: no row, no write."""


def action(write: Callable[P, R]) -> Callable[P, R]:
    """Make a function an action: one transaction, and rolled back unless it recorded at least one audit row."""

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


def digest_of(row: AuditRow) -> str:
    """Return the seal of an audit row: sha256 over its content and the seal before it."""
    content = json.dumps(
        [row.previous, row.actor_id, row.verb, row.about, row.detail], sort_keys=True, ensure_ascii=False
    )
    return hashlib.sha256(content.encode()).hexdigest()


def record(*, by: Person | None, verb: str, about: models.Model | None = None, **detail: Any) -> AuditRow:
    """Append a row to the audit trail inside the running action; `detail` holds ids and short facts, no content."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(724001)")
    last = AuditRow.objects.order_by("-pk").first()
    row = AuditRow(
        actor=by,
        verb=verb,
        about=f"{about._meta.label_lower}:{about.pk}" if about is not None else "",
        detail=detail,
        previous=last.digest if last else "",
    )
    row.digest = digest_of(row)
    row.save()
    rows = _rows.get(None)
    if rows is not None:
        rows.append(row.pk)
    return row


@action
def public_circle(*, by: Person | None) -> Circle:
    """Return the circle of everybody, made on first use."""
    circle, made = Circle.objects.get_or_create(kind=CircleKind.PUBLIC, defaults={"name": "Iedereen"})
    record(by=by, verb="people.public_circle", about=circle, made=made)
    return circle


@action
def add_organisation(*, by: Person | None, slug: str, name: str, kind: str) -> Organisation:
    """Add an organisation with its own circle."""
    organisation = Organisation.objects.create(slug=slug, name=name, kind=kind)
    Circle.objects.create(
        kind=CircleKind.ORGANISATION, name=name, organisation=organisation, within=public_circle(by=by)
    )
    record(by=by, verb="people.add_organisation", about=organisation)
    return organisation


@action
def add_person(
    *, by: Person | None, username: str, first_name: str, last_name: str, organisation: Organisation | None, password: str | None
) -> Person:
    """Add a person; without password the account can only be entered by a demo button."""
    person = Person(username=username, first_name=first_name, last_name=last_name, organisation=organisation)
    person.set_password(password)
    person.save()
    record(by=by, verb="people.add_person", about=person)
    return person


@action
def grant(*, by: Person | None, person: Person, role: Role, circle: Circle | None = None) -> Membership:
    """Give a person a role in a circle, or on the platform."""
    membership, _ = Membership.objects.get_or_create(person=person, role=role, circle=circle)
    record(by=by, verb="people.grant", about=membership, role=role)
    return membership
