"""Reads of who was heard beside who lives there and who works there: ages beside the figures, sectors beside a list.

Figures come from the release of the round, through the gate; stories that count are those of the whole core group. The
ages of the two are not cut at the same years, and the words say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from buurtbalans.figures.findings import Refused
from buurtbalans.method.base.panels import Words
from buurtbalans.method.people.models import Organisation, OrganisationKind
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.evidence import figures
from buurtbalans.method.rounds.queries.missing import Missing, asked_in, missing_voices, shared_stories
from buurtbalans.method.rounds.queries.round import Viewer
from buurtbalans.method.stories.models import AgeBand

ENOUGH: Final = 8  # stories with an age, before it says anything that a group tells few of them


@dataclass(frozen=True)
class Ages:
    """A group of ages: as the figures cut it and as stories do, with which shares and bands it is made."""

    key: str
    here: Words
    told: Words
    shares: tuple[str, ...]
    bands: frozenset[str]


GROUPS: Final = (
    Ages(
        "jong",
        gettext_lazy("jonger dan 25 jaar"),
        gettext_lazy("mensen jonger dan 30 jaar"),
        ("share_0_14", "share_15_24"),
        frozenset({AgeBand.UNDER_18, AgeBand.UNDER_30}),
    ),
    Ages(
        "midden",
        gettext_lazy("25 tot 65 jaar"),
        gettext_lazy("mensen van 30 tot 60 jaar"),
        ("share_25_44", "share_45_64"),
        frozenset({AgeBand.UNDER_45, AgeBand.UNDER_60}),
    ),
    Ages(
        "oud",
        gettext_lazy("65 jaar of ouder"),
        gettext_lazy("mensen van 60 jaar of ouder"),
        ("share_65_plus",),
        frozenset({AgeBand.UNDER_75, AgeBand.OLDER}),
    ),
)


@dataclass(frozen=True)
class Heard:
    """A group of people: which part of the residents it is, how many stories it told, and the task it leads to."""

    name: str
    here: str
    told: str
    voice: Missing | None


def age_representation(round: Round, viewer: Viewer) -> list[Heard]:
    """Return per group of ages its part of the residents, in words, beside the stories that are told by it."""
    stories = shared_stories(round, viewer)
    shares, known = _shares(round), [story.age for story in stories if story.age]
    asked = asked_in(round, viewer)
    return [_heard(group, shares, known, asked) for group in GROUPS]


def _heard(group: Ages, shares: Mapping[str, Any], known: list[str], asked: set[str]) -> Heard:
    number = sum(band in group.bands for band in known)
    parts = [shares[name] for name in group.shares if name in shares]
    share = _share_of_residents(group, parts)
    few = share is not None and len(known) >= ENOUGH and 100 * number / len(known) < share / 2
    told = _story_count(group, number, few=few)
    what = _("Wat vertellen %(whom)s over de buurt?") % {"whom": group.told}
    text = _("%(whom)s: %(told)s") % {"whom": group.told, "told": told}
    voice = Missing(f"ages:{group.key}", text, what, str(group.told), what in asked)
    return Heard(str(group.told), _here(group, parts, share), told, voice if few or not number else None)


def _share_of_residents(group: Ages, parts: list[Any]) -> float | None:
    """Return the percentage of the residents that a group is; None when a part of it is not known."""
    values = [part["value"] for part in parts if part["value"] is not None]
    return sum(values) if len(values) == len(group.shares) else None


def _story_count(group: Ages, number: int, *, few: bool) -> str:
    """Return in words how many stories a group told, and that these are few beside its part of the residents."""
    told = ngettext("%(n)s verhaal van %(whom)s", "%(n)s verhalen van %(whom)s", number) if number else _("nog niemand")
    told %= {"n": number, "whom": group.told}
    if few and number:
        return _("%(told)s: weinig voor het aantal bewoners") % {"told": told}
    return told


def _here(group: Ages, parts: list[Any], share: float | None) -> str:
    """Return which part of the residents a group is, or why that is not said."""
    if share is not None:
        return _("%(part)s bewoners is %(who)s") % {"part": one_in(share), "who": group.here}
    return next((str(part["sentence"]) for part in parts if part["value"] is None), _("geen cijfer"))


def one_in(share: float) -> str:
    """Return a share of the hundred in words that one can see before one: "1 op de 8" or "6 op de 10"."""
    if share <= 0:
        return _("geen van de")
    if share < 35:
        return _("1 op de %(n)s") % {"n": int(100 / share + 0.5)}
    return _("%(n)s op de 10") % {"n": int(share / 10 + 0.5)}


def _shares(of: Round) -> dict[str, Any]:
    """Return the newest share of each group of ages in the whole neighbourhood, as far as the release has them."""
    wanted = [name for group in GROUPS for name in group.shares]
    whole = "+".join(of.neighbourhood.codes)
    try:
        shares = [figure for figure in figures(of, indicators=wanted) if figure["area"] == whole]
    except (Refused, KeyError):
        return {}
    return {figure["indicator"]: figure for figure in sorted(shares, key=lambda figure: figure["period"])}


@dataclass(frozen=True)
class Sector:
    """A sector that may know the neighbourhood: who of it takes part, how many stories came by it, and the task."""

    name: str
    organisations: list[str]
    number: int
    voice: Missing | None


def sectors(round: Round, viewer: Viewer) -> list[Sector]:
    """Return every sector on the list, with who of it is in the core group or the ring and what they told."""
    inside = Organisation.objects.filter(people__memberships__circle__in=[round.core_id, round.ring_id]).distinct()
    stories, asked = shared_stories(round, viewer), asked_in(round, viewer)
    rows = []
    for kind in OrganisationKind:
        here = [each for each in inside if each.kind == kind]
        number = sum(story.heard_by is not None and story.heard_by.kind == kind for story in stories)
        what = _("Wie uit de sector ‘%(sector)s’ kunnen we vragen om mee te doen?") % {"sector": kind.label}
        text = _("Er doet nog niemand uit de sector ‘%(sector)s’ mee.") % {"sector": kind.label}
        voice = Missing(f"sector:{kind.value}", text, what, str(kind.label), what in asked)
        rows.append(Sector(str(kind.label), [each.name for each in here], number, None if here or number else voice))
    return rows


def voice_of(round: Round, viewer: Viewer, key: str) -> Missing | None:
    """Return the missing voice that a form calls `key`, from the list or one of the tables, if it is still missing."""
    ages, kinds = age_representation(round, viewer), sectors(round, viewer)
    beside = [*(row.voice for row in ages), *(row.voice for row in kinds)]
    return next((voice for voice in [*missing_voices(round, viewer), *beside] if voice and voice.key == key), None)
