"""Pages on which a colleague looks at what is told before others than the own organisation read it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbalans.method.people.models import Conflict

from .. import actions, queries, rules
from ..forms import ReviewForm
from ..models import Story
from .answer import fill_in, form_page, page, posted


@page
@login_required
def reviews(request: HttpRequest) -> HttpResponse:
    """Show what colleagues want to share with others, and what one says of each."""
    return render(request, "stories/reviews.html", {"stories": queries.to_review(request.user)})


@form_page
@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at the story of a colleague before others than the own organisation read it."""
    story = get_object_or_404(Story.objects.visible_to(request.user).filter(asked__isnull=False), pk=pk)
    rules.require_may_review(request.user, story)

    def write(given: dict[str, Any]) -> Story:
        about = {"by": request.user, "story": story, "version": given["version"]}
        try:
            return (
                actions.review(**about) if given["verdict"] == "deel" else actions.send_back(**about, why=given["why"])
            )
        except Conflict as clash:
            if story.withdrawn_at is not None:
                raise
            if story.asked_id is None:
                raise Http404 from clash  # as for who comes a moment later: the front door shows what was typed
            form.data = request.POST.copy()
            form.data["version"] = story.version  # the page shows the text anew
            raise ValidationError(_("De schrijver paste dit verhaal net aan. Lees het opnieuw."), code="new") from clash

    def pieces() -> list[tuple[str, str]]:
        return queries.marked(story.text)

    form = ReviewForm(posted(request), initial={"version": story.version})
    return fill_in(
        request, form, write,
        "stories/review.html",
        {"story": story, "pieces": pieces, "found": lambda: any(kind for _words, kind in pieces())},
        to=lambda story: reverse("reviews:list"),
        done=lambda story: _("Het verhaal is teruggegaan.") if story.returned else _("Het verhaal is gedeeld."),
    )  # fmt: skip
