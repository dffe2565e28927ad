"""What stories say of themselves to the pages of every text: who changes one, and how an earlier one comes back."""

from django.db.models import Q
from django.urls import reverse

from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import Edit, TextKind, may

from . import actions, rules
from .models import Code, Story

FIELDS = (
    *("text", "source", "tone", "theme", "importance", "place", "longitude", "latitude", "area"),
    *("period", "time_of_day", "who", "age", "author_hidden"),
)


def stories_page(story: Story) -> str:
    """Return the page with the stories of a place, under its newest round, or the trash when it has none."""
    round = story.neighbourhood.rounds.first()
    return reverse("stories:list", args=[round.slug]) if round else reverse("trash")


def codes_page(code: Code) -> str:
    """Return the page with the codebook that a word is of; a codebook belongs to the core group of a round."""
    return reverse("stories:codes", args=[code.circle.round_as_core.slug])


def of_round(round: object) -> Q:
    """Find the stories that belong to the circles of a round, or were on their way to one."""
    return Q(
        *((f"{way}__round_as_{group}", round) for way in ("circle", "asked") for group in ("core", "ring")),
        _connector=Q.OR,
    )


TEXTS = (
    TextKind(
        Story,
        url=stories_page,
        may_edit=rules.may_change,
        may_withdraw=rules.may_withdraw,
        edits=(Edit(FIELDS, lambda *, by, of, **was: actions.edit(by=by, story=of, **was)),),
        shown=("circle",),
        withdraw=lambda *, by, of: actions.withdraw(by=by, story=of),
        restore=lambda *, by, of: actions.restore(by=by, story=of),
        parts=None,
        among=of_round,
    ),
    TextKind(
        Code,
        url=codes_page,
        may_edit=lambda person, code: may(person, Permission.CLAIM, code.circle),
        edits=(Edit(("name", "meaning"), lambda *, by, of, **was: actions.edit_code(by=by, code=of, **was)),),
        withdraw=lambda *, by, of: actions.withdraw_code(by=by, code=of),
        restore=lambda *, by, of: actions.restore_code(by=by, code=of),
        parts=("stories.tag",),
        place="circle__round_as_core",
    ),
)
