"""The page for who is new in a round: in two minutes what it is about, what was found, and what is asked now."""

from collections.abc import Callable, Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.pages import read_only
from buurtbalans.method.base.panels import PanelMaker, Task, gather
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.places.queries import remark_on
from buurtbalans.method.rounds import rules
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.rounds.queries import onward, picture, team
from buurtbalans.method.rounds.queries import round as round_queries
from buurtbalans.method.rounds.views.round import enter, trail

TaskMaker = Callable[[Person], list[Task]]
MOST_CLAIMS = 3
WORDS = (
    (_("ronde"), _("Een ronde gaat over één buurt en één vraag, en heeft zes stappen.")),
    (_("kerngroep"), _("De organisaties die de ronde samen doen en alles kunnen lezen en aanvullen.")),
    (_("betrokkenen"), _("Mensen rond de buurt, zoals een huisarts, die het beeld lezen en vertellen wat zij zien.")),
    (_("stelling"), _("Wat iemand over de buurt denkt, in één zin die waar of niet waar kan zijn.")),
    (_("toetsen"), _("Cijfers en verhalen met een stelling vergelijken, en daaruit samen een conclusie trekken.")),
    (_("gedeeld beeld"), _("Eén pagina met krachten, kansen, zorgen, oorzaken en ontbrekende kennis.")),
    (_("actie"), _("Wat een organisatie gaat doen om een resultaat te bereiken.")),
)


@read_only
@login_required
def welcome(
    request: HttpRequest, slug: str, tasks: Sequence[TaskMaker] = (), panels: Sequence[PanelMaker] = ()
) -> HttpResponse:
    """Show one page that tells somebody new what this round is about."""
    round = enter(request, slug)
    steps = round_queries.steps_of(round, request.user)
    claims = [claim for claim in claims_queries.claims_of(round, request.user) if claim.verdict]
    lines = [line for _kind, lines in picture.picture_of(round, request.user) for line in lines]
    mine = round_queries.round_url(round)
    context = {
        "round": round,
        "steps": steps,
        "current": round_queries.current_step(steps),
        "remark": remark_on(round.neighbourhood),
        "claims": claims[:MOST_CLAIMS],
        "lines": lines[:MOST_CLAIMS],
        "team": team.whole_team(round),
        "reads": rules.may_in(request.user, Permission.READ, round),
        "agreement": onward.agreement_in_force(round, request.user),
        "tasks": [task for make in tasks for task in make(request.user) if task.url.startswith(mine)],
        "words": WORDS,
        "panels": gather(request, round, panels),
        "crumbs": trail(round, (_("In het kort"), "")),
    }
    return render(request, "rounds/welcome.html", context)
