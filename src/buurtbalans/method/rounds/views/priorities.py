"""Pages of what comes first: the criteria, the points of each organisation beside each other, and the choice."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import form_page, handle_button, handle_form, posted, read_only
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds import rules
from buurtbalans.method.rounds.actions import priorities as priorities_actions
from buurtbalans.method.rounds.forms import picture
from buurtbalans.method.rounds.models import Criterion, PictureLine, Round
from buurtbalans.method.rounds.queries import priorities as priorities_queries
from buurtbalans.method.rounds.views.round import button_view, edit_view, enter, step_crumb, trail


def enter_core(request: HttpRequest, slug: str) -> Round:
    """Return a round in whose core group the visitor reads; the ring is told who decides."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.READ, round)
    return round


def priorities_url(about: Round | PictureLine | Criterion) -> str:
    """Return the address of what comes first."""
    round = about if isinstance(about, Round) else about.round
    return reverse("rounds:priorities", args=[round.slug])


def crumbs_of(round: Round) -> list[tuple[object, str]]:
    """Return the crumbs of a page under what comes first."""
    return trail(round, step_crumb(round, 4), (_("Prioriteiten"), priorities_url(round)))


@read_only
@login_required
def priorities(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what organisations find most important, line by line, each by name, and what the group chose."""
    round = enter_core(request, slug)
    criteria = list(priorities_queries.criteria_of(round, request.user))
    context = {
        "round": round,
        "criteria": criteria,
        "rows": priorities_queries.rows_of(round, request.user),
        "proposed": priorities_queries.proposed(criteria),
        "may": rules.allowed(request.user, round),
        "crumbs": trail(round, step_crumb(round, 4), (_("Prioriteiten"), "")),
    }
    return render(request, "rounds/priorities.html", context)


@form_page
@login_required
def weigh(request: HttpRequest, slug: str) -> HttpResponse:
    """Give points for one's own organisation, criterion by criterion."""
    round = enter_core(request, slug)
    rules.require_in(request.user, Permission.GIVE_OPINION, round)
    organisation = rules.require_organisation(request.user)
    form = picture.WeighForm(
        posted(request),
        lines=priorities_queries.weighed_lines(round, request.user),
        criteria=list(priorities_queries.criteria_of(round, request.user)),
        points=priorities_queries.own_points(round, organisation.pk),
    )
    return handle_form(
        request,
        form,
        lambda given: priorities_actions.weigh(by=request.user, round=round, points=form.given()),
        "rounds/weigh.html",
        {"round": round, "organisation": organisation, "crumbs": crumbs_of(round)},
        to=lambda number: priorities_url(round),
        done=_("De punten van uw organisatie zijn toegevoegd."),
    )


@form_page
@login_required
def new_criterion(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a criterion of one's own."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.EDIT_ROUND, round)
    form = picture.CriterionForm(posted(request))
    form.fields.pop("version")
    return handle_form(
        request,
        form,
        lambda given: priorities_actions.add_criteria(
            by=request.user, round=round, texts=[given["text"]], weight=given["weight"]
        ),
        "rounds/fill_in.html",
        {"title": _("Waar letten we op?"), "button": _("Toevoegen"), "crumbs": crumbs_of(round)},
        to=lambda made: priorities_url(round),
        done=_("Het staat nu op de lijst."),
    )


@require_POST
@login_required
def propose_criteria(request: HttpRequest, slug: str) -> HttpResponse:
    """Take over the criteria that the method proposes."""
    round = enter(request, slug)
    texts = priorities_queries.proposed(priorities_queries.criteria_of(round, request.user))
    return handle_button(
        request,
        lambda: priorities_actions.add_criteria(by=request.user, round=round, texts=texts),
        to=priorities_url(round),
        done=_("De voorgestelde criteria staan nu op de lijst."),
    )


def _criterion(request: HttpRequest, round: Round, pk: int) -> Criterion:
    criterion: Criterion = get_object_or_404(
        Criterion.objects.with_withdrawn().visible_to(request.user), pk=pk, round=round
    )
    return criterion


edit_criterion = edit_view(
    picture.CriterionForm,
    priorities_actions.edit_criterion,
    "criterion",
    find=_criterion,
    rule=lambda person, criterion: rules.require_in(person, Permission.EDIT_ROUND, criterion.round),
    to=priorities_url,
    title=gettext_lazy("Criteria aanpassen"),
    at=4,
    done=gettext_lazy("De wijziging is opgeslagen en staat nu op de pagina."),
)


withdraw_criterion = button_view(
    priorities_actions.withdraw_criterion,
    "criterion",
    find=_criterion,
    to=priorities_url,
    done=gettext_lazy("Het staat niet meer op de lijst."),
    undo="rounds:restore_criterion",
)
restore_criterion = button_view(
    priorities_actions.restore_criterion,
    "criterion",
    find=_criterion,
    to=priorities_url,
    done=gettext_lazy("Het criterium staat weer op de lijst."),
)


@form_page
@login_required
def choose(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write down whether the group works on a line first, with the points of all organisations in view."""
    round = enter_core(request, slug)
    rules.require_in(request.user, Permission.EDIT_ROUND, round)
    row = next((row for row in priorities_queries.rows_of(round, request.user) if row.line.pk == pk), None)
    if row is None:
        raise Http404
    first = {name: getattr(row.choice, name) for name in picture.ChoiceForm.base_fields} if row.choice else {}
    return handle_form(
        request,
        picture.ChoiceForm(posted(request), initial=first),
        lambda given: priorities_actions.choose(by=request.user, line=row.line, **given),
        "rounds/choose.html",
        {"round": round, "row": row, "crumbs": crumbs_of(round)},
        to=lambda choice: priorities_url(round),
        done=_("De keuze van de groep is met de reden vastgelegd."),
    )
