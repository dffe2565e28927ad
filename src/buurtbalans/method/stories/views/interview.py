"""Pages of an interview: one form with the questions of the round, and one way back for all that came of it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import form_page, handle_button, handle_form, posted
from buurtbalans.method.stories import rules
from buurtbalans.method.stories.actions import interview as interview_actions
from buurtbalans.method.stories.forms.interview import InterviewForm
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.views.context import ContributionContext, GetContributionContext


@form_page
@login_required
def interview(request: HttpRequest, slug: str, setting: GetContributionContext) -> HttpResponse:
    """Write down an interview: every answer becomes a story, and a question of the round gets its stories."""
    here = setting(request, slug)
    alone = not rules.colleagues(request.user).exists()
    questions = here.questions()
    form = InterviewForm(posted(request), circles=here.circles, alone=alone, questions=questions)
    went: list[str] = []

    def write(given: object) -> list[Story]:
        told = interview_actions.create_interview(by=request.user, neighbourhood=here.neighbourhood, **form.told())
        pairs = zip(form.answered(), told, strict=True)
        went.append(
            here.answer_questions(by=request.user, stories={each.key: one for each, one in pairs if each.of_round})
        )
        return told

    return handle_form(
        request,
        form,
        write,
        "stories/interview.html",
        {"here": here, "alone": alone, "questions": questions},
        to=lambda told: went[-1] or reverse("stories:list", args=[slug]),
        done=_done,
        undo=lambda told: reverse("stories:withdraw_interview", args=[slug, "-".join(str(one.pk) for one in told)]),
    )


def _done(told: list[Story]) -> str:
    if told[0].asked_id:
        return ngettext(
            "%(n)s verhaal wacht op controle door een collega.",
            "%(n)s verhalen wachten op controle door een collega.",
            len(told),
        ) % {"n": len(told)}
    return ngettext(
        "%(n)s verhaal is toegevoegd aan de verhalen van deze buurt.",
        "%(n)s verhalen zijn toegevoegd aan de verhalen van deze buurt.",
        len(told),
    ) % {"n": len(told)}


def told_in(request: HttpRequest, here: ContributionContext, numbers: str) -> list[Story]:
    """Return the stories that an address names, all of which the person may read, or answer 404."""
    wanted = {int(number) for number in numbers.split("-") if number.isdecimal() and len(number) < 19}
    stories = list(Story.objects.visible_to(request.user).filter(pk__in=wanted, neighbourhood=here.neighbourhood))
    if not stories or len(stories) != len(numbers.split("-")):
        raise Http404
    return stories


@require_POST
@login_required
def withdraw_interview(request: HttpRequest, slug: str, numbers: str, setting: GetContributionContext) -> HttpResponse:
    """Take all stories of an interview away; the message offers to bring them back."""
    stories = told_in(request, setting(request, slug), numbers)
    return handle_button(
        request,
        lambda: interview_actions.withdraw_interview(by=request.user, stories=stories),
        to=reverse("stories:list", args=[slug]),
        done=_("De verhalen zijn ingetrokken, maar u kunt dit nog ongedaan maken."),
        undo=reverse("stories:restore_interview", args=[slug, numbers]),
    )


@require_POST
@login_required
def restore_interview(request: HttpRequest, slug: str, numbers: str, setting: GetContributionContext) -> HttpResponse:
    """Bring all stories of an interview back."""
    stories = told_in(request, setting(request, slug), numbers)
    return handle_button(
        request,
        lambda: interview_actions.restore_interview(by=request.user, stories=stories),
        to=reverse("stories:list", args=[slug]),
        done=_("De verhalen zijn hersteld en staan weer in de lijst."),
    )
