"""Pages of a round: the list, the round and its steps, claims with their evidence, gaps and the shared picture."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
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

from buurtbalans.method.people.models import Organisation
from buurtbalans.method.people.permissions import Permission, Role
from buurtbalans.method.people.rules import may_anywhere
from buurtbalans.method.places.panels import PanelMaker, gather
from buurtbalans.method.stories.forms import Sheet
from buurtbalans.method.stories.queries import stories_of
from buurtbalans.method.stories.views import fill_in, form_page, page, posted

from . import actions, forms, queries, rules
from .models import Claim, Evidence, Gap, Opinion, PictureLine, Round, Verdict
from .steps import Opens, step


def enter(request: HttpRequest, slug: str) -> Round:
    """Return a round that the visitor is part of, or answer 404: to others it does not exist."""
    return get_object_or_404(queries.rounds_of(request.user), slug=slug)


def enter_claim(request: HttpRequest, slug: str, pk: int) -> tuple[Round, Claim]:
    """Return a claim of a round in whose core group the visitor is, with its evidence, or answer 404."""
    round = enter(request, slug)
    return round, get_object_or_404(queries.claims_of(round, request.user), pk=pk)


def trail(round: Round, *more: tuple[Any, str]) -> list[tuple[Any, str]]:
    """Return the crumbs of a page of a round."""
    return [(round.neighbourhood.name, queries.round_url(round)), *more]


def step_crumb(round: Round, number: int) -> tuple[Any, str]:
    """Return the crumb of a step."""
    return step(number).title, reverse("rounds:step", args=[round.slug, number])


def sheet(
    request: HttpRequest, round: Round, form: Sheet, write: Callable[[dict[str, Any]], Any], *,
    title: Any, button: Any, done: Any, to: Callable[[Any], str], at: int | None = None, intro: Any = "",
) -> HttpResponse:  # fmt: skip
    """Answer a plain form page of a round: a title, a form, one button."""
    crumbs = trail(round, step_crumb(round, at)) if at else trail(round)
    context = {"title": title, "button": button, "intro": intro, "crumbs": crumbs}
    return fill_in(request, form, write, "rounds/fill_in.html", context, to=to, done=done)


@page
@login_required
def rounds(request: HttpRequest) -> HttpResponse:
    """Show the rounds that the visitor is part of."""
    rows = [queries.row_of(round, request.user) for round in queries.rounds_of(request.user)]
    return render(
        request, "rounds/rounds.html", {"rows": rows, "may_start": may_anywhere(request.user, Permission.START_ROUND)}
    )


@form_page
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Start a round for a neighbourhood with one question."""
    rules.require_may_start(request.user)
    form = forms.StartForm(
        posted(request), places=queries.places_to_start(), initial={"place": request.GET.get("buurt", "")}
    )
    return fill_in(
        request, form, lambda given: actions.start_round(by=request.user, **queries.start_of(given)),
        "rounds/start.html", {}, to=queries.round_url,
        done=_("De ronde is begonnen. U bent de procesbegeleider."),
    )  # fmt: skip


@page
@login_required
def round_page(request: HttpRequest, slug: str, panels: Sequence[PanelMaker] = ()) -> HttpResponse:
    """Show where a round stands: the question, six steps, what is there and what comes next."""
    round = enter(request, slug)
    steps = queries.steps_of(round, request.user)
    context = {
        "round": round, "steps": steps, "current": queries.current_step(steps),
        "may": rules.allowed(request.user, round),
        "there": queries.what_is_there(round, request.user), "team": queries.team_of(round),
        "organisations": queries.organisations_of(round), "panels": gather(request, round, panels),
    }  # fmt: skip
    return render(request, "rounds/round.html", context)


@form_page
@login_required
def step_page(
    request: HttpRequest, slug: str, number: int, panels: Mapping[int, Sequence[PanelMaker]] = MappingProxyType({})
) -> HttpResponse:
    """Show one step: its goal, form and needs, and what can be done in it; any step, in any order."""
    round = enter(request, slug)
    if not 1 <= number <= 6:
        raise Http404
    steps = queries.steps_of(round, request.user)
    here = steps[number - 1]
    opens = here.step.opens
    claims = list(queries.claims_of(round, request.user))
    context = {
        "round": round, "steps": steps, "here": here, "may": rules.allowed(request.user, round), "opens": opens,
        "crumbs": trail(round, (here.name, "")),
        "reads": rules.may_in(request.user, Permission.READ, round),
        "guides": queries.team_of(round, Role.PROCESS_GUIDE),
        "claims": claims, "tested": sum(bool(claim.verdict) for claim in claims),
        "gaps": queries.gaps_of(round, request.user),
        "stories": stories_of(round.neighbourhood, request.user)[:4] if Opens.STORIES in opens else [],
        "team": queries.team_of(round), "ring": queries.team_of(round, Role.RING_MEMBER),
        "panels": gather(request, round, panels.get(number, ())),
        "next": steps[number] if number < 6 else None,
    }  # fmt: skip
    first = {name: getattr(here.row, name) for name in forms.StepForm.base_fields}
    if request.method == "POST":
        rules.require_in(request.user, Permission.EDIT_ROUND, round)
    return fill_in(
        request, forms.StepForm(posted(request), initial=first),
        lambda given: actions.set_step(by=request.user, round=round, number=number, **given),
        "rounds/step.html", context, to=lambda row: here.url, done=_("De stap is bijgewerkt."),
    )  # fmt: skip


@form_page
@login_required
def team(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody into the core group or the ring."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.INVITE, round)
    return sheet(
        request, round, forms.TeamForm(posted(request), people=queries.people_outside(round)),
        lambda given: actions.add_to_team(by=request.user, round=round, **given),
        title=_("Vraag iemand mee te doen"), button=_("Voeg toe"), done=_("Deze persoon doet nu mee."), at=1,
        to=lambda _none: step_crumb(round, 1)[1],
    )  # fmt: skip


@page
@login_required
def claim_page(request: HttpRequest, slug: str, pk: int, panels: Sequence[PanelMaker] = ()) -> HttpResponse:
    """Show a claim with what figures and stories say, the verdict of the group and who agrees."""
    round, claim = enter_claim(request, slug, pk)
    return render(request, "rounds/claim.html", claim_context(request, round, claim, panels))


def claim_context(
    request: HttpRequest, round: Round, claim: Claim, panels: Sequence[PanelMaker] = ()
) -> dict[str, Any]:
    """Return what the claim page shows."""
    order = list(round.claims.values_list("pk", flat=True))
    figures, stories = queries.split(claim)
    voices = queries.voices(claim, request.user)
    return {
        "round": round, "claim": claim, "figures": figures, "stories": stories,
        "may": rules.allowed(request.user, round),
        "number": order.index(claim.pk) + 1, "count": len(order), "voices": voices,
        "own": next((voice for voice in voices if voice.own), None), "verdicts": Verdict.choices,
        "crumbs": trail(round, step_crumb(round, 3)), "panels": gather(request, claim, panels),
        "late": any(claim.judged_at and e.added_at > claim.judged_at for e in claim.laid),
        "lines": claim.lines.all(), "gaps": claim.gaps.select_related("organisation"),
        "speaks": rules.speaks_for(request.user, claim.organisation, round),
    }  # fmt: skip


@form_page
@login_required
def new_claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring a claim into the round."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.CLAIM, round)
    form = forms.ClaimForm(posted(request))
    form.fields.pop("version")
    return sheet(
        request, round, form, lambda given: actions.bring_in(by=request.user, round=round, **given),
        title=_("Breng een uitspraak in"), button=_("Breng in"), at=3, to=queries.claim_url,
        intro=_("Iets wat uw organisatie denkt over de buurt. Daarna toetsen we of het klopt."),
        done=_("De uitspraak staat erbij. Leg er nu cijfers en verhalen naast."),
    )  # fmt: skip


@form_page
@login_required
def add_figure(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Choose a figure, see what it says, and lay it beside the claim as it is now."""
    round, claim = enter_claim(request, slug, pk)
    rules.require_in(request.user, Permission.CLAIM, round)
    years, year = queries.years_of(round, request.GET.get("jaar", ""))
    groups = queries.figure_choices(round, year)
    form = forms.FigureForm(posted(request), figures=[(f["key"], f["choice"]) for _name, fs in groups for f in fs])
    return fill_in(
        request, form,
        lambda given: actions.add_figure(
            by=request.user, claim=claim, figure=queries.freeze(round, given["figure"]), says=given["says"],
            note=given["note"]
        ),
        "rounds/add_figure.html",
        {"round": round, "claim": claim, "groups": groups, "years": years, "year": year,
            "crumbs": evidence_trail(round, claim)},
        to=lambda evidence: queries.claim_url(claim), done=_("Het cijfer ligt bij de uitspraak."),
        undo=lambda evidence: reverse("rounds:remove_evidence", args=[slug, pk, evidence.pk]),
    )  # fmt: skip


def evidence_trail(round: Round, claim: Claim) -> list[tuple[Any, str]]:
    """Return the crumbs of a page that adds something to a claim."""
    return trail(round, step_crumb(round, 3), (f"‘{claim.text}’", queries.claim_url(claim)))


@form_page
@login_required
def add_story(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Choose a story that everybody in the core group can read, and lay it beside the claim."""
    round, claim = enter_claim(request, slug, pk)
    rules.require_in(request.user, Permission.CLAIM, round)
    stories = queries.stories_for_evidence(claim, request.user)
    return fill_in(
        request, forms.StoryEvidenceForm(posted(request), stories=stories),
        lambda given: actions.add_story(by=request.user, claim=claim, **given),
        "rounds/add_story.html",
        {"round": round, "claim": claim, "stories": stories, "crumbs": evidence_trail(round, claim)},
        to=lambda evidence: queries.claim_url(claim), done=_("Het verhaal ligt bij de uitspraak."),
        undo=lambda evidence: reverse("rounds:remove_evidence", args=[slug, pk, evidence.pk]),
    )  # fmt: skip


@require_POST
@login_required
def remove_evidence(request: HttpRequest, slug: str, pk: int, evidence: int) -> HttpResponse:
    """Take evidence away again, unless a verdict rests on it."""
    _round, claim = enter_claim(request, slug, pk)
    found = get_object_or_404(Evidence.objects.visible_to(request.user), pk=evidence, claim=claim)
    try:
        actions.remove_evidence(by=request.user, evidence=found)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Het bewijs is weggehaald."))
    return redirect(queries.claim_url(claim))


@form_page
@login_required
def judge(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write down the verdict of the group and its reason."""
    round, claim = enter_claim(request, slug, pk)
    rules.require_in(request.user, Permission.JUDGE, round)
    first = {name: getattr(claim, name) for name in forms.VerdictForm.base_fields}
    form = forms.VerdictForm(posted(request), initial=first)
    return fill_in(
        request, form, lambda given: actions.judge(by=request.user, claim=claim, **given),
        "rounds/claim.html", {**claim_context(request, round, claim), "judging": True},
        to=lambda claim: f"{queries.claim_url(claim)}#oordeel", done=_("Het oordeel staat vast, met de reden."),
    )  # fmt: skip


@form_page
@login_required
def opinion(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say for one's own organisation whether it agrees with the verdict."""
    round, claim = enter_claim(request, slug, pk)
    rules.require_in(request.user, Permission.GIVE_OPINION, round)
    given = Opinion.objects.visible_to(request.user).filter(claim=claim, organisation=request.user.organisation).first()
    first = {name: getattr(given, name) for name in forms.OpinionForm.base_fields} if given else {}
    return fill_in(
        request, forms.OpinionForm(posted(request), initial=first),
        lambda given: actions.give_opinion(by=request.user, claim=claim, **given),
        "rounds/opinion.html", {"round": round, "claim": claim, "crumbs": evidence_trail(round, claim)},
        to=lambda opinion: f"{queries.claim_url(claim)}#mening", done=_("De mening van uw organisatie staat erbij."),
    )  # fmt: skip


@form_page
@login_required
def new_gap(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down what is not known and who will ask about it."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.CLAIM, round)
    seated = Organisation.objects.filter(pk__in=[o.pk for o in queries.organisations_of(round)])
    claims = Claim.objects.visible_to(request.user).filter(round=round)
    first = {"claim": request.GET.get("uitspraak")}
    return sheet(
        request, round, forms.GapForm(posted(request), organisations=seated, claims=claims, initial=first),
        lambda given: actions.note_gap(by=request.user, round=round, **given), at=3,
        to=lambda gap: step_crumb(round, 3)[1],
        title=_("Wat weten we nog niet?"), button=_("Zet op de lijst"), done=_("De vraag staat op de lijst."),
        intro=_("Wat we niet weten, wordt een vraag aan iemand. Vóór een datum."),
    )  # fmt: skip


@page
@login_required
def picture(request: HttpRequest, slug: str, panels: Sequence[PanelMaker] = ()) -> HttpResponse:
    """Show the shared picture as one sheet: strengths first, what is unknown, and who sees it otherwise."""
    round = enter(request, slug)
    kinds = queries.picture_of(round, request.user)
    filled = any(lines for _kind, lines in kinds)
    context = {
        "round": round, "kinds": kinds, "filled": filled, "may": rules.allowed(request.user, round),
        "dissent": queries.dissent_of(round, request.user) if filled else [],
        "gaps": queries.gaps_of(round, request.user),
        "reads": rules.may_in(request.user, Permission.READ, round), "organisations": queries.organisations_of(round),
        "shared": round.picture.filter(circle=round.ring).exists(), "panels": gather(request, round, panels),
    }  # fmt: skip
    return render(request, "rounds/picture.html", context)


@form_page
@login_required
def new_line(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a line to the picture, resting on claims."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.EDIT_ROUND, round)
    claims = Claim.objects.visible_to(request.user).filter(round=round)
    return sheet(
        request, round, forms.LineForm(posted(request), claims=claims),
        lambda given: actions.draw_line(by=request.user, round=round, **given | {"claims": list(given["claims"])}),
        title=_("Voeg een regel toe aan het beeld"), button=_("Voeg toe"), done=_("De regel staat in het beeld."),
        at=4, to=queries.picture_url,
    )  # fmt: skip


@require_POST
@login_required
def share_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Share the picture with the ring."""
    round = enter(request, slug)
    try:
        actions.share_picture(by=request.user, round=round)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("De kring kan het beeld nu lezen."))
    return redirect("rounds:picture", slug)


def rewording(
    form: type[Sheet], write: Callable[..., Any], name: str, *, find: Callable[[HttpRequest, Round, int], Any],
    rule: Callable[[Any, Any], None], to: Callable[[Any], str], title: Any, done: Any, at: int | None = None,
) -> Callable[..., HttpResponse]:  # fmt: skip
    """Return the page that changes a text: it opens with what stands there, and writes in the version that was read."""

    @form_page
    @login_required
    def reword(request: HttpRequest, slug: str, pk: int = 0) -> HttpResponse:
        round = enter(request, slug)
        text = find(request, round, pk)
        rule(request.user, text)
        first = {field: getattr(text, field) for field in form.base_fields}
        return sheet(
            request, round, form(posted(request), initial=first),
            lambda given: write(by=request.user, **{name: text}, **given),
            title=title(text) if callable(title) else title, button=_("Bewaar"), done=done, to=to, at=at,
        )  # fmt: skip

    return reword


edit = rewording(
    forms.RoundForm, actions.edit_round, "round", find=lambda request, round, pk: round,
    rule=lambda person, round: rules.require_in(person, Permission.EDIT_ROUND, round),
    to=queries.round_url, title=gettext_lazy("Pas de ronde aan"), done=gettext_lazy("De ronde is aangepast."),
)  # fmt: skip
edit_picture = rewording(
    forms.PictureForm, actions.edit_round, "round", find=lambda request, round, pk: round,
    rule=lambda person, round: rules.require_in(person, Permission.EDIT_ROUND, round),
    to=queries.picture_url, title=gettext_lazy("Het beeld in één zin"), at=4,
    done=gettext_lazy("Het beeld is bijgewerkt."),
)  # fmt: skip
edit_line = rewording(
    forms.EditLineForm, actions.edit_line, "line",
    find=lambda request, round, pk: get_object_or_404(PictureLine.objects.visible_to(request.user), pk=pk, round=round),
    rule=lambda person, line: rules.require_in(person, Permission.EDIT_ROUND, line.round),
    to=queries.picture_url, title=gettext_lazy("Pas de regel aan"), done=gettext_lazy("De regel is aangepast."), at=4,
)  # fmt: skip
edit_claim = rewording(
    forms.ClaimForm, actions.edit_claim, "claim", find=lambda request, round,
    pk: enter_claim(request, round.slug, pk)[1],
    rule=lambda person, claim: rules.require_speaks_for(person, claim.organisation, claim.round),
    to=queries.claim_url, title=gettext_lazy("Pas de uitspraak aan"), at=3,
    done=gettext_lazy("De uitspraak is aangepast."),
)  # fmt: skip
answer_gap = rewording(
    forms.AnswerForm, actions.answer_gap, "gap",
    find=lambda request, round, pk: get_object_or_404(Gap.objects.visible_to(request.user), pk=pk, round=round),
    rule=lambda person, gap: rules.require_speaks_for(person, gap.organisation, gap.round),
    to=lambda gap: step_crumb(gap.round, 3)[1], title=lambda gap: gap.what, at=3,
    done=gettext_lazy("Het antwoord staat erbij."),
)  # fmt: skip
