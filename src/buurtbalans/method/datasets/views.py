"""Pages for data stewards: which releases of figures there are, publish one, or go back."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from buurtbalans.figures.findings import Finding, Refused, Weight
from buurtbalans.figures.release import NoSuchRelease
from buurtbalans.method.people.models import Person

from . import actions, queries
from .forms import SwitchForm
from .rules import require_may_publish

form_page = require_http_methods(["GET", "HEAD", "POST"])


def steward(request: HttpRequest) -> Person:
    """Return the visitor when that is a data steward; others are refused with words."""
    require_may_publish(request.user)
    assert isinstance(request.user, Person)
    return request.user


@require_safe
@login_required
def releases(request: HttpRequest) -> HttpResponse:
    """Show every release on the shelf with its state, and what happened before."""
    steward(request)
    return render(
        request,
        "datasets/releases.html",
        {
            "releases": queries.releases(),
            "publications": queries.publications(),
            "published": queries.shelf().published_id(),
        },
    )


@form_page
@login_required
def publish(request: HttpRequest, release: str) -> HttpResponse:
    """Ask whether this release becomes the one that everybody sees, with what stands out in it; then do it."""
    person = steward(request)
    try:
        found = queries.findings_of(release)
    except NoSuchRelease as error:
        raise Http404 from error
    context = {
        "id": release,
        "manifest": queries.manifest(release),
        "published": queries.shelf().published_id(),
        "ready": all(finding.weight is not Weight.REFUSE for finding in found),
    }

    def write(given: dict[str, str]) -> str:
        actions.publish_release(by=person, release=release, note=given["note"])
        return _("Uitgave %(release)s is nu voor iedereen te zien.") % {"release": release}

    return _switch(request, "datasets/publish.html", context, found, write)


@form_page
@login_required
def undo(request: HttpRequest) -> HttpResponse:
    """Ask whether the release before becomes the one that everybody sees again; then do it."""
    person = steward(request)
    shelf = queries.shelf()
    context = {"published": shelf.published_id(), "back": shelf.previous_id(), "ready": shelf.published_id()}

    def write(given: dict[str, str]) -> str:
        back = actions.undo_release(by=person, note=given["note"], seen=given["seen"]).release
        if not back:
            return _("Er is nu geen uitgave te zien.")
        return _("Uitgave %(release)s is weer voor iedereen te zien.") % {"release": back}

    return _switch(request, "datasets/undo.html", context, [], write)


def _switch(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    found: Sequence[Finding],
    write: Callable[[dict[str, str]], str],
) -> HttpResponse:
    """Answer a page that asks before it switches: asked, refused with what is wrong, or done and back to the list."""
    form = SwitchForm(request.POST if request.method == "POST" else None, initial={"seen": context["published"]})
    if form.is_valid():
        try:
            messages.success(request, write(form.cleaned_data))
            return redirect("datasets:releases")
        except Refused as refused:
            found = refused.findings
            context = {**context, "ready": False}
    refused_now = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused_now else HTTPStatus.OK
    return render(request, template, {**context, "form": form, "found": found, "refused": refused_now}, status=status)
