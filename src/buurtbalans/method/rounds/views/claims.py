"""Pages of claims: the claim with its evidence, the verdict, and the opinions."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import form_page, handle_button, handle_form, posted, read_only
from buurtbalans.method.base.panels import PanelMaker, gather
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds import rules
from buurtbalans.method.rounds.actions import claims as claims_actions
from buurtbalans.method.rounds.forms import claims
from buurtbalans.method.rounds.models import Claim, Evidence, Opinion, Round, Verdict
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.rounds.queries import contrast
from buurtbalans.method.rounds.queries import evidence as evidence_queries
from buurtbalans.method.rounds.views.round import edit_view, enter, sheet, step_crumb, trail


def enter_claim(request: HttpRequest, slug: str, pk: int) -> tuple[Round, Claim]:
    """Return a claim of a round in whose core group the visitor is, with its evidence, or answer 404."""
    round = enter(request, slug)
    return round, get_object_or_404(claims_queries.claims_of(round, request.user), pk=pk)


@read_only
@login_required
def claim_page(request: HttpRequest, slug: str, pk: int, panels: Sequence[PanelMaker] = ()) -> HttpResponse:
    """Show a claim with what figures and stories say, the verdict of the group and who agrees."""
    round, claim = enter_claim(request, slug, pk)
    return render(request, "rounds/claim.html", claim_context(request, round, claim, panels))


def claim_context(
    request: HttpRequest, round: Round, claim: Claim, panels: Sequence[PanelMaker] = ()
) -> dict[str, Any]:
    """Return what the claim page shows."""
    order = list(Claim.objects.visible_to(request.user).filter(round=round).values_list("pk", flat=True))
    figures, stories = claims_queries.split(claim)
    voices = claims_queries.voices(claim, request.user)
    return {
        "round": round,
        "claim": claim,
        "figures": figures,
        "stories": stories,
        "withdrawn_stories": claims_queries.withdrawn_stories(claim, request.user),
        "may": rules.allowed(request.user, round),
        "number": order.index(claim.pk) + 1,
        "count": len(order),
        "voices": voices,
        "own": next((voice for voice in voices if voice.own), None),
        "verdicts": Verdict.choices,
        "answers": claims_queries.answers_of(claim, request.user),
        "answer_form": claims.AnswerForm(),
        "crumbs": trail(round, step_crumb(round, 3)),
        "panels": gather(request, claim, panels),
        "late": any(claim.judged_at and e.added_at > claim.judged_at for e in claim.laid),
        "talk": contrast.discussion_of(claim),
        "meetings": contrast.coming_meetings(round, request.user),
        "lines": claim.lines.all(),
        "gaps": claims_queries.gaps_of(round, request.user).filter(claim=claim),
        "speaks": rules.speaks_for(request.user, claim.organisation, round),
    }


@form_page
@login_required
def new_claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring a claim into the round."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.CLAIM, round)
    form = claims.ClaimForm(posted(request))
    form.fields.pop("version")
    return sheet(
        request,
        round,
        form,
        lambda given: claims_actions.create_claim(by=request.user, round=round, **given),
        title=_("Stelling toevoegen"),
        button=_("Stelling toevoegen"),
        at=3,
        to=claims_queries.claim_url,
        intro=_(
            "Een stelling is iets wat uw organisatie over de buurt denkt, en daarna toetsen we samen of het klopt."
        ),
        done=_("De stelling is toegevoegd, dus u kunt nu cijfers en verhalen als onderbouwing toevoegen."),
    )


@form_page
@login_required
def add_figure(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Search a figure, see what it says, and lay it beside the claim as it is now."""
    round, claim = enter_claim(request, slug, pk)
    rules.require_in(request.user, Permission.CLAIM, round)
    search, groups = figure_search(request, round)
    form = claims.FigureForm(posted(request), figures=[(f["key"], f["choice"]) for _name, fs in groups for f in fs])
    return handle_form(
        request,
        form,
        lambda given: claims_actions.add_figure(
            by=request.user,
            claim=claim,
            figure=evidence_queries.freeze(round, given["figure"]),
            says=given["says"],
            note=given["note"],
        ),
        "rounds/add_figure.html",
        {
            "round": round,
            "claim": claim,
            "groups": groups,
            "search": search,
            "found": sum(len(figures) for _name, figures in groups),
            "crumbs": evidence_trail(round, claim),
        },
        to=lambda evidence: claims_queries.claim_url(claim),
        done=_("Het cijfer is toegevoegd als onderbouwing van de stelling."),
        undo=lambda evidence: reverse("rounds:withdraw_evidence", args=[slug, pk, evidence.pk]),
    )


def figure_search(
    request: HttpRequest, round: Round
) -> tuple[claims.SearchForm, list[tuple[str, list[dict[str, Any]]]]]:
    """Return the search form as the visitor filled it in, and the figures that fit, per theme."""
    years, year = evidence_queries.years_of(round, request.GET.get("year", ""))
    areas, themes = evidence_queries.areas_of(round), evidence_queries.themes_of(round)
    asked = request.GET.dict() | {"year": str(year)}
    search = claims.SearchForm(asked, themes=themes, areas=areas, years=years)
    given = search.cleaned_data if search.is_valid() else {}
    wanted = evidence_queries.EvidenceFilter(
        year, given.get("words", ""), given.get("theme", ""), given.get("area", "")
    )
    return search, evidence_queries.searched(round, wanted)


def evidence_trail(round: Round, claim: Claim) -> list[tuple[Any, str]]:
    """Return the crumbs of a page that adds something to a claim."""
    return trail(round, step_crumb(round, 3), (f"‘{claim.text}’", claims_queries.claim_url(claim)))


@form_page
@login_required
def add_story(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Choose a story that everybody in the core group can read, and lay it beside the claim."""
    round, claim = enter_claim(request, slug, pk)
    rules.require_in(request.user, Permission.CLAIM, round)
    stories = claims_queries.stories_for_evidence(claim, request.user)
    return handle_form(
        request,
        claims.StoryEvidenceForm(posted(request), stories=stories),
        lambda given: claims_actions.add_story(by=request.user, claim=claim, **given),
        "rounds/add_story.html",
        {"round": round, "claim": claim, "stories": stories, "crumbs": evidence_trail(round, claim)},
        to=lambda evidence: claims_queries.claim_url(claim),
        done=_("Het verhaal is toegevoegd als onderbouwing van de stelling."),
        undo=lambda evidence: reverse("rounds:withdraw_evidence", args=[slug, pk, evidence.pk]),
    )


@require_POST
@login_required
def withdraw_evidence(request: HttpRequest, slug: str, pk: int, evidence: int) -> HttpResponse:
    """Take evidence away again, unless a verdict rests on it."""
    _round, claim = enter_claim(request, slug, pk)
    evidence_row = get_object_or_404(Evidence.objects.visible_to(request.user), pk=evidence, claim=claim)
    return handle_button(
        request,
        lambda: claims_actions.withdraw_evidence(by=request.user, evidence=evidence_row),
        to=claims_queries.claim_url(claim),
        done=_("De onderbouwing is bij deze stelling verwijderd."),
        undo=reverse("rounds:restore_evidence", args=[slug, pk, evidence]),
    )


@require_POST
@login_required
def restore_evidence(request: HttpRequest, slug: str, pk: int, evidence: int) -> HttpResponse:
    """Lay evidence beside its claim again."""
    _round, claim = enter_claim(request, slug, pk)
    evidence_row = get_object_or_404(Evidence.objects.visible_to(request.user), pk=evidence, claim=claim)
    return handle_button(
        request,
        lambda: claims_actions.restore_evidence(by=request.user, evidence=evidence_row),
        to=claims_queries.claim_url(claim),
        done=_("De onderbouwing staat weer bij deze stelling."),
    )


@form_page
@login_required
def judge(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write down the verdict of the group and its reason."""
    round, claim = enter_claim(request, slug, pk)
    rules.require_in(request.user, Permission.JUDGE, round)
    first = {name: getattr(claim, name) for name in claims.VerdictForm.base_fields}
    form = claims.VerdictForm(posted(request), initial=first)
    return handle_form(
        request,
        form,
        lambda given: claims_actions.judge(by=request.user, claim=claim, **given),
        "rounds/claim.html",
        {**claim_context(request, round, claim), "judging": True},
        to=lambda claim: f"{claims_queries.claim_url(claim)}#oordeel",
        done=_("De conclusie is met de reden vastgelegd."),
    )


@form_page
@login_required
def opinion(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say for one's own organisation whether a claim is true, and once there is a verdict whether it agrees."""
    round, claim = enter_claim(request, slug, pk)
    rules.require_in(request.user, Permission.GIVE_OPINION, round)
    given = Opinion.objects.visible_to(request.user).filter(claim=claim, organisation=request.user.organisation).first()
    form, write = (
        (claims.OpinionForm, claims_actions.give_opinion)
        if claim.verdict
        else (claims.AnswerForm, claims_actions.answer_claim)
    )
    first = {name: getattr(given, name) for name in form.base_fields} if given else {}
    return handle_form(
        request,
        form(posted(request), initial=first),
        lambda given: write(by=request.user, claim=claim, **given),
        "rounds/opinion.html",
        {
            "round": round,
            "claim": claim,
            "crumbs": evidence_trail(round, claim),
            "text": given,
            "answers": claims_queries.answers_of(claim, request.user),
        },
        to=lambda opinion: f"{claims_queries.claim_url(claim)}#mening",
        done=_("De mening van uw organisatie is toegevoegd."),
    )


@require_POST
@login_required
def open_opinions(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Open the opinions on a claim although somebody did not answer."""
    _round, claim = enter_claim(request, slug, pk)
    return handle_button(
        request,
        lambda: claims_actions.open_opinions(by=request.user, claim=claim),
        to=f"{claims_queries.claim_url(claim)}#mening",
        done=_("De meningen zijn geopend. De kerngroep kan nu een conclusie trekken."),
    )


edit_claim = edit_view(
    claims.ClaimForm,
    claims_actions.edit_claim,
    "claim",
    find=lambda request, round, pk: enter_claim(request, round.slug, pk)[1],
    rule=lambda person, claim: rules.require_speaks_for(person, claim.organisation, claim.round),
    to=claims_queries.claim_url,
    title=gettext_lazy("Stelling aanpassen"),
    at=3,
    done=gettext_lazy("De stelling is aangepast."),
)
