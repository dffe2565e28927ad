"""Pages for data stewards: which releases of figures there are, how good each is, publish one, or go back."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from buurtbalans.figures.findings import Finding, Refused, Weight
from buurtbalans.figures.indicator import Indicator, catalogue
from buurtbalans.figures.quality import Concern, Doubt, to_confirm
from buurtbalans.figures.release import NoSuchRelease
from buurtbalans.method.people.models import Person

from . import actions, queries
from .forms import PublishForm, SwitchForm
from .rules import require_may_publish

form_page = require_http_methods(["GET", "HEAD", "POST"])
LISTED: Final = 100  # doubts of one kind on the page, the strongest first


@dataclass(frozen=True, slots=True)
class Look:
    """One doubt as the page lists it."""

    doubt: Doubt
    indicator: Indicator
    name: str

    @property
    def value(self) -> float:
        """Return what the release says, in the unit that people read."""
        return self.doubt.value * self.indicator.times

    @property
    def other(self) -> float:
        """Return what it is held against, in the same unit."""
        return self.doubt.other * self.indicator.times


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


@require_safe
@login_required
def quality(request: HttpRequest, release: str) -> HttpResponse:
    """Show what in the figures of a release asks for a second look, with both values, the strongest first."""
    steward(request)
    context: dict[str, Any] = {"id": release, "manifest": queries.manifest(release)}
    try:
        doubts = queries.doubts_of(release)
        context |= {"groups": list(_groups(release, doubts)), "changes": len(to_confirm(doubts))}
    except NoSuchRelease as error:
        raise Http404 from error
    except Refused as refused:
        context["found"] = refused.findings
    return render(request, "datasets/quality.html", context)


def _groups(release: str, doubts: Sequence[Doubt]) -> Iterator[tuple[Concern, int, list[Look]]]:
    """Yield for every kind of doubt how many there are, and the first of them with the names of their areas."""
    names = queries.names_of(release, (doubt.area for doubt in doubts))
    for concern in Concern:
        mine = [doubt for doubt in doubts if doubt.concern is concern]
        listed = [
            Look(doubt, catalogue()[doubt.indicator], names.get((doubt.area, doubt.division), ""))
            for doubt in mine[:LISTED]
        ]
        yield concern, len(mine), listed


@form_page
@login_required
def publish(request: HttpRequest, release: str) -> HttpResponse:
    """Ask whether this release becomes the one that everybody sees, with what stands out in it; then do it."""
    person = steward(request)
    try:
        found = queries.findings_of(release)
        ready = all(finding.weight is not Weight.REFUSE for finding in found)
        changes = len(to_confirm(queries.doubts_of(release))) if ready else 0
    except NoSuchRelease as error:
        raise Http404 from error
    context = {
        "id": release,
        "manifest": queries.manifest(release),
        "published": queries.shelf().published_id(),
        "ready": ready,
        "changes": changes,
    }
    form = PublishForm(_given(request), changes=changes, initial={"seen": context["published"]})

    def write(given: dict[str, Any]) -> str:
        confirmed = given.get("confirmed", False)
        actions.publish_release(by=person, release=release, note=given["note"], confirmed=confirmed)
        return _("Uitgave %(release)s is nu voor iedereen te zien.") % {"release": release}

    return _switch(request, "datasets/publish.html", context, found, form, write)


@form_page
@login_required
def undo(request: HttpRequest) -> HttpResponse:
    """Ask whether the release before becomes the one that everybody sees again; then do it."""
    person = steward(request)
    shelf = queries.shelf()
    context = {"published": shelf.published_id(), "back": shelf.previous_id(), "ready": shelf.published_id()}

    form = SwitchForm(_given(request), initial={"seen": context["published"]})

    def write(given: dict[str, Any]) -> str:
        back = actions.undo_release(by=person, note=given["note"], seen=given["seen"]).release
        if not back:
            return _("Er is nu geen uitgave te zien.")
        return _("Uitgave %(release)s is weer voor iedereen te zien.") % {"release": back}

    return _switch(request, "datasets/undo.html", context, [], form, write)


def _switch(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    found: Sequence[Finding],
    form: SwitchForm,
    write: Callable[[dict[str, Any]], str],
) -> HttpResponse:
    """Answer a page that asks before it switches: asked, refused with what is wrong, or done and back to the list."""
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


def _given(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, also when that is nothing at all."""
    return request.POST if request.method == "POST" else None
