"""Pages of the agreed plan: agree it, read a version, and see what changed since."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbalans.method.base.forms import GuardedForm
from buurtbalans.method.base.pages import form_page, handle_form, posted, read_only
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.actions import versions as versions_actions
from buurtbalans.method.plans.models import PlanVersion
from buurtbalans.method.plans.queries import versions
from buurtbalans.method.plans.views.plan import form_context
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.evidence import told
from buurtbalans.method.rounds.queries.round import Viewer
from buurtbalans.method.rounds.rules import require_in
from buurtbalans.method.rounds.views.round import enter


def version_url(round: Round, number: int) -> str:
    """Return the address of one version of a plan."""
    return reverse("plans:version", args=[round.slug, number])


@form_page
@login_required
def agree(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the plan lacks and what changed since the last version, then freeze it as a version."""
    round = enter(request, slug)
    require_in(request.user, Permission.EDIT_ROUND, round)
    last = versions.versions_of(round, request.user).first()
    content = versions.plan_content(round)
    context: dict[str, Any] = {
        "round": round,
        "last": last,
        "missing": versions.missing_items(round),
        "content": content,
        "changes": versions.plan_changes(last.content, content) if last else [],
    }
    return handle_form(
        request,
        GuardedForm(posted(request)),
        lambda values: versions_actions.agree_plan(by=request.user, round=round),
        "plans/agree.html",
        form_context(round, _("Plan vaststellen"), _("Vaststellen")) | context,
        to=lambda saved: version_url(round, saved.number),
        done=_("De kerngroep heeft het plan vastgesteld, dus deze versie blijft bewaard."),
    )


@read_only
@login_required
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a version of the plan, and what differs from the version before it."""
    round = enter(request, slug)
    require_in(request.user, Permission.READ, round)
    current = versions.version_of(round, request.user, number)
    if current is None:
        raise Http404("deze versie is er niet")
    before = versions.version_of(round, request.user, number - 1)
    context = form_context(round, _("Het plan, versie %(number)s") % {"number": number}, "") | {
        "round": round,
        "version": current,
        "rows": rows_of(current, request.user),
        "versions": versions.versions_of(round, request.user),
        "before": before,
        "changes": versions.plan_changes(before.content, current.content) if before else [],
    }
    return render(request, "plans/version.html", context)


def rows_of(version: PlanVersion, viewer: Viewer) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Return the results of a version with their efforts, with the baseline only as far as the viewer may see it."""
    efforts = version.content["efforts"]
    results = [
        result | {"measured_on": _date(result["measured_on"]), "baseline": told(result["baseline"], viewer)}
        for result in version.content["results"]
    ]
    return [(result, [effort for effort in efforts if effort["for"] == result["id"]]) for result in results]


def _date(frozen: str | None) -> date | None:
    return date.fromisoformat(frozen) if frozen else None
