"""Pages on which a colleague looks at what is told before others than the own organisation read it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from buurtbalans.method.base.forms import marked
from buurtbalans.method.base.models import EditConflict
from buurtbalans.method.base.pages import form_page, handle_form, posted, read_only
from buurtbalans.method.stories import rules
from buurtbalans.method.stories.actions import review as review_actions
from buurtbalans.method.stories.forms.stories import ReviewChoice, ReviewForm
from buurtbalans.method.stories.models import Contribution
from buurtbalans.method.stories.queries import stories


@read_only
@login_required
def reviews(request: HttpRequest) -> HttpResponse:
    """Show what colleagues want to share with others, and what one says of each."""
    return render(request, "stories/reviews.html", {"waiting": stories.contributions_to_review(request.user)})


@form_page
@login_required
def review(
    request: HttpRequest, pk: int, model: type[Contribution], draw: Callable[[HttpRequest, Contribution], SafeString]
) -> HttpResponse:
    """Look at what a colleague told before others than the own organisation read it."""
    told = get_object_or_404(model.objects.visible_to(request.user).filter(asked__isnull=False), pk=pk)
    rules.require_may_review(request.user, told)

    def write(given: dict[str, Any]) -> Contribution:
        about = {"by": request.user, "told": told, "version": given["version"]}
        try:
            return (
                review_actions.approve_contribution(**about)
                if given["verdict"] == ReviewChoice.SHARE
                else review_actions.return_contribution(**about, why=given["why"])
            )
        except EditConflict as clash:
            if told.withdrawn_at is not None:
                raise
            if told.asked_id is None:
                raise Http404 from clash  # as for who comes a moment later: the front door shows what was typed
            form.data = request.POST.copy()
            form.data["version"] = told.version  # the page shows the text anew
            raise ValidationError(
                _("De schrijver heeft dit net aangepast, dus lees het opnieuw."), code="new"
            ) from clash

    def pieces() -> list[tuple[str, str]]:
        return marked(told.words)

    form = ReviewForm(posted(request), initial={"version": told.version})
    return handle_form(
        request,
        form,
        write,
        "stories/review.html",
        {
            "told": told,
            "map": draw(request, told) if told.point else "",
            "pieces": pieces,
            "found": lambda: any(kind for _words, kind in pieces()),
        },
        to=lambda told: reverse("reviews:list"),
        done=lambda told: (
            _("De bijdrage is met uw uitleg teruggestuurd naar de schrijver.")
            if told.returned
            else _("De bijdrage is gedeeld met de gekozen lezers.")
        ),
    )
