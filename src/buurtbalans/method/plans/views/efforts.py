"""Pages of efforts: agree or propose, accept or decline, update, report progress, withdraw and restore."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.pages import form_page, handle_form, posted
from buurtbalans.method.people.models import Person
from buurtbalans.method.plans import rules
from buurtbalans.method.plans.actions import efforts as efforts_actions
from buurtbalans.method.plans.actions import progress as progress_actions
from buurtbalans.method.plans.forms import efforts as efforts_forms
from buurtbalans.method.plans.interventions import Intervention, intervention_catalogue
from buurtbalans.method.plans.models import Effort, Progress, Result
from buurtbalans.method.plans.queries import plan
from buurtbalans.method.plans.views.plan import (
    area_choices,
    claim_choices,
    enter_plan,
    finder_of,
    form_context,
    plan_button,
    require_own,
)
from buurtbalans.method.rounds.models import Round

MapMaker = Callable[[Round, tuple[float, float] | None], SafeString]


def find_effort(request: HttpRequest, round: Round, pk: int) -> Effort:
    """Return an active effort of a round that the visitor may see, or raise 404."""
    efforts = Effort.objects.visible_to(request.user).active().select_related("result__round", "organisation")
    effort: Effort = get_object_or_404(efforts, pk=pk, result__round=round)
    return effort


@form_page
@login_required
def new_effort(request: HttpRequest, slug: str, pk: int, draw: MapMaker) -> HttpResponse:
    """Agree an effort of the own organisation or propose one to another, from the catalogue or as an own idea."""
    round = enter_plan(request, slug)
    result = get_object_or_404(Result.objects.visible_to(request.user).active(), pk=pk, round=round)
    intervention = intervention_catalogue().interventions.get(request.GET.get("uit", ""))
    form = efforts_forms.EffortForm(
        posted(request),
        organisations=plan.eligible_organisations(round),
        claims=claim_choices(request, round),
        areas=area_choices(round),
        people=plan.eligible_owners(round, plan.eligible_organisations(round)),
        initial=_initial_effort(request.user, result, intervention),
        drawing=draw(round, None),
    )
    context = form_context(round, _("Actie toevoegen"), _("Toevoegen"), result.title)
    return handle_form(
        request,
        form,
        lambda values: efforts_actions.agree_effort(by=request.user, result=result, **values),
        "plans/new_effort.html",
        context | {"round": round, "result": result, "intervention": intervention},
        to=plan.effort_url,
        done=_("De actie is toegevoegd en staat in het plan."),
        undo=lambda saved: reverse("plans:withdraw_effort", args=[slug, saved.pk]),
    )


def _initial_effort(person: Person, result: Result, intervention: Intervention | None) -> dict[str, Any]:
    """Return the initial values of the form of a new effort, with the texts of an intervention if one is chosen."""
    initial: dict[str, Any] = {
        "organisation": person.organisation_id,
        "claims": [claim.pk for claim in result.claims.all()],
        "since": timezone.localdate(),
        "owner": person.pk,
    }
    if intervention is None:
        return initial
    return initial | {
        "intervention": intervention.code,
        "what": intervention.name,
        "first_sign": intervention.first_sign,
    }


@form_page
@login_required
def edit_effort(request: HttpRequest, slug: str, pk: int, draw: MapMaker) -> HttpResponse:
    """Edit an agreed effort."""
    round = enter_plan(request, slug)
    effort = find_effort(request, round, pk)
    require_own(request, effort)
    initial = {name: getattr(effort, name) for name in efforts_forms.EditEffortForm.base_fields if name != "owner"}
    form = efforts_forms.EditEffortForm(
        posted(request),
        initial=initial | {"owner": effort.owner_id},
        areas=area_choices(round),
        people=plan.eligible_owners(round, [effort.organisation]),
        drawing=draw(round, effort.place),
    )
    return handle_form(
        request,
        form,
        lambda values: efforts_actions.edit_effort(by=request.user, effort=effort, **values),
        "rounds/fill_in.html",
        form_context(round, _("Actie aanpassen"), _("Opslaan"), text=effort),
        to=plan.effort_url,
        done=_("De wijzigingen in de actie zijn opgeslagen."),
    )


@form_page
@login_required
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Update the state of an effort."""
    round = enter_plan(request, slug)
    effort = find_effort(request, round, pk)
    require_own(request, effort)
    initial = {name: getattr(effort, name) for name in efforts_forms.ReportForm.base_fields}
    return handle_form(
        request,
        efforts_forms.ReportForm(posted(request), initial=initial),
        lambda values: efforts_actions.report_effort(by=request.user, effort=effort, **values),
        "rounds/fill_in.html",
        form_context(round, effort.what, _("Stand opslaan"), effort.organisation.name, effort),
        to=plan.effort_url,
        done=_("De stand van zaken van deze actie is bijgewerkt."),
    )


@form_page
@login_required
def renew(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Continue an effort until the next day on which the group decides."""
    round = enter_plan(request, slug)
    effort = find_effort(request, round, pk)
    require_own(request, effort)
    return handle_form(
        request,
        efforts_forms.RenewForm(posted(request), initial={"version": effort.version, "ends_on": effort.ends_on}),
        lambda values: efforts_actions.renew_effort(by=request.user, effort=effort, **values),
        "rounds/fill_in.html",
        form_context(round, _("Gaan we door met deze actie?"), _("Doorgaan met deze actie"), effort.what)
        | {"note": _("Wilt u met deze actie stoppen, kies dan bij ‘Stand bijwerken’ dat de actie klaar is.")},
        to=plan.effort_url,
        done=_("Opgeslagen: uw organisatie gaat door met deze actie."),
    )


@form_page
@login_required
def decline(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Decline a proposed effort, with a reason."""
    round = enter_plan(request, slug)
    effort = find_effort(request, round, pk)
    if not rules.may_accept(request.user, effort):
        raise PermissionDenied("alleen de organisatie zelf zegt ja of nee")
    if not effort.is_proposal:
        raise Http404("hierover is al besloten")
    return handle_form(
        request,
        efforts_forms.DeclineForm(posted(request)),
        lambda values: efforts_actions.decline_effort(by=request.user, effort=effort, **values),
        "rounds/fill_in.html",
        form_context(round, _("Actie niet toezeggen"), _("Niet toezeggen"), effort.what),
        to=lambda saved: plan.plan_url(round),
        done=_("U hebt deze actie niet toegezegd. De groep kan uw reden lezen."),
        undo=lambda saved: reverse("plans:restore_effort", args=[slug, saved.pk]),
    )


@form_page
@login_required
def new_progress(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Report how an effort went in a period."""
    round = enter_plan(request, slug)
    effort = find_effort(request, round, pk)
    require_own(request, effort)
    form = efforts_forms.ProgressForm(posted(request), initial={"end": timezone.localdate()})
    del form.fields["version"]
    return handle_form(
        request,
        form,
        lambda values: progress_actions.report_progress(by=request.user, effort=effort, **values),
        "rounds/fill_in.html",
        form_context(round, _("Voortgang van de actie"), _("Voortgang opslaan"), effort.what),
        to=lambda saved: plan.effort_url(effort),
        done=_("Dit is toegevoegd, dus u ziet het nu op de pagina."),
        undo=lambda saved: reverse("plans:withdraw_progress", args=[slug, saved.pk]),
    )


@form_page
@login_required
def edit_progress(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Edit the report about a period; only the own organisation sees its exact numbers."""
    round = enter_plan(request, slug)
    progress = find_progress(request, round, pk)
    require_own(request, progress.effort)
    initial = {name: getattr(progress, name) for name in efforts_forms.ProgressForm.base_fields}
    return handle_form(
        request,
        efforts_forms.ProgressForm(posted(request), initial=initial),
        lambda values: progress_actions.edit_progress(by=request.user, progress=progress, **values),
        "rounds/fill_in.html",
        form_context(round, _("Voortgang van de actie"), _("Opslaan"), progress.effort.what, progress),
        to=lambda saved: plan.effort_url(saved.effort),
        done=_("De wijziging is opgeslagen en staat nu op de pagina."),
    )


def find_progress(request: HttpRequest, round: Round, pk: int) -> Progress:
    """Return the report about a period if the visitor may read its exact numbers, or raise 404."""
    reports = (
        Progress.objects.with_withdrawn()
        .visible_to(request.user)
        .filter(effort__result__round=round, effort__organisation=request.user.organisation_id)
    )
    progress: Progress = get_object_or_404(
        reports.select_related("effort__result__round", "effort__organisation"), pk=pk
    )
    return progress


def find_any_effort(request: HttpRequest, round: Round, pk: int) -> Effort:
    """Return an effort of a round that the visitor may update, active or withdrawn, or raise 404."""
    effort: Effort = finder_of(Effort, "result__round")(request, round, pk)
    require_own(request, effort)
    return effort


accept = plan_button(
    efforts_actions.accept_effort,
    "effort",
    find=find_effort,
    to=plan.effort_url,
    done=gettext_lazy("U hebt deze actie toegezegd, dus die staat nu vast in het plan."),
)
confirm = plan_button(
    efforts_actions.confirm_effort,
    "effort",
    find=find_any_effort,
    to=plan.effort_url,
    done=gettext_lazy("Dank u. U hebt bevestigd dat deze actie nog klopt."),
)
withdraw_effort = plan_button(
    efforts_actions.withdraw_effort,
    "effort",
    find=find_any_effort,
    to=lambda effort: plan.plan_url(effort.result.round),
    done=gettext_lazy("De actie is verwijderd uit het plan."),
    undo="plans:restore_effort",
)
restore_effort = plan_button(
    efforts_actions.restore_effort,
    "effort",
    find=find_any_effort,
    to=plan.effort_url,
    done=gettext_lazy("De actie is hersteld en staat weer in het plan."),
)
withdraw_progress = plan_button(
    progress_actions.withdraw_progress,
    "progress",
    find=find_progress,
    to=lambda saved: plan.effort_url(saved.effort),
    done=gettext_lazy("De voortgang is verwijderd bij deze actie."),
    undo="plans:restore_progress",
)
restore_progress = plan_button(
    progress_actions.restore_progress,
    "progress",
    find=find_progress,
    to=lambda saved: plan.effort_url(saved.effort),
    done=gettext_lazy("Dit is hersteld, dus u ziet het weer op de pagina."),
)
