"""Pages about every kind of text: its history, and the trash."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buurtbalans.method.base import actions
from buurtbalans.method.base.models import EditConflict
from buurtbalans.method.base.pages import back_or
from buurtbalans.method.base.trash import TRASH_PERIOD
from buurtbalans.method.base.trash import trash as trashed
from buurtbalans.method.base.versions import TextKind, thing_words
from buurtbalans.method.base.versions import history as history_of

Kinds = Mapping[str, TextKind]


@dataclass(frozen=True)
class TrashPlace:
    """The round whose trash a page shows: its key, its name, and the crumbs back to it."""

    key: Any
    name: str
    crumbs: list[tuple[Any, str]]


def find_text(request: HttpRequest, kinds: Kinds, label: str, pk: int) -> tuple[TextKind, Any]:
    """Return a text with its kind; a withdrawn one exists only for who may restore it."""
    if label not in kinds:
        raise Http404
    kind = kinds[label]
    text = get_object_or_404(kind.visible_to(request.user), pk=pk)
    if text.withdrawn_at is not None and not kind.can_withdraw(request.user, text):
        raise Http404
    return kind, text


@require_safe
@login_required
def history(request: HttpRequest, label: str, pk: int, kinds: Kinds) -> HttpResponse:
    """Show who changed what in a text and when, word by word, with the way back to each version."""
    return _history(request, *find_text(request, kinds, label, pk))


def _history(request: HttpRequest, kind: TextKind, text: Any, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    if not hasattr(text, "past"):
        raise Http404
    versions, kept_back = history_of(text, kind, request.user)
    context = {
        "text": text,
        "thing": thing_words(kind.model),
        "versions": versions,
        "kept_back": kept_back,
        "may_edit": text.withdrawn_at is None and kind.may_edit(request.user, text),
        "may_back": bool(kind.edits),
        "may_take": kind.can_withdraw(request.user, text),
        "stays": kind.stays,
        "withdrawn_by": kind.name_of(text.withdrawn_by, text, request.user),
        "url": kind.url(text),
    }
    return render(request, "base/history.html", context, status=status)


def _changed(
    request: HttpRequest, kinds: Kinds, label: str, pk: int, write: Callable[..., Any], done: str, **more: Any
) -> HttpResponse:
    """Do something with a text and go to its page; a refusal is said there, a conflict shows what stands now."""
    kind, text = find_text(request, kinds, label, pk)
    try:
        write(by=request.user, text=text, kind=kind, **more)
    except EditConflict:
        messages.error(request, _("Iemand anders heeft deze tekst net gewijzigd. Bekijk eerst wat er nu staat."))
        return _history(request, *find_text(request, kinds, label, pk), status=HTTPStatus.CONFLICT)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, done)
    return redirect("history", label, pk)


@require_POST
@login_required
def revert_text(request: HttpRequest, label: str, pk: int, kinds: Kinds) -> HttpResponse:
    """Make a text what it was in an earlier version."""
    asked = {name: int(request.POST[name]) if request.POST.get(name, "").isdecimal() else 0 for name in ("to", "now")}
    return _changed(
        request,
        kinds,
        label,
        pk,
        actions.revert_text,
        _("De eerdere tekst is hersteld en is nu de huidige versie."),
        version=asked["to"],
        now=asked["now"],
    )


@require_POST
@login_required
def erase_version(request: HttpRequest, label: str, pk: int, number: int, kinds: Kinds) -> HttpResponse:
    """Erase what stood in one past version."""
    return _changed(
        request,
        kinds,
        label,
        pk,
        actions.erase_version,
        _("Deze versie is gewist, en dat kan niet worden hersteld."),
        version=number,
    )


@require_POST
@login_required
def withdraw_text(request: HttpRequest, label: str, pk: int, kinds: Kinds) -> HttpResponse:
    """Take a text away; the message offers to bring it back."""
    kind, text = find_text(request, kinds, label, pk)
    try:
        actions.withdraw_text(by=request.user, text=text, kind=kind)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(back_or(request, kind.url(text)))
    except EditConflict:
        messages.error(request, _("Deze tekst was al ingetrokken."))
    else:
        undo = resolve_url("restore_text", label, pk)
        messages.success(request, _("De tekst staat nu 90 dagen in de prullenbak."), extra_tags=undo)
    return redirect(back_or(request, kind.list_page(text)))


@require_POST
@login_required
def restore_text(request: HttpRequest, label: str, pk: int, kinds: Kinds) -> HttpResponse:
    """Bring a withdrawn text back, and show it where it stands."""
    kind, text = find_text(request, kinds, label, pk)
    try:
        actions.restore_text(by=request.user, text=text, kind=kind)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    except EditConflict:
        messages.error(request, _("Iemand anders heeft deze tekst net gewijzigd. Bekijk eerst wat er nu staat."))
    else:
        messages.success(request, _("De tekst is hersteld, dus u ziet die weer op de pagina."))
    return redirect(back_or(request, kind.list_page(text)))


@require_safe
@login_required
def trash(
    request: HttpRequest,
    kinds: Kinds,
    slug: str = "",
    place: Callable[[HttpRequest, str], TrashPlace] | None = None,
    home: tuple[str, Any] | None = None,
) -> HttpResponse:
    """Show what was withdrawn, by whom and when; its text only to people who may restore it."""
    here = place(request, slug) if place else None
    items = trashed(kinds.values(), request.user, here.key if here else None)
    rows = [
        {
            "label": kind.label,
            "thing": thing_words(kind.model),
            "text": text,
            "known": here is not None and kind.round_filter is None,
            "may_take": kind.can_withdraw(request.user, text),
            "versions": hasattr(text, "past"),
            "until": text.withdrawn_at + TRASH_PERIOD,
            "withdrawn_by": kind.name_of(text.withdrawn_by, text, request.user),
        }
        for kind, text in items
    ]
    rows = [row for row in rows if row["known"] or row["may_take"]]
    crumbs = here.crumbs if here else [(home[1], resolve_url(home[0]))] if home else []
    return render(request, "base/trash.html", {"here": here, "crumbs": crumbs, "rows": rows})
