"""Writes that work on every kind of text: withdraw, restore, revert, erase, and empty the trash."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.models import EditConflict, PastVersion, Text
from buurtbalans.method.base.rules import require_can_edit, require_can_withdraw, require_no_dependents
from buurtbalans.method.base.trash import TRASH_PERIOD
from buurtbalans.method.base.versions import Edit, TextKind, versions_of


@action(gettext_lazy("heeft een tekst ingetrokken"))
def withdraw_text(*, by: AbstractBaseUser, text: Text, kind: TextKind) -> Text:
    """Take a text from everybody's screen, with the parts that belong to it; it can be restored as it was."""
    require_can_withdraw(by, text, kind)
    require_no_dependents(text, kind)
    if kind.withdraw is not None:
        kind.withdraw(by=by, of=text)
    elif not text.withdraw(by=by):
        raise EditConflict(text)
    record(by=by, verb="base.withdraw_text", about=text)
    return text


@action(gettext_lazy("heeft een tekst hersteld"))
def restore_text(*, by: AbstractBaseUser, text: Text, kind: TextKind) -> Text:
    """Put a withdrawn text back as it was."""
    require_can_withdraw(by, text, kind)
    if kind.restore is not None:
        kind.restore(by=by, of=text)
    elif not text.restore():
        raise ValidationError(_("Deze tekst staat er al."), code="there")
    record(by=by, verb="base.restore_text", about=text)
    return text


@action(gettext_lazy("heeft een eerdere tekst hersteld"))
def revert_text(*, by: AbstractBaseUser, text: Text, kind: TextKind, version: int, now: int) -> Text:
    """Make a text again what it was in an earlier version: a new version, by the action and rules of its app.

    `now` is the version that was read: a text that changed meanwhile is a conflict.
    """
    require_can_edit(by, text, kind)
    earlier = next((candidate for candidate in versions_of(text, kind) if candidate.number == version), None)
    if earlier is None or not earlier.whole:
        raise ValidationError(_("Deze versie bestaat niet meer, omdat die is gewist."), code="gone")
    if now != text.version:
        raise EditConflict(text)
    before = text.version
    for edit in kind.edits:
        _write_again(by, text, edit, earlier.values)
    if text.version == before:
        raise ValidationError(_("Dit is al de tekst van nu."), code="same")
    record(by=by, verb="base.revert_text", about=text, version=text.version)
    return text


def _write_again(by: AbstractBaseUser, text: Text, edit: Edit, values: dict[str, Any]) -> None:
    """Write the fields of one edit with earlier values, if they differ from the current ones."""
    fields: dict[str, Any] = {name: text._meta.get_field(name) for name in edit.fields}
    if all(fields[name].value_from_object(text) == values[name] for name in edit.fields):
        return
    arguments = {}
    for name, field in fields.items():
        value = values[name]
        arguments[name] = field.related_model._base_manager.get(pk=value) if field.is_relation and value else value
    edit.write(by=by, of=text, version=text.version, **arguments)
    text.refresh_from_db()


@action(gettext_lazy("heeft een eerdere versie gewist"))
def erase_version(*, by: AbstractBaseUser, text: Text, kind: TextKind, version: int) -> None:
    """Erase the content of a past version, for what should never have been written; the current text remains."""
    require_can_edit(by, text, kind)
    past = text.past.filter(version=version, erased_at=None).first()
    if past is None:
        raise ValidationError(_("Deze versie bestaat niet meer, omdat die is gewist."), code="gone")
    past.fields, past.erased_at = dict.fromkeys(past.fields), timezone.now()
    past.save(update_fields=["fields", "erased_at"])
    record(by=by, verb="base.erase_version", about=text, version=version)


@action(gettext_lazy("heeft de prullenbak geleegd"))
def empty_trash(*, by: None, kinds: Iterable[TextKind], now: datetime | None = None) -> int:
    """Erase the texts whose time in the trash is over, with all their versions; return how many."""
    kinds, withdrawn_before, erased = list(kinds), (now or timezone.now()) - TRASH_PERIOD, 0
    for kind in kinds:
        for text in kind.model._base_manager.filter(withdrawn_at__lt=withdrawn_before):
            erased += _erase(text)
    for kind in kinds:
        existing = {f"{kind.label}:{pk}" for pk in kind.model._base_manager.values_list("pk", flat=True)}
        past = PastVersion.objects.filter(about__startswith=f"{kind.label}:")
        orphans = set(past.values_list("about", flat=True)) - existing
        PastVersion.objects.filter(about__in=orphans).delete()
    record(by=by, verb="base.empty_trash", texts=erased)
    return erased


def _erase(text: Text) -> bool:
    """Delete a text; a row that something else still needs is emptied instead. Return whether anything was erased."""
    text.past.delete()
    try:
        with transaction.atomic():
            text.delete()
    except models.ProtectedError:
        return _blank(text)
    return True


def _blank(text: Text) -> bool:
    fields = [
        field
        for field in text._meta.fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique
    ]
    blank = {field.name: "" if field.blank else "–" for field in fields}
    rows = type(text)._base_manager.filter(pk=text.pk).exclude(**blank)
    return bool(rows.update(**blank))


@action(gettext_lazy("heeft bevestigd dat in een tekst niemand te herkennen is"))
def confirm_anonymous(*, by: AbstractBaseUser, about: models.Model | None, kinds: Iterable[str]) -> None:
    """Record that somebody saw what may identify a person in a text and said that it does not; never the words."""
    record(by=by, verb="base.confirm_anonymous", about=about, kinds=sorted(set(kinds)))
