"""The life of every form page of the method: empty, refused, in conflict, or done and onward."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from buurtbalans.method.people.models import Conflict
from buurtbalans.method.people.queries import differences
from buurtbalans.method.stories.actions import review
from buurtbalans.method.stories.forms.sheet import Sheet

page = require_safe
form_page = require_http_methods(["GET", "HEAD", "POST"])


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form gets: what was sent, or nothing when the page is only opened."""
    return request.POST if request.method == "POST" else None


def fill_in(
    request: HttpRequest,
    form: Sheet,
    write: Callable[[dict[str, Any]], Any],
    template: str,
    context: Mapping[str, Any],
    *,
    to: Callable[[Any], str],
    done: str | Callable[[Any], str],
    undo: Callable[[Any], str] = lambda made: "",
) -> HttpResponse:
    """Answer a form page. A refusal keeps what was typed (422); another's change shows both texts (409)."""
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                made = write(dict(form.cleaned_data))
                if form.looked_at:
                    about = made if isinstance(made, models.Model) else None
                    review.look(by=request.user, about=about, kinds=form.looked_at)
        except Conflict as clash:
            if clash.current.withdrawn_at is not None:
                raise  # the front door says what was withdrawn, and shows what was typed
            return both_texts(request, form, clash)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, done(made) if callable(done) else done, extra_tags=undo(made))
            return redirect(to(made))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, template, {**context, "form": form}, status=status)


def both_texts(request: HttpRequest, form: Sheet, clash: Conflict) -> HttpResponse:
    """Show what was typed beside what somebody else made of it; nothing is lost and nothing is decided for anyone."""
    current = clash.current
    pairs = [
        (form[name], *differences(str(form.cleaned_data[name]), str(getattr(current, name)))) for name in form.texts
    ]
    kept = [(key, value) for key in request.POST for value in request.POST.getlist(key)]
    kept = [(key, value) for key, value in kept if key not in ("csrfmiddlewaretoken", "version")]
    context = {
        "pairs": pairs,
        "current": current,
        "kept": kept,
        "others": [(k, v) for k, v in kept if k not in form.texts],
        "cancel": request.GET.get("terug") or request.path,
    }
    return render(request, "stories/conflict.html", context, status=HTTPStatus.CONFLICT)
