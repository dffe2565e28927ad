"""Reads of whose voice is missing: kinds of people, ways of hearing and organisations that said nothing yet.

Only what the whole core group may read counts, so that everybody at the table sees the same list.
"""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.panels import Words
from buurtbalans.method.people.models import Organisation
from buurtbalans.method.rounds.models import Claim, Gap, Opinion, Round
from buurtbalans.method.rounds.queries.round import Viewer, organisations_of
from buurtbalans.method.stories.models import AgeBand, Source, Story, TellerKind
from buurtbalans.method.stories.queries.stories import stories_of

WHO: Final[dict[str, Words]] = {
    TellerKind.RESIDENT: gettext_lazy("bewoners"),
    TellerKind.VOLUNTEER: gettext_lazy("vrijwilligers"),
    TellerKind.SHOPKEEPER: gettext_lazy("ondernemers"),
    TellerKind.PROFESSIONAL: gettext_lazy("professionals"),
}
AGES: Final[dict[str, Words]] = {
    AgeBand.UNDER_18: gettext_lazy("jongeren tot 18 jaar"),
    AgeBand.UNDER_30: gettext_lazy("jonge mensen tot 30 jaar"),
    AgeBand.OLDER: gettext_lazy("mensen van 75 jaar of ouder"),
}
HEARD: Final[dict[str, Words]] = {
    Source.OBSERVATION: gettext_lazy("Er is nog geen waarneming in de buurt gedaan."),
    Source.INTERVIEW: gettext_lazy("Er is nog geen interview met iemand gehouden."),
}


@dataclass(frozen=True)
class Missing:
    """A voice that was not heard: how a form calls it, what is said of it, and the question that it leads to."""

    key: str
    text: str
    what: str
    whom: str
    asked: bool


def missing_voices(round: Round, viewer: Viewer) -> list[Missing]:
    """Return whose voice is missing in a round, kinds of people first, each with the question to fetch it."""
    stories, asked = shared_stories(round, viewer), asked_in(round, viewer)
    missing = [*_people(stories), *_ways(stories), *_organisations(round, viewer, stories)]
    return [Missing(key, text, what, whom, what in asked) for key, text, what, whom in missing]


def shared_stories(round: Round, viewer: Viewer) -> list[Story]:
    """Return the stories that the whole core group may read."""
    shared = Q(circle__in=round.circles) | Q(circle__kind=Audience.PUBLIC)
    return list(stories_of(round.neighbourhood, viewer).filter(shared))


def asked_in(round: Round, viewer: Viewer) -> set[str]:
    """Return the questions that stand on the list of a round already."""
    return set(Gap.objects.visible_to(viewer).filter(round=round, withdrawn_at=None).values_list("what", flat=True))


Found = tuple[str, str, str, str]


def _people(stories: list[Story]) -> list[Found]:
    who, ages = {story.who for story in stories}, {story.age for story in stories}
    kinds = [(f"who:{kind}", words) for kind, words in WHO.items() if kind not in who]
    kinds += [(f"age:{band}", words) for band, words in AGES.items() if band not in ages]
    return [
        (
            key,
            _("Er is nog geen verhaal van %(whom)s.") % {"whom": words},
            _("Wat vertellen %(whom)s over de buurt?") % {"whom": words},
            str(words),
        )
        for key, words in kinds
    ]


def _ways(stories: list[Story]) -> list[Found]:
    sources = {story.source for story in stories}
    asks: dict[str, tuple[str, str]] = {
        Source.OBSERVATION: (_("Wat zien we als we zelf in de buurt gaan kijken?"), _("iemand die gaat kijken")),
        Source.INTERVIEW: (_("Wat vertellen mensen in een interview over de buurt?"), _("iemand die de buurt kent")),
    }
    return [(f"source:{each}", str(HEARD[each]), *asks[each]) for each in HEARD if each not in sources]


def _organisations(round: Round, viewer: Viewer, stories: list[Story]) -> list[Found]:
    heard = {story.heard_by_id for story in stories}
    claims = Claim.objects.visible_to(viewer).filter(round=round, withdrawn_at=None)
    claimed = set(claims.values_list("organisation", flat=True))
    opened = claims.exclude(opened_at=None).exists()
    spoke = set(Opinion.objects.visible_to(viewer).filter(claim__in=claims).values_list("organisation", flat=True))
    organisations = []
    for organisation in organisations_of(round):
        lacks = [
            str(word)
            for word, lacking in (
                (_("verhaal"), organisation.pk not in heard),
                (_("stelling"), organisation.pk not in claimed),
                (_("mening"), opened and organisation.pk not in spoke),
            )
            if lacking
        ]
        if lacks:
            organisations.append(_of_organisation(organisation, lacks))
    return organisations


def _of_organisation(organisation: Organisation, lacks: list[str]) -> Found:
    text = _("Van %(name)s is er nog geen %(what)s.") % {"name": organisation.name, "what": _(" of ").join(lacks)}
    what = _("Wat ziet %(name)s in de buurt?") % {"name": organisation.name}
    return f"organisation:{organisation.pk}", text, what, organisation.name
