"""Pages of efforts: agreeing or proposing, answering, reporting, how they went, and taking away."""

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
from buurtbalans.method.plans.models import Effort, Progress, Result
from buurtbalans.method.plans.queries import plan
from buurtbalans.method.plans.views.plan import areas_of, claims_of, doing, enter_plan, found_in, frame, require_own
from buurtbalans.method.plans.works import Work, works
from buurtbalans.method.rounds.models import Round

Drawing = Callable[[Round, tuple[float, float] | None], SafeString]


def effort_url(effort: Effort) -> str:
    """Return where an effort stands in the plan."""
    return f"{plan.plan_url(effort.result.round)}#afspraak-{effort.pk}"


def find_effort(request: HttpRequest, round: Round, pk: int) -> Effort:
    """Return a standing effort of a round that the visitor may see, or answer 404."""
    efforts = Effort.objects.visible_to(request.user).active().select_related("result__round", "organisation")
    effort: Effort = get_object_or_404(efforts, pk=pk, result__round=round)
    return effort


@form_page
@login_required
def new_effort(request: HttpRequest, slug: str, pk: int, draw: Drawing) -> HttpResponse:
    """Agree what the own organisation does for a result, or propose it to another; out of the list or an own idea."""
    round = enter_plan(request, slug)
    result = get_object_or_404(Result.objects.visible_to(request.user).active(), pk=pk, round=round)
    work = works().efforts.get(request.GET.get("uit", ""))
    form = efforts_forms.EffortForm(
        posted(request),
        organisations=plan.organisations_to_ask(round),
        claims=claims_of(request, round),
        areas=areas_of(round),
        people=plan.people_of(round, plan.organisations_to_ask(round)),
        initial=_first(request.user, result, work),
        drawing=draw(round, None),
    )
    context = frame(round, _("Voeg een afspraak toe"), _("Spreek dit af"), result.title)
    return handle_form(
        request,
        form,
        lambda given: efforts_actions.agree_effort(by=request.user, result=result, **given),
        "plans/new_effort.html",
        context | {"round": round, "result": result, "work": work},
        to=effort_url,
        done=_("De afspraak staat in het plan."),
        undo=lambda made: reverse("plans:withdraw_effort", args=[slug, made.pk]),
    )


def _first(person: Person, result: Result, work: Work | None) -> dict[str, Any]:
    """Return what the form of a new effort begins with; an effort from the list brings its words along."""
    first: dict[str, Any] = {
        "organisation": person.organisation_id,
        "claims": [claim.pk for claim in result.claims.all()],
        "since": timezone.localdate(),
        "owner": person.pk,
    }
    return first | ({"works": work.code, "what": work.name, "first_sign": work.first_sign} if work else {})


@form_page
@login_required
def edit_effort(request: HttpRequest, slug: str, pk: int, draw: Drawing) -> HttpResponse:
    """Change what was agreed."""
    round = enter_plan(request, slug)
    effort = find_effort(request, round, pk)
    require_own(request, effort)
    first = {name: getattr(effort, name) for name in efforts_forms.EditEffortForm.base_fields if name != "owner"}
    form = efforts_forms.EditEffortForm(
        posted(request),
        initial=first | {"owner": effort.owner_id},
        areas=areas_of(round),
        people=plan.people_of(round, [effort.organisation]),
        drawing=draw(round, effort.place),
    )
    return handle_form(
        request,
        form,
        lambda given: efforts_actions.edit_effort(by=request.user, effort=effort, **given),
        "rounds/fill_in.html",
        frame(round, _("Pas de afspraak aan"), _("Bewaar"), text=effort),
        to=effort_url,
        done=_("De afspraak is aangepast."),
    )


@form_page
@login_required
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say how an effort stands."""
    round = enter_plan(request, slug)
    effort = find_effort(request, round, pk)
    require_own(request, effort)
    first = {name: getattr(effort, name) for name in efforts_forms.ReportForm.base_fields}
    return handle_form(
        request,
        efforts_forms.ReportForm(posted(request), initial=first),
        lambda given: efforts_actions.report_effort(by=request.user, effort=effort, **given),
        "rounds/fill_in.html",
        frame(round, effort.what, _("Bewaar de stand"), effort.organisation.name, effort),
        to=effort_url,
        done=_("De stand is bijgewerkt."),
    )


@form_page
@login_required
def renew(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Decide again on an effort: go on until a next day of deciding."""
    round = enter_plan(request, slug)
    effort = find_effort(request, round, pk)
    require_own(request, effort)
    return handle_form(
        request,
        efforts_forms.RenewForm(posted(request), initial={"version": effort.version, "ends_on": effort.ends_on}),
        lambda given: efforts_actions.renew_effort(by=request.user, effort=effort, **given),
        "rounds/fill_in.html",
        frame(round, _("Gaan we hiermee door?"), _("Ja, we gaan door"), effort.what)
        | {"note": _("Stopt u ermee? Meld dan bij ‘Werk bij’ dat het klaar is.")},
        to=effort_url,
        done=_("U gaat hiermee door."),
    )


@form_page
@login_required
def decline(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say no to what was proposed, with a reason."""
    round = enter_plan(request, slug)
    effort = find_effort(request, round, pk)
    if not rules.may_accept(request.user, effort):
        raise PermissionDenied("alleen de organisatie zelf zegt ja of nee")
    if not effort.is_proposal:
        raise Http404("hierover is al besloten")
    return handle_form(
        request,
        efforts_forms.DeclineForm(posted(request)),
        lambda given: efforts_actions.decline_effort(by=request.user, effort=effort, **given),
        "rounds/fill_in.html",
        frame(round, _("U doet dit niet"), _("Zeg nee"), effort.what),
        to=lambda made: plan.plan_url(round),
        done=_("U zei nee. De groep leest waarom."),
        undo=lambda made: reverse("plans:restore_effort", args=[slug, made.pk]),
    )


@form_page
@login_required
def new_progress(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write down how an effort went in a while."""
    round = enter_plan(request, slug)
    effort = find_effort(request, round, pk)
    require_own(request, effort)
    form = efforts_forms.ProgressForm(posted(request), initial={"end": timezone.localdate()})
    del form.fields["version"]
    return handle_form(
        request,
        form,
        lambda given: progress_actions.report_progress(by=request.user, effort=effort, **given),
        "rounds/fill_in.html",
        frame(round, _("Hoe ging het?"), _("Schrijf op"), effort.what),
        to=lambda made: effort_url(effort),
        done=_("Het staat erbij."),
        undo=lambda made: reverse("plans:withdraw_progress", args=[slug, made.pk]),
    )


@form_page
@login_required
def edit_progress(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change what was written down about a while; only the own organisation opens the numbers."""
    round = enter_plan(request, slug)
    progress = find_progress(request, round, pk)
    require_own(request, progress.effort)
    first = {name: getattr(progress, name) for name in efforts_forms.ProgressForm.base_fields}
    return handle_form(
        request,
        efforts_forms.ProgressForm(posted(request), initial=first),
        lambda given: progress_actions.edit_progress(by=request.user, progress=progress, **given),
        "rounds/fill_in.html",
        frame(round, _("Hoe ging het?"), _("Bewaar"), progress.effort.what, progress),
        to=lambda made: effort_url(made.effort),
        done=_("Het is aangepast."),
    )


def find_progress(request: HttpRequest, round: Round, pk: int) -> Progress:
    """Return what was written down about a while, if the visitor reads it with its exact numbers, or answer 404."""
    told = (
        Progress.objects.with_withdrawn()
        .visible_to(request.user)
        .filter(effort__result__round=round, effort__organisation=request.user.organisation_id)
    )
    progress: Progress = get_object_or_404(told.select_related("effort__result__round", "effort__organisation"), pk=pk)
    return progress


def find_any_effort(request: HttpRequest, round: Round, pk: int) -> Effort:
    """Return an effort of a round that the visitor may write on, standing or taken away, or answer 404."""
    effort: Effort = found_in(Effort, "result__round")(request, round, pk)
    require_own(request, effort)
    return effort


accept = doing(
    find_effort,
    efforts_actions.accept_effort,
    "effort",
    to=effort_url,
    done=gettext_lazy("U zei ja. Het is nu afgesproken."),
)
confirm = doing(
    find_any_effort,
    efforts_actions.confirm_effort,
    "effort",
    to=effort_url,
    done=gettext_lazy("Dank u. Dit klopt nog."),
)
withdraw_effort = doing(
    find_any_effort,
    efforts_actions.withdraw_effort,
    "effort",
    to=lambda effort: plan.plan_url(effort.result.round),
    done=gettext_lazy("De afspraak is weg."),
    undo=lambda made: reverse("plans:restore_effort", args=[made.result.round.slug, made.pk]),
)
restore_effort = doing(
    find_any_effort,
    efforts_actions.restore_effort,
    "effort",
    to=effort_url,
    done=gettext_lazy("De afspraak staat er weer."),
)
withdraw_progress = doing(
    find_progress,
    progress_actions.withdraw_progress,
    "progress",
    to=lambda made: effort_url(made.effort),
    done=gettext_lazy("Het is weg."),
    undo=lambda made: reverse("plans:restore_progress", args=[made.effort.result.round.slug, made.pk]),
)
restore_progress = doing(
    find_progress,
    progress_actions.restore_progress,
    "progress",
    to=lambda made: effort_url(made.effort),
    done=gettext_lazy("Het staat er weer."),
)
