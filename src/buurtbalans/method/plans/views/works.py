"""The list of what works: causes, and efforts with what is known of each; open to everybody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from buurtbalans.method.base.pages import read_only
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.forms import efforts
from buurtbalans.method.plans.models import Result
from buurtbalans.method.plans.queries import presence
from buurtbalans.method.plans.works import Work, works
from buurtbalans.method.rounds.rules import may_in


@read_only
def list_works(request: HttpRequest) -> HttpResponse:
    """Show the efforts that fit what the address asks for, by cause, with who in one's rounds does each already."""
    form = efforts.WorksForm(request.GET)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name, "") for name in ("q", "thema", "oorzaak", "bewijs")}
    whole = works()
    found = whole.look(asked["q"], asked["thema"], asked["oorzaak"], asked["bewijs"])
    groups = [
        (cause, [work for work in whole.of_cause(cause.code) if work in found])
        for cause in whole.causes.values()
        if (not asked["oorzaak"] or cause.code == asked["oorzaak"])
        and (not asked["thema"] or cause.theme == asked["thema"])
    ]
    context: dict[str, Any] = {
        "asked": asked,
        "narrow": any(asked.values()),
        "found": found,
        "whole": whole,
        "groups": [(cause, rows) for cause, rows in groups if rows],
        "already": presence.does_already(request.user),
        "result": asking_result(request),
    }
    return render(request, "plans/works.html", context)


@read_only
def show_work(request: HttpRequest, code: str) -> HttpResponse:
    """Show one effort of the list: what is known, for whom, when it works, what it asks and what it does not do."""
    work: Work | None = works().efforts.get(code)
    if work is None:
        raise Http404("deze inzet staat niet in de lijst")
    context = {
        "work": work,
        "causes": [works().causes[each] for each in work.causes],
        "already": presence.does_already(request.user).get(code, []),
        "result": asking_result(request),
    }
    return render(request, "plans/work.html", context)


def asking_result(request: HttpRequest) -> Result | None:
    """Return the result that somebody looks for an effort for (`?voor=`), if they may write on it."""
    asked = request.GET.get("voor", "")
    if not asked.isdecimal():
        return None
    result: Result = get_object_or_404(Result.objects.visible_to(request.user).active(), pk=int(asked))
    return result if may_in(request.user, Permission.AGREE_EFFORT, result.round) else None
