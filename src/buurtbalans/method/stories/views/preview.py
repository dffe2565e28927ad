"""What others will see of a story before it is shared: by the rule and the template of their own list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from buurtbalans.method.base.forms import GuardedForm
from buurtbalans.method.stories import rules
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.queries import codebook
from buurtbalans.method.stories.views.context import ContributionContext, ReaderPerspective
from buurtbalans.method.stories.views.listed import Shown, areas_of, pieces_of


@dataclass(frozen=True)
class Preview:
    """A story as one pair of eyes will see it in the list, or that they do not; and who else does and does not."""

    eyes: ReaderPerspective
    row: Shown | None
    others: list[ReaderPerspective]
    blind: list[ReaderPerspective]
    waits: bool


def looks_first(request: HttpRequest, form: GuardedForm) -> bool:
    """Return whether somebody asks what others will see, and what was typed can be shown."""
    return "bekijk" in request.POST and form.is_valid()


def seen_by(request: HttpRequest, here: ContributionContext, story: Story, *, waits: bool) -> Preview:
    """Return a story, which stands in its wider circle already, with the eyes that were chosen; nothing is stored."""
    every = here.eyes()
    chosen = _chosen(request, every)
    sees = [eyes for eyes in every if eyes.reads(story.circle)]
    return Preview(
        chosen,
        _as_listed(request, here, story, chosen) if chosen in sees else None,
        [eyes for eyes in sees if eyes != chosen],
        [eyes for eyes in every if eyes not in [*sees, chosen]],
        waits and rules.leaves_organisation(story.circle),
    )


def _chosen(request: HttpRequest, every: Sequence[ReaderPerspective]) -> ReaderPerspective:
    """Return the eyes that the form names, or else the first."""
    return next((eyes for eyes in every if eyes.key == request.POST.get("ogen")), every[0])


def _as_listed(request: HttpRequest, here: ContributionContext, story: Story, eyes: ReaderPerspective) -> Shown:
    """Return a story as it stands in the list of these eyes.

    Its codes are only those that the visitor reads too: the codebook is of the core group, and a story may come from
    the ring.
    """
    known = codebook.hung(here.core, request.user, [story]).get(story.pk, []) if story.pk else []
    codes = tuple(known) if eyes.reads(here.core) else ()
    area = areas_of(here, [story]).get(story.area, story.area)
    return Shown(story, *pieces_of(story, ()), area=area, codes=codes)
