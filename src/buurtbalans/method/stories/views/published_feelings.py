"""Pages on which the guide shows the feelings of a round to others than its team, sees them first, takes them back."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.pages import form_page, handle_form, posted
from buurtbalans.method.people.models import Circle
from buurtbalans.method.people.queries import public_circle
from buurtbalans.method.stories import rules
from buurtbalans.method.stories.actions import feelings
from buurtbalans.method.stories.forms.feelings import ShowForm
from buurtbalans.method.stories.models import DayPart, PublishedFeelings
from buurtbalans.method.stories.queries import feelings as feelings_queries
from buurtbalans.method.stories.views.buttons import contribution_button
from buurtbalans.method.stories.views.context import ContributionContext, GetContributionContext
from buurtbalans.method.stories.views.feelings import FindGround, on_feelings


@form_page
@login_required
def publish(request: HttpRequest, slug: str, setting: GetContributionContext, ground: FindGround) -> HttpResponse:
    """Show what the ring or everybody would see now, and show it them."""
    here = on_feelings(setting(request, slug))
    circle = _asked(request, here)
    rules.require_may_publish_feelings(request.user, here.core, circle)
    land = ground(request, here.neighbourhood)
    view = feelings_queries.outward(here.neighbourhood, here.core, circle, land.bounds) if land.bounds else None
    parts = [
        (
            part,
            land.draw([], squares, f"vlakken-{part}") if squares else "",
            [(square, land.within(square.borders)) for square in squares],
        )
        for part, squares in (view.parts if view else {part: [] for part in DayPart}).items()
    ]
    form = ShowForm(posted(request), circles=[circle], initial={"circle": circle.pk})
    return handle_form(
        request,
        form,
        lambda given: feelings.publish_feelings(
            by=request.user, neighbourhood=here.neighbourhood, core=here.core, bounds=land.bounds, **given
        ),
        "stories/show_feelings.html",
        {"here": here, "view": view, "parts": parts, "circle": circle, "earlier": feelings_queries.views_of(here.core)},
        to=lambda shown: reverse("feelings:list", args=[slug]),
        done=_("Anderen kunnen de gevoelskaart vanaf nu zien."),
        undo=lambda shown: reverse("feelings:withdraw_published", args=[slug, shown.pk]),
    )


def _asked(request: HttpRequest, here: ContributionContext) -> Circle:
    """Return to whom the page shows: the ring, unless the address asks for everybody."""
    everybody = (request.POST or request.GET).get("kring") == "iedereen"
    circle: Circle | None = public_circle() if everybody else here.core.within
    assert circle is not None  # a core group always stands within its ring
    return circle


def _find(request: HttpRequest, context: ContributionContext, pk: int) -> PublishedFeelings:
    views = PublishedFeelings.objects.with_withdrawn().visible_to(request.user)
    return get_object_or_404(views, pk=pk, core=context.core)


withdraw = contribution_button(
    feelings.withdraw_published_feelings,
    "published_feelings",
    find=_find,
    page="feelings:show",
    done=gettext_lazy("Anderen kunnen deze gevoelskaart niet meer zien."),
    undo="feelings:restore_published",
)
restore = contribution_button(
    feelings.restore_published_feelings,
    "published_feelings",
    find=_find,
    page="feelings:show",
    done=gettext_lazy("Anderen kunnen deze gevoelskaart nu weer zien."),
)
