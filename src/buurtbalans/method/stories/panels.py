"""What stories say of themselves to the pages of every text: who changes one, and how an earlier one comes back."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from buurtbalans.method.base.versions import Edit, TextKind
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may
from buurtbalans.method.stories import rules
from buurtbalans.method.stories.actions import codebook, feelings, ratings, stories
from buurtbalans.method.stories.models import Code, Contribution, Feeling, PublishedFeelings, RatingSheet, Story

FIELDS = (
    *("text", "source", "tone", "theme", "importance", "place", "longitude", "latitude", "area"),
    *("period", "time_of_day", "who", "age", "author_hidden"),
)


FELT = ("mood", "day_part", "reason", "longitude", "latitude", "who", "age")


def _in_round(told: Contribution, page: str, *more: int) -> str:
    """Return a page of the round whose circle reads what was told, else of its writer’s newest round; or the trash."""
    rounds = told.neighbourhood.rounds
    round = rounds.filter(Q(core=told.circle) | Q(ring=told.circle)).first() or rounds.visible_to(told.author).first()
    return reverse(page, args=[round.slug, *more]) if round else reverse("trash")


def stories_page(story: Story) -> str:
    """Return the page with the stories among which a story stands."""
    return _in_round(story, "stories:list")


def codes_page(code: Code) -> str:
    """Return the page with the codebook that a word is of; a codebook belongs to the core group of a round."""
    return reverse("stories:codes", args=[code.circle.round_as_core.slug])


def feelings_page(feeling: Feeling) -> str:
    """Return the page with the feelings among which a feeling stands."""
    return _in_round(feeling, "feelings:list")


def ratings_page(sheet: RatingSheet) -> str:
    """Return the page with the ratings of the round that a sheet is for; the own bin where its circle has no round."""
    round = getattr(sheet.circle, "round_as_core", None)
    return reverse("ratings:list", args=[round.slug]) if round else reverse("trash")


def shown_page(shown: PublishedFeelings) -> str:
    """Return the page with the views of the feelings of a round."""
    return reverse("feelings:show", args=[shown.core.round_as_core.slug])


def edit_about(by: Person, sheet: RatingSheet, was: dict[str, Any]) -> RatingSheet:
    """Give a sheet back when, by whom and how old that was; its numbers and reasons stay."""
    answers = {rating.aspect: (rating.score, rating.reason) for rating in sheet.ratings.all()}
    return ratings.update_rating_sheet(by=by, sheet=sheet, answers=answers, seen=True, **was)


def review_page(told: Contribution) -> str:
    """Return the page on which a colleague looks before others read it."""
    return reverse("reviews:feeling" if isinstance(told, Feeling) else "reviews:review", args=[told.pk])


def mend_page(told: Contribution) -> str:
    """Return the page on which its writer changes what came back."""
    return _in_round(told, "feelings:edit" if isinstance(told, Feeling) else "stories:edit", told.pk)


def of_round(round: object) -> Q:
    """Find the stories and feelings that belong to the circles of a round, or were on their way to one."""
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
        edits=(Edit(FIELDS, lambda *, by, of, **was: stories.update_story(by=by, story=of, **was)),),
        extra_fields=("circle",),
        withdraw=lambda *, by, of: stories.withdraw_story(by=by, story=of),
        restore=lambda *, by, of: stories.restore_story(by=by, story=of),
        parts=None,
        round_filter=of_round,
        names=lambda viewer, story: story.names_writer,
    ),
    TextKind(
        Feeling,
        url=feelings_page,
        may_edit=rules.may_change,
        may_withdraw=rules.may_withdraw,
        edits=(Edit(FELT, lambda *, by, of, **was: feelings.update_feeling(by=by, feeling=of, **was)),),
        extra_fields=("circle",),
        withdraw=lambda *, by, of: feelings.withdraw_feeling(by=by, feeling=of),
        restore=lambda *, by, of: feelings.restore_feeling(by=by, feeling=of),
        round_filter=of_round,
        # Who wrote a feeling down stands in its history, so that is for its writer alone, and for who took it away.
        texts_for=lambda viewer: Feeling.objects.visible_to(viewer).filter(Q(author=viewer) | Q(withdrawn_by=viewer)),
    ),
    TextKind(
        PublishedFeelings,
        url=shown_page,
        may_edit=lambda person, shown: False,
        may_withdraw=lambda person, shown: rules.may_publish_feelings(person, shown.core),
        extra_fields=("circle", "voices"),
        withdraw=lambda *, by, of: feelings.withdraw_published_feelings(by=by, published_feelings=of),
        restore=lambda *, by, of: feelings.restore_published_feelings(by=by, published_feelings=of),
        round_path="core__round_as_core",
        texts_for=lambda viewer: PublishedFeelings.objects.with_withdrawn().filter(
            core__in=Circle.objects.with_member(viewer, Permission.EDIT_ROUND)
        ),
        names=lambda viewer, shown: may(viewer, Permission.READ, shown.core),
    ),
    TextKind(
        RatingSheet,
        url=ratings_page,
        may_edit=rules.may_change,
        may_withdraw=rules.may_withdraw_sheet,
        edits=(Edit(("when", "side", "age"), lambda *, by, of, **was: edit_about(by, of, was)),),
        withdraw=lambda *, by, of: ratings.withdraw_sheet(by=by, sheet=of),
        restore=lambda *, by, of: ratings.restore_sheet(by=by, sheet=of),
        parts=("stories.rating",),
        round_path="circle__round_as_core",
        # As with feelings: who wrote a sheet down stands in its history.
        texts_for=lambda viewer: (
            RatingSheet.objects.with_withdrawn().visible_to(viewer).filter(Q(author=viewer) | Q(withdrawn_by=viewer))
        ),
    ),
    TextKind(
        Code,
        url=codes_page,
        may_edit=lambda person, code: may(person, Permission.CLAIM, code.circle),
        edits=(Edit(("name", "meaning"), lambda *, by, of, **was: codebook.update_code(by=by, code=of, **was)),),
        withdraw=lambda *, by, of: codebook.withdraw_code(by=by, code=of),
        restore=lambda *, by, of: codebook.restore_code(by=by, code=of),
        parts=("stories.tag",),
        round_path="circle__round_as_core",
        names=lambda viewer, code: may(viewer, Permission.READ, code.circle),
    ),
)
