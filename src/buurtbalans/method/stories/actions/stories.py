"""Writes about stories: telling one, changing it, sharing it wider, taking it back."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.stories.models import Contribution, Feeling, Story
from buurtbalans.method.stories.queries.drafting import build_story, kept
from buurtbalans.method.stories.rules import (
    leaves_organisation,
    looked,
    may_withdraw,
    require_may_change,
    require_may_tell,
    require_team_circle,
    waits,
    wider_circles,
)


@action(gettext_lazy("heeft een verhaal toegevoegd"))
def create_story(
    *,
    by: Person,
    neighbourhood: Neighbourhood,
    circle: Circle,
    text: str,
    source: str,
    seen: bool = False,
    **about: Any,
) -> Story:
    """Write a story down for a circle; `about` holds its other fields: tone, theme, place, who and so on.

    For others than the own organisation a colleague looks first. Who has none says that nobody can be recognised.
    """
    require_may_tell(by, circle)
    require_no_traces(text)
    if not text.strip():
        raise ValidationError(_("Schrijf eerst op wat er is verteld of gezien."), code="empty")
    asked = circle if waits(by, circle, seen) else None
    home = by.organisation.circle if asked and by.organisation else circle
    story = build_story(by=by, neighbourhood=neighbourhood, circle=home, text=text, source=source, **about)
    story.asked = asked
    story.save(force_insert=True)
    record(by=by, verb="stories.create_story", about=story, circle=story.circle_id, **looked(asked, circle))
    return story


@action(gettext_lazy("heeft een verhaal aangepast"))
def update_story(*, by: Person, story: Story, version: int, text: str, **about: Any) -> Story:
    """Change the text of a story."""
    require_may_change(by, story)
    require_no_traces(text)
    if not text.strip():
        raise ValidationError(_("Schrijf eerst op wat er is verteld of gezien."), code="empty")
    if story.returned:
        story.settle(version=version)  # its author answers what a colleague said of it
    story.change(by=by, version=version, text=text.strip(), **kept(about, story.neighbourhood))
    record(by=by, verb="stories.update_story", about=story, version=story.version)
    return story


@action(gettext_lazy("heeft een bijdrage verder gedeeld"))
def share_contribution(*, by: Person, story: Contribution, circle: Circle, seen: bool = False) -> Contribution:
    """Share a story or feeling with a wider circle, or ask a colleague to look before its words leave the organisation.

    Back to a narrower circle is not possible, since it has been read. What others read already needs no second look.
    """
    require_may_change(by, story)
    if isinstance(story, Feeling):
        require_team_circle(circle)
    if circle not in wider_circles(by, story, Circle.objects.filter(pk=circle.pk)):
        raise ValidationError(_("Kies een grotere groep lezers dan nu, waar u zelf ook bij hoort."), code="not_wider")
    leaves = bool(story.words) and not leaves_organisation(story.circle)
    if leaves and waits(by, circle, seen):
        story.settle(version=story.version, asked=circle)
        record(by=by, verb="stories.ask", about=story, circle=circle.pk)
        return story
    story.let_go(by=by, version=story.version, circle=circle)
    record(
        by=by, verb="stories.share_contribution", about=story, circle=circle.pk, **({"seen": True} if leaves else {})
    )
    return story


def _require_may_withdraw(by: Person, story: Story) -> None:
    if not may_withdraw(by, story):
        raise PermissionDenied("dit verhaal is niet van u")


withdraw_story, restore_story = text_pair(
    Story,
    "story",
    require=_require_may_withdraw,
    withdrawn=gettext_lazy("heeft een verhaal ingetrokken"),
    restored=gettext_lazy("heeft een verhaal hersteld"),
)
