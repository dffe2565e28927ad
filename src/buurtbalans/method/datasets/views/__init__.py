"""Pages of figures: releases for data stewards, and what partners send, look at and keep."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from buurtbalans.figures.catalogue.indicator import Indicator
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.intake.reading import read_upload
from buurtbalans.figures.quality.checks import to_confirm
from buurtbalans.figures.quality.doubt import Concern, Doubt
from buurtbalans.figures.release.store import NoSuchRelease
from buurtbalans.method.datasets import actions, forms, rules
from buurtbalans.method.datasets.forms import PublishForm, SwitchForm
from buurtbalans.method.datasets.models import Delivery, Draft
from buurtbalans.method.datasets.queries import deliveries as deliveries_queries
from buurtbalans.method.datasets.queries import drafts
from buurtbalans.method.datasets.queries import releases as releases_queries
from buurtbalans.method.datasets.rules import require_may_publish
from buurtbalans.method.people.models import Person

form_page = require_http_methods(["GET", "HEAD", "POST"])
LISTED: Final = 100  # doubts of one kind on the page, the strongest first


@dataclass(frozen=True, slots=True)
class DoubtRow:
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
    """Show every release in the store with its state, and what happened before."""
    steward(request)
    return render(
        request,
        "datasets/releases.html",
        {
            "releases": releases_queries.releases(),
            "publications": releases_queries.publications(),
            "published": releases_queries.store().published_id(),
        },
    )


@require_safe
@login_required
def quality(request: HttpRequest, release: str) -> HttpResponse:
    """Show what in the figures of a release asks for a second look, with both values, the strongest first."""
    steward(request)
    context: dict[str, Any] = {"id": release, "manifest": releases_queries.manifest(release)}
    try:
        doubts = releases_queries.doubts_of(release)
        context |= {"groups": list(_groups(release, doubts)), "changes": len(to_confirm(doubts))}
    except NoSuchRelease as error:
        raise Http404 from error
    except Refused as refused:
        context["findings"] = refused.findings
    return render(request, "datasets/quality.html", context)


def _groups(release: str, doubts: Sequence[Doubt]) -> Iterator[tuple[Concern, int, list[DoubtRow]]]:
    """Yield for every kind of doubt how many there are, and the first of them with the names of their areas."""
    names = releases_queries.names_of(release, (doubt.area for doubt in doubts))
    for concern in Concern:
        mine = [doubt for doubt in doubts if doubt.concern is concern]
        listed = [
            DoubtRow(doubt, catalogue()[doubt.indicator], names.get((doubt.area, doubt.division), ""))
            for doubt in mine[:LISTED]
        ]
        yield concern, len(mine), listed


@form_page
@login_required
def publish(request: HttpRequest, release: str) -> HttpResponse:
    """Ask whether this release becomes the one that everybody sees, with what stands out in it; then do it."""
    person = steward(request)
    try:
        findings = releases_queries.findings_of(release)
        ready = all(finding.weight is not Severity.REFUSE for finding in findings)
        changes = len(to_confirm(releases_queries.doubts_of(release))) if ready else 0
    except NoSuchRelease as error:
        raise Http404 from error
    context = {
        "id": release,
        "manifest": releases_queries.manifest(release),
        "published": releases_queries.store().published_id(),
        "ready": ready,
        "changes": changes,
        "replies": deliveries_queries.replies_to(release),
    }
    form = PublishForm(given(request), changes=changes, initial={"seen": context["published"]})

    def write(given: dict[str, Any]) -> str:
        confirmed = given.get("confirmed", False)
        actions.publish_release(by=person, release=release, note=given["note"], confirmed=confirmed)
        return _("De %(release)s is nu voor iedereen te zien.") % {"release": releases_queries.release_words(release)}

    return _switch(request, "datasets/publish.html", context, findings, form, write)


@form_page
@login_required
def undo(request: HttpRequest) -> HttpResponse:
    """Ask whether the release before becomes the one that everybody sees again; then do it."""
    person = steward(request)
    store = releases_queries.store()
    context = {"published": store.published_id(), "back": store.previous_id(), "ready": store.published_id()}

    form = SwitchForm(given(request), initial={"seen": context["published"]})

    def write(given: dict[str, Any]) -> str:
        back = actions.undo_release(by=person, note=given["note"], seen=given["seen"]).release
        if not back:
            return _("Er is op dit moment geen cijferset gepubliceerd.")
        return _("De %(release)s is weer voor iedereen te zien.") % {"release": releases_queries.release_words(back)}

    return _switch(request, "datasets/undo.html", context, [], form, write)


def _switch(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    findings: Sequence[Finding],
    form: SwitchForm,
    write: Callable[[dict[str, Any]], str],
) -> HttpResponse:
    """Answer a page that asks before it switches: asked, refused with what is wrong, or done and back to the list."""
    if form.is_valid():
        try:
            messages.success(request, write(form.cleaned_data))
            return redirect("datasets:releases")
        except Refused as refused:
            findings = refused.findings
            context = {**context, "ready": False}
    refused_now = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused_now else HTTPStatus.OK
    return render(
        request, template, {**context, "form": form, "findings": findings, "refused": refused_now}, status=status
    )


def given(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, also when that is nothing at all."""
    return request.POST if request.method == "POST" else None


@require_safe
@login_required
def deliveries(request: HttpRequest) -> HttpResponse:
    """Show what the own organisation delivered, what others shared, and what waits for an answer."""
    organisation = rules.require_may_deliver(request.user)
    return render(request, "datasets/deliveries.html", deliveries_queries.overview(request.user, organisation))


@form_page
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file with counts, read it and let its sender look at it; a refusal says everything at once."""
    rules.require_may_deliver(request.user)
    form = forms.UploadForm(given(request), request.FILES or None)
    return _start(request, form, {"form": form})


@require_POST
@login_required
def receive_counts(request: HttpRequest) -> HttpResponse:
    """Take counts that somebody's own browser made of a list: the same page as for a file, from the check on."""
    rules.require_may_deliver(request.user)
    again = forms.UploadForm(initial={"title": request.POST.get("title", "")})
    return _start(request, forms.CountsForm(request.POST), {"form": again, "counted": True})


def _start(request: HttpRequest, form: forms.UploadForm | forms.CountsForm, context: dict[str, Any]) -> HttpResponse:
    """Read what was sent and go on to the check; a refusal says everything at once."""
    findings: Sequence[Finding] = ()
    if form.is_valid():
        given = form.cleaned_data
        try:
            table = read_upload(*form.sent())
            draft = actions.start_draft(
                by=request.user, upload=table, title=given["title"], indicator=given.get("indicator", "")
            )
            return redirect("datasets:check", draft.pk)
        except Refused as refused:
            findings = refused.findings
    return render(request, "datasets/upload.html", {**context, "findings": findings}, status=status_of(request))


@require_safe
@login_required
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Send an empty table to fill in, with the codes of the buurten that are known here."""
    rules.require_may_deliver(request.user)
    if kind not in releases_queries.TEMPLATES:
        raise Http404
    answer = HttpResponse(releases_queries.template(kind), content_type=releases_queries.TEMPLATES[kind])
    answer["Content-Disposition"] = f'attachment; filename="aantallen-per-buurt.{kind}"'
    return answer


@form_page
@login_required
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is in a draft, all that stands out and what changes; take choices, and keep it when asked to."""
    rules.require_may_deliver(request.user)
    draft = get_object_or_404(Draft.objects.visible_to(request.user), pk=pk)
    circles = rules.audiences(request.user)
    audience = [(forms.OWN, ""), *forms.audience_choices(circles)]
    form = forms.ChoicesForm(given(request), draft=draft, audience=audience)
    findings: Sequence[Finding] = ()
    if form.is_valid():
        draft = actions.choose(by=request.user, draft=draft, choices=form.chosen())
        if request.POST.get("wat") != "bewaar":
            return redirect("datasets:check", pk)
        try:
            kept = actions.keep(by=request.user, draft=draft)
            return _kept(request, kept, form.cleaned_data["wie"])
        except Refused as refused:
            findings = refused.findings
    seen = drafts.draft_check(draft)
    asides = [
        seen.audience_views[rules.level_of(circle)] for circle in (*circles, None)
    ]  # in the order of audience_choices
    first = len(seen.upload.rows) if request.GET.get("rijen") == "alle" else 5
    context = {
        "draft": draft,
        "seen": seen,
        "form": form,
        "columns": forms.columns(form, draft),
        "findings": findings,
        "rows": list(zip(seen.upload.lines, seen.upload.rows, strict=True))[:first],
        "audience": [(*each, view) for each, view in zip(audience[1:], asides, strict=True)],
        "reasons": forms.REASONS,
        "years": sorted(releases_queries.known_codes()),
    }
    return render(request, "datasets/check.html", context, status=status_of(request))


def _kept(request: HttpRequest, delivery: Delivery, audience: str) -> HttpResponse:
    if audience not in ("", forms.OWN):
        messages.success(request, _("Uw cijfers zijn bewaard. Beantwoord nog vier vragen om ze te delen."))
        return redirect(f"{reverse('datasets:share', args=[delivery.pk])}?wie={audience}")
    undo = f"{reverse('datasets:withdraw', args=[delivery.pk])}?v={delivery.version}"
    messages.success(
        request, _("Uw cijfers zijn opgeslagen, maar alleen uw eigen organisatie ziet ze."), extra_tags=undo
    )
    return redirect("datasets:delivery", delivery.pk)


@require_POST
@login_required
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase a draft."""
    rules.require_may_deliver(request.user)
    actions.discard(by=request.user, draft=get_object_or_404(Draft.objects.visible_to(request.user), pk=pk))
    messages.success(request, _("Uw bestand is verwijderd, dus er is niets van bewaard."))
    return redirect("datasets:deliveries")


def status_of(request: HttpRequest) -> int:
    """Return 422 for a form that was sent and comes back, 200 for one that is opened."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
