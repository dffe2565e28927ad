"""Pages of the catalogue of interventions: causes, and interventions with the evidence for each; open to everybody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from buurtbalans.method.base.pages import read_only
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.forms.efforts import InterventionSearchForm
from buurtbalans.method.plans.interventions import Cause, intervention_catalogue
from buurtbalans.method.plans.interventions.evidence import EvidenceClass
from buurtbalans.method.plans.models import Result
from buurtbalans.method.plans.queries import presence
from buurtbalans.method.rounds.rules import may_in


@read_only
def list_interventions(request: HttpRequest) -> HttpResponse:
    """Show the interventions that match the search, by cause, and which of the visitor's partners do each already."""
    form = InterventionSearchForm(request.GET)
    form.is_valid()
    search = {name: form.cleaned_data.get(name, "") for name in ("q", "thema", "oorzaak", "bewijs")}
    catalogue = intervention_catalogue()
    matches = catalogue.search(search["q"], search["thema"], search["oorzaak"], search["bewijs"])

    def is_selected(cause: Cause) -> bool:
        return search["oorzaak"] in ("", cause.code) and search["thema"] in ("", cause.theme)

    groups = [
        (cause, [intervention for intervention in catalogue.of_cause(cause.code) if intervention in matches])
        for cause in filter(is_selected, catalogue.causes.values())
    ]
    context: dict[str, Any] = {
        "search": search,
        "evidence_classes": list(EvidenceClass),
        "is_filtered": any(search.values()),
        "catalogue": catalogue,
        "matches": matches,
        "groups": [(cause, interventions) for cause, interventions in groups if interventions],
        "organisations": presence.organisations_by_intervention(request.user),
        "result": find_requesting_result(request),
    }
    return render(request, "plans/interventions.html", context)


@read_only
def show_intervention(request: HttpRequest, code: str) -> HttpResponse:
    """Show one intervention: its evidence, whom it is for, when it works, its cost and its limits."""
    catalogue = intervention_catalogue()
    intervention = catalogue.interventions.get(code)
    if intervention is None:
        raise Http404("deze inzet staat niet in de lijst")
    context = {
        "intervention": intervention,
        "causes": [catalogue.causes[cause] for cause in intervention.causes],
        "organisations": presence.organisations_by_intervention(request.user).get(code, []),
        "result": find_requesting_result(request),
    }
    return render(request, "plans/intervention.html", context)


def find_requesting_result(request: HttpRequest) -> Result | None:
    """Return the result that the visitor seeks an intervention for (`?voor=`), if they may add efforts to it."""
    key = request.GET.get("voor", "")
    if not key.isdecimal():
        return None
    result: Result = get_object_or_404(Result.objects.visible_to(request.user).active(), pk=int(key))
    return result if may_in(request.user, Permission.AGREE_EFFORT, result.round) else None
