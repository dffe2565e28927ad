"""Pages where people decide: about one household, as the second person, and everything that was decided."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import form_page, handle_form, posted, read_only
from buurtbalans.method.placements import rules
from buurtbalans.method.placements.actions import deciding
from buurtbalans.method.placements.forms import Agreed, ChooseForm, DecideForm, PickForm, ReviewPlacingForm
from buurtbalans.method.placements.models import PlacingAdvice, PlacingBatch, PlacingChoice
from buurtbalans.method.placements.queries import advice, batches, changed_proposals, plans, renewal, second_review
from buurtbalans.method.placements.queries import choosing as choosing_queries
from buurtbalans.method.placements.queries import proposals as page_queries
from buurtbalans.method.placements.views.batch import find_placing

TITLES = {
    PlacingChoice.TAKE: (
        gettext_lazy("Voorstel overnemen"),
        gettext_lazy("Het huishouden krijgt deze woning aangeboden."),
    ),
    PlacingChoice.CHOOSE: (
        gettext_lazy("Andere woning kiezen"),
        gettext_lazy("Uw keuze geldt pas als een tweede persoon het besluit heeft nagekeken."),
    ),
    PlacingChoice.HOLD: (
        gettext_lazy("Later beslissen"),
        gettext_lazy("U neemt later een besluit en tot die tijd blijft de woning voorgesteld."),
    ),
    PlacingChoice.REFUSED: (
        gettext_lazy("Weigering door huishouden vastleggen"),
        gettext_lazy(
            "Een huishouden mag een woning weigeren. De wachttijd en de urgentie blijven gelijk en er komt een nieuw voorstel."
        ),
    ),
    PlacingChoice.PICK: (
        gettext_lazy("Keuze van huishouden vastleggen"),
        gettext_lazy(
            "Geen ander huishouden krijgt hierdoor een ander voorstel. Ook in een nieuw advies blijft deze keuze staan."
        ),
    ),
    PlacingChoice.LOCK: (
        gettext_lazy("Voorstel vastzetten"),
        gettext_lazy("Ook in een nieuw advies houdt het huishouden dit voorstel."),
    ),
    PlacingChoice.REJECT: (
        gettext_lazy("Woning afwijzen"),
        gettext_lazy("Het advies zoekt dan een andere woning voor dit huishouden."),
    ),
    PlacingChoice.BACK: (
        gettext_lazy("Ongedaan maken aanvragen"),
        gettext_lazy(
            "Twee personen hebben dit besloten. Daarom kijkt een tweede persoon of het besluit ongedaan wordt gemaakt. Tot die tijd blijft het besluit gelden."
        ),
    ),
}


def told(done: str, batch: PlacingBatch, before: PlacingAdvice, household: str = "") -> str:
    """Return what was done and, where a new advice followed, for whom the proposal became another."""
    return f"{done} {changed_proposals.changed(batch, before, household)}".strip()


def _opened(pk: int, household: str) -> str:
    return f"{reverse('placements:batch', args=[pk])}?huishouden={household}#voorstel"


@form_page
@login_required
def decide(request: HttpRequest, pk: int, household: str, choice: str) -> HttpResponse:
    """Decide about one household; another home asks for a reason and a second person."""
    batch = find_placing(request, pk)
    before = batch.advices.first()
    made = advice.advised(batch, before)
    one = page_queries.opened(made, household, {})
    if one is None or choice not in set(PlacingChoice):
        raise Http404
    first: dict[str, Any] = {"proposed": one.home.id if one.home else "", "home": request.GET.get("woning", "")}
    form: DecideForm
    choosing = choosing_queries.choosing(made, household) if choice == PlacingChoice.CHOOSE else None
    if choosing is not None:
        form = ChooseForm(posted(request), initial=first, homes=choosing.homes)
    else:
        form = (PickForm if choice == PlacingChoice.PICK else DecideForm)(posted(request), initial=first)
        form.fields["reason"].required = choice == PlacingChoice.BACK
    title, intro = TITLES[PlacingChoice(choice)]
    context = {
        "title": f"{title}: {household}",
        "intro": intro if choosing is None or choosing.homes else "",
        "button": title,
        "choosing": choosing,
        "crumbs": [(_("Plaatsen"), reverse("placements:list")), (batch.title, _opened(pk, household))],
    }

    def write(given: dict[str, Any]) -> Any:
        return deciding.decide(by=request.user, batch=batch, household=household, choice=choice, **given)

    return handle_form(
        request,
        form,
        write,
        "placements/choose.html" if choosing else "rounds/fill_in.html",
        context,
        to=lambda decided: reverse("placements:batch", args=[pk]),
        done=lambda decided: told(
            _("%(household)s: %(choice)s.") % {"household": household, "choice": decided.get_choice_display()},
            batch,
            before,
            household,
        ),
        undo=lambda decided: reverse("placements:reconsider", args=[pk, decided.pk]),
    )


@form_page
@login_required
def review(request: HttpRequest, pk: int, decision: int) -> HttpResponse:
    """Look as the second person at another home than was proposed, or at what is asked back; agreed, it counts."""
    batch = find_placing(request, pk)
    decision_row, before = get_object_or_404(batch.decisions, pk=decision), batch.advices.first()
    stands = decision_row in batches.pending(batches.decisions_of(batch))
    refusal = rules.why_not_review(request.user, decision_row) or (
        "" if stands else _("Een ander heeft intussen een besluit genomen.")
    )
    chosen = {
        "who": decision_row.by,
        "home": decision_row.home,
        "proposed": decision_row.proposed or "–",
        "reason": decision_row.reason,
    }
    back = decision_row.choice == PlacingChoice.BACK
    words = _("%(who)s heeft %(home)s gekozen in plaats van %(proposed)s, met deze reden: %(reason)s")
    if back:
        words = _(
            "Twee personen hebben %(home)s aan dit huishouden toegewezen. %(who)s wil dat ongedaan maken, met deze reden: %(reason)s"
        )
    context = {
        "title": _("Besluit nakijken: %(household)s") % {"household": decision_row.household},
        "intro": words % chosen,
        "button": _("Vastleggen"),
        "decision": decision_row,
        "refusal": refusal,
        "back": back,
        "batch": batch,
        "told": second_review.judged(batch, decision_row) if stands and not batch.closed_at else None,
        "crumbs": [(_("Plaatsen"), reverse("placements:list")), (batch.title, _opened(pk, decision_row.household))],
    }

    def write(given: dict[str, Any]) -> Any:
        agreed = given["agreed"] == Agreed.YES
        return deciding.review(by=request.user, decision=decision_row, agreed=agreed, review=given["review"])

    return handle_form(
        request,
        ReviewPlacingForm(posted(request), back=back),
        write,
        "placements/review.html",
        context,
        to=lambda decided: _opened(pk, decision_row.household),
        done=lambda decided: told(
            _("Uw antwoord is bij het besluit opgeslagen."), batch, before, decision_row.household
        ),
    )


@read_only
@login_required
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything that was decided, in order; it prints."""
    batch = find_placing(request, pk)
    context = {
        "batch": batch,
        "decisions": batches.decisions_of(batch),
        "chosen_plans": plans.chosen_plans(batch),
        "renewals": renewal.renewals_of(batch),
    }
    return render(request, "placements/log.html", context)


@require_POST
@login_required
def reconsider(request: HttpRequest, pk: int, decision: int) -> HttpResponse:
    """Take a decision back; when somebody decided otherwise meanwhile, that stays."""
    batch = find_placing(request, pk)
    decision_row, before = get_object_or_404(batch.decisions, pk=decision), batch.advices.first()
    try:
        deciding.reconsider(by=request.user, decision=decision_row)
        gone = _("Het besluit over %(household)s is ongedaan gemaakt.") % {"household": decision_row.household}
        messages.success(request, told(gone, batch, before, decision_row.household))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect(_opened(pk, decision_row.household))
