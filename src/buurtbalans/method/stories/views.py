"""Pages of stories, and the life of every form page of the method: empty, refused, in conflict, or done and onward."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from buurtbalans.method.people.models import Circle, Conflict
from buurtbalans.method.places.models import Neighbourhood

from . import actions, queries, rules
from .forms import NewStoryForm, ReviewForm, ShareForm, Sheet, StoryForm
from .models import Story

page = require_safe
form_page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Setting:
    """Where stories are told: a neighbourhood, the circles that may hear them, and the way back."""

    slug: str
    neighbourhood: Neighbourhood
    circles: list[Circle]
    crumbs: list[tuple[str, str]]


FindSetting = Callable[[HttpRequest, str], Setting]


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form gets: what was sent, or nothing when the page is only opened."""
    return request.POST if request.method == "POST" else None


def fill_in(
    request: HttpRequest,
    form: Sheet,
    write: Callable[[dict[str, Any]], Any],
    template: str,
    context: Mapping[str, Any],
    *,
    to: Callable[[Any], str],
    done: str | Callable[[Any], str],
    undo: Callable[[Any], str] = lambda made: "",
) -> HttpResponse:
    """Answer a form page. A refusal keeps what was typed (422); another's change shows both texts (409)."""
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                made = write(dict(form.cleaned_data))
                if form.looked_at:
                    about = made if isinstance(made, models.Model) else None
                    actions.look(by=request.user, about=about, kinds=form.looked_at)
        except Conflict as clash:
            if clash.current.withdrawn_at is not None:
                raise  # the front door says what was withdrawn, and shows what was typed
            return both_texts(request, form, clash)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, done(made) if callable(done) else done, extra_tags=undo(made))
            return redirect(to(made))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, template, {**context, "form": form}, status=status)


def both_texts(request: HttpRequest, form: Sheet, clash: Conflict) -> HttpResponse:
    """Show what was typed beside what somebody else made of it; nothing is lost and nothing is decided for anyone."""
    current = clash.current
    pairs = [
        (form[name], *queries.differences(str(form.cleaned_data[name]), str(getattr(current, name))))
        for name in form.texts
    ]
    kept = [(key, value) for key in request.POST for value in request.POST.getlist(key)]
    kept = [(key, value) for key, value in kept if key not in ("csrfmiddlewaretoken", "version")]
    context = {
        "pairs": pairs, "current": current, "kept": kept, "others": [(k, v) for k, v in kept if k not in form.texts],
        "cancel": request.GET.get("terug") or request.path,
    }  # fmt: skip
    return render(request, "stories/conflict.html", context, status=HTTPStatus.CONFLICT)


@page
@login_required
def stories(request: HttpRequest, slug: str, setting: FindSetting) -> HttpResponse:
    """Show the stories of a neighbourhood that this person may read, with what they may do with each."""
    here = setting(request, slug)
    offered = Circle.objects.filter(pk__in=[circle.pk for circle in here.circles])
    rows = [
        {
            "story": story,
            "change": rules.may_change(request.user, story),
            "withdraw": rules.may_withdraw(request.user, story),
            "wider": rules.wider_circles(request.user, story, offered),
        }
        for story in queries.stories_of(here.neighbourhood, request.user)
    ]
    return render(request, "stories/stories.html", {"here": here, "rows": rows, "may_tell": bool(here.circles)})


@form_page
@login_required
def new(request: HttpRequest, slug: str, setting: FindSetting) -> HttpResponse:
    """Write a story down; unless one chooses otherwise only the own organisation sees it."""
    here = setting(request, slug)
    alone = not rules.colleagues(request.user).exists()
    form = NewStoryForm(posted(request), circles=here.circles, alone=alone)
    return fill_in(
        request, form,
        lambda given: actions.tell(by=request.user, neighbourhood=here.neighbourhood, **given),
        "stories/tell.html", {"here": here, "alone": alone},
        to=lambda story: reverse("stories:list", args=[slug]),
        done=lambda story: _("Uw verhaal wacht op een collega.") if story.asked_id else _("Uw verhaal staat erbij."),
        undo=lambda story: reverse("stories:withdraw", args=[slug, story.pk]),
    )  # fmt: skip


def find(request: HttpRequest, here: Setting, pk: int) -> Story:
    """Return a story of this neighbourhood that the person may read, or answer 404."""
    return get_object_or_404(Story.objects.visible_to(request.user), pk=pk, neighbourhood=here.neighbourhood)


@form_page
@login_required
def edit(request: HttpRequest, slug: str, pk: int, setting: FindSetting) -> HttpResponse:
    """Change a story that one wrote down."""
    here = setting(request, slug)
    story = find(request, here, pk)
    rules.require_may_change(request.user, story)
    first = {name: getattr(story, name) for name in StoryForm.base_fields}
    return fill_in(
        request, StoryForm(posted(request), initial=first),
        lambda given: actions.edit(by=request.user, story=story, **given),
        "stories/tell.html", {"here": here, "story": story},
        to=lambda story: reverse("stories:list", args=[slug]), done=_("Uw verhaal is aangepast."),
    )  # fmt: skip


@form_page
@login_required
def share(request: HttpRequest, slug: str, pk: int, setting: FindSetting) -> HttpResponse:
    """Share a story with a wider circle."""
    here = setting(request, slug)
    story = find(request, here, pk)
    rules.require_may_change(request.user, story)
    offered = Circle.objects.filter(pk__in=[circle.pk for circle in here.circles])
    home = not rules.leaves_home(story.circle)
    alone = home and not rules.colleagues(request.user).exists()
    circles = rules.wider_circles(request.user, story, offered)
    return fill_in(
        request, ShareForm(posted(request), circles=circles, alone=alone),
        lambda given: actions.share(by=request.user, story=story, **given),
        "stories/share.html", {"here": here, "story": story, "waits": home and not alone},
        to=lambda story: reverse("stories:list", args=[slug]),
        done=lambda story: _("Uw verhaal wacht op een collega.") if story.asked_id else _("Uw verhaal is gedeeld."),
    )  # fmt: skip


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


@require_POST
@login_required
def withdraw(request: HttpRequest, slug: str, pk: int, setting: FindSetting) -> HttpResponse:
    """Take a story away; the message offers to bring it back."""
    story = find(request, setting(request, slug), pk)
    actions.withdraw(by=request.user, story=story)
    messages.success(request, _("Het verhaal is weg."), extra_tags=reverse("stories:restore", args=[slug, pk]))
    return redirect("stories:list", slug)


@require_POST
@login_required
def restore(request: HttpRequest, slug: str, pk: int, setting: FindSetting) -> HttpResponse:
    """Bring a withdrawn story back."""
    story = find(request, setting(request, slug), pk)
    actions.restore(by=request.user, story=story)
    messages.success(request, _("Het verhaal staat er weer."))
    return redirect("stories:list", slug)
