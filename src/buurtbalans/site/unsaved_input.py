"""What somebody typed is shown back when it cannot be saved: the text was withdrawn, the session ended, a role went."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.defaults import page_not_found

from buurtbalans.method.base.actions import restore_text
from buurtbalans.method.base.forms import GuardedForm
from buurtbalans.method.base.models import EditConflict
from buurtbalans.method.base.trash import TRASH_PERIOD
from buurtbalans.method.base.versions import TextKind, thing_words
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.rules import may_in
from buurtbalans.site.texts import withdrawn_text

BRING_BACK: Final = "zet_terug"  # the button that brings the text back and then saves what was typed


@dataclass(frozen=True, slots=True)
class UnsavedText:
    """A text that somebody typed, with the question that it answers."""

    label: "str | Promise"
    text: str


def _sheets(base: type[GuardedForm] = GuardedForm) -> Iterator[type[GuardedForm]]:
    for sheet in base.__subclasses__():
        yield sheet
        yield from _sheets(sheet)


def _questions(sheet: type[GuardedForm]) -> dict[str, "str | Promise"]:
    """Return the fields of a form in which one types a text, whatever may stand in it."""
    fields: dict[str, forms.Field] = sheet.base_fields
    return {name: field.label or _("Uw tekst") for name, field in fields.items() if isinstance(field, forms.CharField)}


def unsaved_texts(request: HttpRequest) -> list[UnsavedText]:
    """Return what was typed in the form that was sent: its own words, to who sent them, whoever that is.

    Which form it was follows from the names of its fields; where forms that fit as well ask something else, no
    question is shown rather than a wrong one.
    """
    if request.method != "POST":
        return []
    sent = set(request.POST)
    sheets = list(_sheets())
    most = max(len(sent & set(sheet.base_fields)) for sheet in sheets)
    labels: dict[str, set[str | Promise]] = {}
    for sheet in sheets:
        if len(sent & set(sheet.base_fields)) == most:
            for name, label in _questions(sheet).items():
                labels.setdefault(name, set()).add(label)
    return [
        UnsavedText(next(iter(asked)) if len(asked) == 1 else _("Uw tekst"), request.POST[name])
        for name, asked in labels.items()
        if request.POST.get(name, "").strip()
    ]


@never_cache
@require_safe
@login_required
def typing_key(request: HttpRequest) -> HttpResponse:
    """Give the browser what it locks unsaved text with: only who signs in again as the same person can read it.

    It stands in no page, so that the page which Back shows after a session has no key in it.
    """
    assert isinstance(request.user, Person)
    key = salted_hmac("buurtbalans.typing", request.user.get_session_auth_hash(), algorithm="sha256").hexdigest()
    return HttpResponse(key, content_type="text/plain")


class UnsavedInputMiddleware:
    """Never answers a form with less than what was typed in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        to = getattr(response, "url", "")
        asked_in = to.startswith(reverse("login")) and not request.user.is_authenticated
        if request.method == "POST" and asked_in and unsaved_texts(request):
            return render(request, "site/signed_out.html", {"sign_in": to}, status=HTTPStatus.FORBIDDEN)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Bring the text back first, when that was asked, so that what was typed is saved as it would have been."""
        if request.method != "POST" or BRING_BACK not in request.POST or request.resolver_match is None:
            return
        notice = withdrawn_text(request.resolver_match, request.user)
        if notice and isinstance(request.user, Person):
            with suppress(ValidationError, PermissionDenied, EditConflict):
                restore_text(by=request.user, text=notice[1], kind=notice[0])

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say what was withdrawn while somebody was writing; to who may not know of it, it is not there."""
        if (
            request.method != "POST"
            or not isinstance(exception, Http404 | EditConflict)
            or request.resolver_match is None
        ):
            return None
        notice = withdrawn_text(request.resolver_match, request.user)
        if notice and unsaved_texts(request):
            return _withdrawn(request, *notice)
        return page_not_found(request, Http404()) if isinstance(exception, EditConflict) else None


def _withdrawn(request: HttpRequest, kind: TextKind, text: Any) -> HttpResponse:
    slug = request.resolver_match.kwargs.get("slug") if request.resolver_match else None
    round = Round.objects.visible_to(request.user).filter(slug=slug).first()
    kept = [(key, value) for key in request.POST for value in request.POST.getlist(key)]
    context = {
        "text": text,
        "thing": thing_words(kind.model),
        "may_take": kind.can_withdraw(request.user, text),
        "withdrawn_by": kind.name_of(text.withdrawn_by, text, request.user),
        "until": text.withdrawn_at + TRASH_PERIOD,
        "bring_back": BRING_BACK,
        "round": round,
        "kept": [(key, value) for key, value in kept if key not in ("csrfmiddlewaretoken", BRING_BACK)],
        "may_park": round is not None and may_in(request.user, Permission.CLAIM, round),
        "home": resolve_url("rounds:round", round.slug) if round else resolve_url("rounds:list"),
    }
    return render(request, "site/withdrawn.html", context, status=HTTPStatus.CONFLICT)
