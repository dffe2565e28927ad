"""The list of stories: what somebody may read of a neighbourhood, chosen and searched, each as it stands there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from buurtbalans.method.base.pages import read_only
from buurtbalans.method.datasets.queries.releases import names_of_areas
from buurtbalans.method.people.models import Circle
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may
from buurtbalans.method.stories import rules
from buurtbalans.method.stories.forms.codebook import FilterForm
from buurtbalans.method.stories.models import Code, Story
from buurtbalans.method.stories.queries import codebook, search
from buurtbalans.method.stories.queries import stories as stories_queries
from buurtbalans.method.stories.views.context import ContributionContext, GetContributionContext

ON_A_PAGE: Final = 50
FIELDS: Final = {"soort": "tone", "onderwerp": "theme", "bron": "source", "woord": "tags__code"}


@dataclass(frozen=True)
class Shown:
    """A story as it stands in the list of one reader, with what this reader may do with it."""

    story: Story
    pieces: search.Pieces
    where: search.Pieces
    area: str = ""
    codes: tuple[Code, ...] = ()
    may_tag: bool = False
    change: bool = False
    withdraw: bool = False
    wider: tuple[Circle, ...] = ()


@read_only
@login_required
def stories(request: HttpRequest, slug: str, setting: GetContributionContext) -> HttpResponse:
    """Show the stories of a neighbourhood that this person may read, with what they may do with each."""
    here = setting(request, slug)
    every = stories_queries.stories_of(here.neighbourhood, request.user)
    form = FilterForm(request.GET, codes=codebook.codes_of(here.core, request.user))
    rows: Any = every.filter(**{FIELDS[name]: value for name, value in form.chosen.items() if name in FIELDS})
    asked = form.chosen.get("q", "")
    rows = search.found_in(rows, asked) if asked else rows
    part = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "here": here,
        "form": form,
        "page": part,
        "number": part.paginator.count,
        "every": every.count(),
        "rows": shown(request.user, here, part.object_list, asked),
        "may_tell": bool(here.circles),
        "reads_codes": may(request.user, Permission.READ, here.core),
    }
    return render(request, "stories/stories.html", context)


def shown(person: Any, here: ContributionContext, stories: Iterable[Story], asked: str = "") -> list[Shown]:
    """Return stories as they stand in the list of a reader, with the words marked that were asked for.

    What a reader may do hangs on whose a story is, on its circle and on whether it waits: asked once for all that are
    alike, not of every story.
    """
    stories = list(stories)
    words, areas = search.asked_for(asked), areas_of(here, stories)
    offered = Circle.objects.filter(pk__in=[circle.pk for circle in here.circles])
    codes = codebook.hung(here.core, person, stories)
    may_tag = may(person, Permission.CLAIM, here.core)
    like = {_kind(person, story): story for story in stories}
    ways: dict[Any, dict[str, Any]] = {
        kind: {
            "change": rules.may_change(person, story),
            "withdraw": rules.may_withdraw(person, story),
            "wider": tuple(rules.wider_circles(person, story, offered)),
        }
        for kind, story in like.items()
    }
    return [
        Shown(
            story,
            *pieces_of(story, words),
            area=areas.get(story.area, story.area),
            codes=tuple(codes.get(story.pk, ())),
            may_tag=may_tag,
            **ways[_kind(person, story)],
        )
        for story in stories
    ]


def _kind(person: Any, story: Story) -> tuple[bool, int, bool]:
    return story.author_id == person.pk, story.circle_id, story.asked_id is None


def pieces_of(story: Story, words: search.SearchTerms) -> tuple[search.Pieces, search.Pieces]:
    """Return what was told and where it was, with the words marked that were asked for."""
    text = story.text.strip().strip("‘’'\"")
    return search.pieces(text, words), search.pieces(story.place, words)


def areas_of(here: ContributionContext, stories: Iterable[Story]) -> dict[str, str]:
    """Return the names of areas, by code, when a story is about one."""
    return names_of_areas(here.neighbourhood.division) if any(story.area for story in stories) else {}
