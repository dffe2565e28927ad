"""The kinds of page that every app has: one that only reads, and one with a form, with its one handler."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from buurtbalans.method.base.actions import confirm_anonymous
from buurtbalans.method.base.forms import GuardedForm
from buurtbalans.method.base.models import EditConflict
from buurtbalans.method.base.versions import differences

read_only = require_safe
form_page = require_http_methods(["GET", "HEAD", "POST"])


def back_or(request: HttpRequest, page: str) -> str:
    """Return the address that a form asked to go back to, if it is one of ours; else the page."""
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if back and ours else resolve_url(page)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return the data of a form: what was sent, or None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def handle_form(
    request: HttpRequest,
    form: GuardedForm,
    write: Callable[[dict[str, Any]], Any],
    template: str,
    context: Mapping[str, Any],
    *,
    to: Callable[[Any], str],
    done: str | Callable[[Any], str],
    undo: Callable[[Any], str] = lambda result: "",
) -> HttpResponse:
    """Answer a form page. A refusal keeps what was typed (422); somebody else's change shows both texts (409)."""
    if form.is_bound and form.is_valid():
        try:
            result = _write_with_confirmation(request, form, write)
        except EditConflict as conflict:
            if conflict.current.withdrawn_at is not None:
                raise  # the front door says what was withdrawn, and shows what was typed
            return both_texts(request, form, conflict)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, done(result) if callable(done) else done, extra_tags=undo(result))
            return redirect(to(result))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, template, {**context, "form": form}, status=status)


@transaction.atomic
def _write_with_confirmation(request: HttpRequest, form: GuardedForm, write: Callable[[dict[str, Any]], Any]) -> Any:
    """Write the values of a form, with an audit row of the words that somebody confirmed to identify nobody."""
    result = write(dict(form.cleaned_data))
    if form.confirmed_kinds:
        about = result if isinstance(result, models.Model) else None
        confirm_anonymous(by=request.user, about=about, kinds=form.confirmed_kinds)  # type: ignore[arg-type]
    return result


def handle_button(
    request: HttpRequest,
    write: Callable[[], Any],
    *,
    to: str | Callable[[], str],
    done: Any,
    undo: str | Callable[[Any], str] = "",
    conflict: Any = "",
    refused_to: str = "",
) -> HttpResponse:
    """Answer a button that does one thing: done, with the way back in the message, or refused with words.

    `to` is the next page, computed after the write when it is a function; `done` and `undo` may depend on the result
    of the write. `conflict` is the refusal when somebody else changed the text first; `refused_to` is the page after
    a refusal, when that is another one.
    """
    refused = False
    try:
        result = write()
    except ValidationError as refusal:
        refused = True
        messages.error(request, " ".join(refusal.messages))
    except EditConflict:
        if not conflict:
            raise
        messages.error(request, conflict)
    else:
        words = done(result) if callable(done) else done
        messages.success(request, words, extra_tags=undo(result) if callable(undo) else undo)
    return redirect(refused_to if refused and refused_to else to() if callable(to) else to)


def both_texts(request: HttpRequest, form: GuardedForm, conflict: EditConflict) -> HttpResponse:
    """Show what was typed beside what somebody else made of it; nothing is lost and nothing is decided for anyone."""
    current = conflict.current
    pairs = [
        (form[name], *differences(str(form.cleaned_data[name]), str(getattr(current, name)))) for name in form.texts
    ]
    fields = [(key, value) for key in request.POST for value in request.POST.getlist(key)]
    fields = [(key, value) for key, value in fields if key not in ("csrfmiddlewaretoken", "version")]
    context = {
        "pairs": pairs,
        "current": current,
        "by": current.edited_by if current.names_writer else None,
        "fields": fields,
        "other_fields": [(key, value) for key, value in fields if key not in form.texts],
        "cancel": request.GET.get("terug") or request.path,
    }
    return render(request, "base/conflict.html", context, status=HTTPStatus.CONFLICT)
