"""Pages of meetings: what comes and what was, the agenda of one, and what came out."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.pages import form_page, posted, read_only
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds import rules
from buurtbalans.method.rounds.actions import meetings as meetings_actions
from buurtbalans.method.rounds.forms import meetings as meetings_forms
from buurtbalans.method.rounds.models import Meeting, Round
from buurtbalans.method.rounds.queries import meetings as meetings_queries
from buurtbalans.method.rounds.queries import round as round_queries
from buurtbalans.method.rounds.views.round import button_view, edit_view, enter, sheet, text_finder, trail


@read_only
@login_required
def meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the meetings of a round: when, where and what; the ring reads that too."""
    round = enter(request, slug)
    ahead, past = meetings_queries.meetings_of(round, request.user)
    context = {
        "round": round,
        "ahead": ahead,
        "past": past,
        "may": rules.allowed(request.user, round),
        "reads": rules.may_in(request.user, Permission.READ, round),
        "crumbs": trail(round, (_("Bijeenkomsten"), "")),
    }
    return render(request, "rounds/meetings.html", context)


def find(request: HttpRequest, round: Round, pk: int) -> Meeting:
    """Return a meeting whose agenda and notes the person may read, or answer 404."""
    meeting_row: Meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk, round=round)
    return meeting_row


@read_only
@login_required
def meeting_page(
    request: HttpRequest, slug: str, pk: int, agenda: Sequence[meetings_queries.AgendaMaker] = ()
) -> HttpResponse:
    """Show one meeting: when and where, its agenda from what is open, and what came out."""
    round = enter(request, slug)
    meeting = find(request, round, pk)
    context = {
        "round": round,
        "meeting": meeting,
        "may": rules.allowed(request.user, round),
        "steps": meetings_queries.steps_in_words(meeting),
        "agenda": meetings_queries.agenda_of(meeting, request.user, agenda),
        "crumbs": trail(round, (_("Bijeenkomsten"), reverse("rounds:meetings", args=[slug])), (meeting.what, "")),
    }
    return render(request, "rounds/meeting.html", context)


@form_page
@login_required
def new_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan a meeting; it opens with the step that the round is in."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.EDIT_ROUND, round)
    current = round_queries.current_step(round_queries.steps_of(round, request.user)).number

    def write(given: dict[str, Any]) -> Meeting:
        del given["version"]
        return meetings_actions.plan_meeting(by=request.user, round=round, **given)

    return sheet(
        request,
        round,
        meetings_forms.MeetingForm(posted(request), initial={"steps": [current]}),
        write,
        title=_("Bijeenkomst plannen"),
        button=_("Bijeenkomst plannen"),
        done=_("De bijeenkomst staat gepland."),
        to=meetings_queries.meeting_url,
    )


edit_meeting = edit_view(
    meetings_forms.MeetingForm,
    meetings_actions.edit_meeting,
    "meeting",
    find=find,
    to=meetings_queries.meeting_url,
    rule=lambda person, meeting: rules.require_in(person, Permission.EDIT_ROUND, meeting.round),
    title=gettext_lazy("Bijeenkomst aanpassen"),
    done=gettext_lazy("De bijeenkomst is aangepast."),
)

record_meeting_notes = edit_view(
    meetings_forms.NotesForm,
    meetings_actions.record_meeting_notes,
    "meeting",
    find=find,
    to=meetings_queries.meeting_url,
    rule=lambda person, meeting: rules.require_in(person, Permission.CLAIM, meeting.round),
    title=gettext_lazy("Opbrengst"),
    done=gettext_lazy("De opbrengst staat nu bij de bijeenkomst."),
)


withdraw_meeting = button_view(
    meetings_actions.withdraw_meeting,
    "meeting",
    find=text_finder(Meeting),
    to=lambda meeting: reverse("rounds:meetings", args=[meeting.round.slug]),
    done=gettext_lazy("De bijeenkomst is verwijderd."),
    undo="rounds:restore_meeting",
)
restore_meeting = button_view(
    meetings_actions.restore_meeting,
    "meeting",
    find=text_finder(Meeting, withdrawn=True),
    to=lambda meeting: reverse("rounds:meetings", args=[meeting.round.slug]),
    done=gettext_lazy("Dit is hersteld, dus u ziet het weer op de pagina."),
)
