"""Pages of stories: a new one, changing and sharing it, taking it away and back."""

from copy import copy

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.pages import form_page, handle_form, posted
from buurtbalans.method.people.models import Circle
from buurtbalans.method.stories import rules
from buurtbalans.method.stories.actions import stories
from buurtbalans.method.stories.forms.stories import NewStoryForm, ShareForm, StoryForm
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.queries.drafting import build_story
from buurtbalans.method.stories.views.buttons import contribution_button
from buurtbalans.method.stories.views.context import ContributionContext, GetContributionContext
from buurtbalans.method.stories.views.preview import looks_first, seen_by


@form_page
@login_required
def new(request: HttpRequest, slug: str, setting: GetContributionContext) -> HttpResponse:
    """Show the form of a new story, preview it as other readers will see it, or save it; by default only one's organisation reads it."""
    here = setting(request, slug)
    alone = not rules.colleagues(request.user).exists()
    form = NewStoryForm(
        posted(request),
        circles=here.circles,
        alone=alone,
        areas=here.areas,
        drawing=here.draw(()),
    )
    context = {"here": here, "alone": alone}
    if looks_first(request, form):
        given = {name: value for name, value in form.told().items() if name != "seen"}
        story = build_story(by=request.user, neighbourhood=here.neighbourhood, **given)
        context |= {"form": form, "preview": seen_by(request, here, story, waits=not alone)}
        return render(request, "stories/tell.html", context)
    return handle_form(
        request,
        form,
        lambda given: stories.create_story(by=request.user, neighbourhood=here.neighbourhood, **form.told()),
        "stories/tell.html",
        context,
        to=lambda story: reverse("stories:list", args=[slug]),
        done=lambda story: (
            _("Uw verhaal wacht op controle door een collega.")
            if story.asked_id
            else _("Uw verhaal is toegevoegd aan de verhalen van deze buurt.")
        ),
        undo=lambda story: reverse("stories:withdraw", args=[slug, story.pk]),
    )


def find(request: HttpRequest, here: ContributionContext, pk: int) -> Story:
    """Return a story of this neighbourhood that the person may read, or answer 404."""
    return get_object_or_404(Story.objects.visible_to(request.user), pk=pk, neighbourhood=here.neighbourhood)


@form_page
@login_required
def edit(request: HttpRequest, slug: str, pk: int, setting: GetContributionContext) -> HttpResponse:
    """Change a story that one wrote down."""
    here = setting(request, slug)
    story = find(request, here, pk)
    rules.require_may_change(request.user, story)
    first = {name: getattr(story, name) for name in StoryForm.base_fields}
    form = StoryForm(posted(request), initial=first, areas=here.areas, drawing=here.draw(()))
    context = {"here": here, "story": story}
    if looks_first(request, form):
        changed = copy(story)
        for name in form.told().keys() - {"version"}:
            setattr(changed, name, form.told()[name])
        context |= {"form": form, "preview": seen_by(request, here, changed, waits=False)}
        return render(request, "stories/tell.html", context)
    return handle_form(
        request,
        form,
        lambda given: stories.update_story(by=request.user, story=story, **form.told()),
        "stories/tell.html",
        context,
        to=lambda story: reverse("stories:list", args=[slug]),
        done=_("De wijziging van uw verhaal is opgeslagen."),
    )


@form_page
@login_required
def share(request: HttpRequest, slug: str, pk: int, setting: GetContributionContext) -> HttpResponse:
    """Share a story with a wider circle."""
    here = setting(request, slug)
    story = find(request, here, pk)
    rules.require_may_change(request.user, story)
    offered = Circle.objects.filter(pk__in=[circle.pk for circle in here.circles])
    home = not rules.leaves_organisation(story.circle)
    alone = home and not rules.colleagues(request.user).exists()
    circles = rules.wider_circles(request.user, story, offered)
    form = ShareForm(posted(request), circles=circles, alone=alone)
    context = {"here": here, "story": story, "waits": home and not alone}
    if looks_first(request, form):
        wider = copy(story)
        wider.circle = form.cleaned_data["circle"]
        context |= {"form": form, "preview": seen_by(request, here, wider, waits=context["waits"])}
        return render(request, "stories/share.html", context)
    return handle_form(
        request,
        form,
        lambda given: stories.share_contribution(by=request.user, story=story, **given),
        "stories/share.html",
        context,
        to=lambda story: reverse("stories:list", args=[slug]),
        done=lambda story: (
            _("Uw verhaal wacht op controle door een collega.")
            if story.asked_id
            else _("Uw verhaal is gedeeld met de gekozen lezers.")
        ),
    )


withdraw = contribution_button(
    stories.withdraw_story,
    "story",
    find=find,
    page="stories:list",
    done=gettext_lazy("Het verhaal is ingetrokken, maar u kunt dit nog ongedaan maken."),
    undo="stories:restore",
)
restore = contribution_button(
    stories.restore_story,
    "story",
    find=find,
    page="stories:list",
    done=gettext_lazy("Het verhaal is hersteld en staat weer in de lijst."),
)
