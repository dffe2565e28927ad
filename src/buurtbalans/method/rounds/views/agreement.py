"""Pages of the sharing agreement: one sheet to read and print, and the forms that change it."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import form_page, handle_button, posted, read_only
from buurtbalans.method.base.panels import PanelMaker, gather
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds import rules
from buurtbalans.method.rounds.actions import agreement as agreement_actions
from buurtbalans.method.rounds.forms import agreement as agreement_forms
from buurtbalans.method.rounds.models import Agreement, Pledge, Round
from buurtbalans.method.rounds.queries import agreement as agreement_queries
from buurtbalans.method.rounds.views.round import button_view, enter, sheet


def _here(request: HttpRequest, slug: str) -> Round:
    """Return a round whose agreement the visitor may read: the core group's."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.READ, round)
    return round


def _newest(request: HttpRequest, round: Round) -> Agreement:
    """Return the version that counts, or answer 404 when none was proposed."""
    proposed = Agreement.objects.visible_to(request.user).filter(round=round, proposed_at__isnull=False)
    return get_object_or_404(proposed.order_by("-number")[:1])


@read_only
@login_required
def agreement(request: HttpRequest, slug: str, panels: Sequence[PanelMaker] = ()) -> HttpResponse:
    """Show the agreement as one sheet: why, who shares what, who signed, until when."""
    round = _here(request, slug)
    state = agreement_queries.agreed(round, request.user)
    context = {
        "round": round,
        "state": state,
        "agreement": state.agreement,
        "may": rules.allowed(request.user, round),
        "parts": agreement_queries.parts_of(state.agreement) if state.agreement else [],
        "changes": agreement_queries.changed_since(state.agreement) if state.agreement else [],
        "versions": agreement_queries.versions_of(round, request.user),
        "panels": gather(request, round, panels),
    }
    return render(request, "rounds/agreement.html", context)


@read_only
@login_required
def agreement_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a version as it is or was: what was signed stays readable, and a draft can be read before it is proposed."""
    round = _here(request, slug)
    version = get_object_or_404(Agreement.objects.visible_to(request.user), round=round, number=number)
    context = {
        "round": round,
        "agreement": version,
        "parts": agreement_queries.parts_of(version),
        "changes": agreement_queries.changed_since(version),
        "lines": agreement_queries.lines_of(version, request.user.organisation_id),
        "signatures": version.signatures.select_related("organisation", "by"),
        "state": agreement_queries.agreed(round, request.user),
        "may": rules.allowed(request.user, round),
    }
    return render(request, "rounds/agreement_version.html", context)


@form_page
@login_required
def create_agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the agreement, go on writing, or begin a new version of it."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.EDIT_ROUND, round)
    draft = agreement_queries.draft_agreement(round)
    first = {name: getattr(draft, name) for name in agreement_forms.AgreementForm().fields} if draft else None
    form = agreement_forms.AgreementForm(posted(request), initial=first or agreement_queries.initial_texts(round))

    def write(given: dict[str, Any]) -> Agreement:
        if draft is not None:
            return agreement_actions.edit_agreement(by=request.user, agreement=draft, **given)
        given.pop("version")
        return agreement_actions.create_agreement(by=request.user, round=round, **given)

    return sheet(
        request,
        round,
        form,
        write,
        at=1,
        to=draft_url,
        button=_("Tekst opslaan"),
        text=draft,
        title=_("Afspraak over delen schrijven"),
        done=_("De tekst is opgeslagen, dus u kunt de afspraak voorleggen zodra de tekst goed is."),
        intro=_("Er staat al een tekst om mee te beginnen, die u samen kunt aanpassen."),
    )


def draft_url(agreement: Agreement) -> str:
    """Return where one goes on with what was written: where it is laid before the organisations."""
    return f"{agreement_queries.agreement_url(agreement.round)}#verder"


def version_url(agreement: Agreement) -> str:
    """Return the address of one version."""
    return reverse("rounds:agreement_version", args=[agreement.round.slug, agreement.number])


@require_POST
@login_required
def propose_agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the text that was written, and ask every organisation to sign it."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.EDIT_ROUND, round)
    draft = get_object_or_404(Agreement.objects.visible_to(request.user), round=round, proposed_at=None)
    version = request.POST.get("version", "")
    return handle_button(
        request,
        lambda: agreement_actions.propose_agreement(
            by=request.user, agreement=draft, version=int(version) if version.isdigit() else 0
        ),
        to=agreement_queries.agreement_url(round),
        done=_("De afspraak is voorgelegd, dus elke organisatie kan nu zelf ondertekenen."),
        conflict=_("Iemand heeft de tekst zojuist aangepast, dus lees deze eerst opnieuw."),
    )


@form_page
@login_required
def sign_agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign for one's own organisation, with the position in which one signs."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.GIVE_OPINION, round)
    newest = _newest(request, round)

    def write(given: dict[str, Any]) -> Any:
        read = get_object_or_404(Agreement.objects.visible_to(request.user), round=round, number=given["number"])
        return agreement_actions.sign_agreement(by=request.user, agreement=read, role=given["role"])

    return sheet(
        request,
        round,
        agreement_forms.SignForm(posted(request), initial={"number": newest.number}),
        write,
        at=1,
        to=lambda signature: agreement_queries.agreement_url(round),
        button=_("Ondertekenen"),
        done=_("Uw organisatie heeft de afspraak over delen ondertekend."),
        title=_("Ondertekenen namens %(name)s") % {"name": request.user.organisation or ""},
        intro=_(
            "U zegt toe dat uw organisatie zich tot en met %(day)s aan deze afspraak houdt. Tot u ondertekent, kunnen anderen de verhalen, gevoelens, waarderingen, stellingen, meningen en reacties van uw organisatie niet lezen. U kunt de handtekening altijd weer intrekken."
        )
        % {"day": date_format(newest.until, "j F Y")},
    )


@form_page
@login_required
def withdraw_signature(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the word of one's own organisation back, with the reason."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.GIVE_OPINION, round)
    newest = _newest(request, round)
    return sheet(
        request,
        round,
        agreement_forms.ReasonForm(posted(request)),
        lambda given: agreement_actions.withdraw_signature(by=request.user, agreement=newest, reason=given["reason"]),
        at=1,
        to=lambda signature: agreement_queries.agreement_url(round),
        button=_("Handtekening intrekken"),
        title=_("Handtekening van uw organisatie intrekken"),
        done=_("De handtekening van uw organisatie is ingetrokken."),
        intro=_(
            "Anderen zien dan niet meer wat uw organisatie met deze ronde heeft gedeeld: cijfers, verhalen, gevoelens, waarderingen, stellingen, meningen en reacties. Wat anderen al hebben afgedrukt of gedownload, kunt u niet terughalen, en in een gevoelskaart die al met anderen is gedeeld, blijven gevoelens meegeteld. U kunt de afspraak later opnieuw ondertekenen."
        ),
    )


@form_page
@login_required
def end_agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Stop the agreement before its day, with the reason."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.EDIT_ROUND, round)
    newest = _newest(request, round)
    return sheet(
        request,
        round,
        agreement_forms.ReasonForm(posted(request), initial={"version": newest.version}),
        lambda given: agreement_actions.end_agreement(by=request.user, agreement=newest, **given),
        at=1,
        to=lambda agreement: agreement_queries.agreement_url(round),
        button=_("Afspraak over delen beëindigen"),
        title=_("Afspraak over delen beëindigen"),
        done=_("De afspraak over delen is nu beëindigd."),
        intro=_(
            "Anderen zien dan niet meer wat organisaties met deze ronde hebben gedeeld. Verder delen kan met een nieuwe versie, die iedereen ondertekent."
        ),
    )


@form_page
@login_required
def new_pledge(request: HttpRequest, slug: str) -> HttpResponse:
    """Promise what one's own organisation shares."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.GIVE_OPINION, round)
    bearer = agreement_queries.bearer(round)
    first = {"until": bearer.until if bearer else None, "delivery": request.GET.get("levering")}
    form = agreement_forms.PledgeForm(
        posted(request), deliveries=agreement_queries.own_deliveries(request.user), initial=first
    )

    def write(given: dict[str, Any]) -> Pledge:
        given.pop("version")
        return agreement_actions.pledge(by=request.user, round=round, **given)

    return sheet(
        request,
        round,
        form,
        write,
        at=1,
        to=lambda made: agreement_queries.agreement_url(round),
        button=_("Toezegging toevoegen"),
        title=_("Wat deelt %(name)s?") % {"name": request.user.organisation or ""},
        done=_("Uw toezegging is aan de afspraak toegevoegd."),
        intro=_(
            "Een toezegging bindt alleen uw eigen organisatie, en telt mee zodra uw organisatie heeft ondertekend."
        ),
    )


def _own_pledge(request: HttpRequest, round: Round, pk: int) -> Pledge:
    pledge = get_object_or_404(Pledge.objects.visible_to(request.user), pk=pk, agreement__round=round)
    rules.require_own_pledge(request.user, pledge)
    return pledge


@form_page
@login_required
def edit_pledge(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a promise of one's own organisation."""
    round = enter(request, slug)
    own_pledge = _own_pledge(request, round, pk)
    first = {name: getattr(own_pledge, name) for name in agreement_forms.PledgeForm.base_fields}
    deliveries = agreement_queries.own_deliveries(request.user)
    return sheet(
        request,
        round,
        agreement_forms.PledgeForm(posted(request), deliveries=deliveries, initial=first),
        lambda given: agreement_actions.edit_pledge(by=request.user, pledge=own_pledge, **given),
        at=1,
        to=lambda made: agreement_queries.agreement_url(round),
        button=_("Opslaan"),
        done=_("Uw toezegging in de afspraak is aangepast."),
        title=_("Toezegging aanpassen"),
        text=own_pledge,
    )


withdraw_pledge = button_view(
    agreement_actions.withdraw_pledge,
    "pledge",
    find=_own_pledge,
    to=lambda pledge: agreement_queries.agreement_url(pledge.agreement.round),
    done=gettext_lazy("De toezegging is ingetrokken, dus anderen zien niet meer wat u daarmee hebt gedeeld."),
    undo="rounds:restore_pledge",
)
restore_pledge = button_view(
    agreement_actions.restore_pledge,
    "pledge",
    find=_own_pledge,
    to=lambda pledge: agreement_queries.agreement_url(pledge.agreement.round),
    done=gettext_lazy("De toezegging is hersteld en staat weer in de afspraak."),
)
