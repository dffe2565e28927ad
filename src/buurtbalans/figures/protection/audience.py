"""The audiences, from narrow to wide, each declared once: its words, its place in the order, and its lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from buurtbalans.figures.catalogue.indicator import SourceKind
from buurtbalans.figures.protection.rule import DisclosureRule
from buurtbalans.figures.text import gettext_noop as _


@dataclass(frozen=True, slots=True)
class AudienceWords:
    """What an audience is called, in Dutch; whoever shows it translates.

    Attributes
    ----------
    name : within a sentence.
    noun : the same without an article, in the audit trail.
    readers : the whole of who reads along, as an answer to "with whom?".
    choice : as an answer to "who may see this?"; with the round it belongs to.
    notice : the sentence under a contribution that says who sees it.
    later : who will see a contribution once a colleague has reviewed it; empty when it does not wait for that.
    """

    name: str
    noun: str
    readers: str
    choice: str
    notice: str
    later: str


@dataclass(frozen=True, slots=True)
class Lock:
    """What disclosure control asks before an audience sees figures.

    Attributes
    ----------
    partner : the disclosure rule for counts that partners deliver.
    survey : the disclosure rule for surveys and for feelings on the map.
    withholds_more : whether it sees fewer cells than the core group, protected by its own minimum; otherwise it sees
        the cells of the core group, rounded by its own rule.
    """

    partner: DisclosureRule
    survey: DisclosureRule
    withholds_more: bool = False

    def rule(self, kind: SourceKind) -> DisclosureRule:
        """Return the disclosure rule for a kind of source; what a publisher published passes as it was published."""
        rules = {SourceKind.PARTNER: self.partner, SourceKind.SURVEY: self.survey}
        return rules.get(kind, DisclosureRule())


@dataclass(frozen=True, slots=True)
class AudienceEntry:
    """What is declared of an audience.

    Attributes
    ----------
    words : what it is called.
    lock : what disclosure control asks before it sees figures.
    in_round : whether each round has a circle for it.
    """

    words: AudienceWords
    lock: Lock
    in_round: bool = False


class Audience(StrEnum):
    """Who may see something, from narrow to wide: a wider audience has a stricter lock.

    Examples
    --------
    >>> [audience.value for audience in Audience]
    ['organisation', 'core', 'ring', 'public']
    >>> Audience.CORE.width < Audience.RING.width, Audience.RING.words.name
    (True, 'de betrokkenen')
    """

    ORGANISATION = "organisation"
    CORE = "core"
    RING = "ring"
    PUBLIC = "public"

    @property
    def words(self) -> AudienceWords:
        """What it is called."""
        return AUDIENCES[self].words

    @property
    def lock(self) -> Lock:
        """What disclosure control asks before it sees figures."""
        return AUDIENCES[self].lock

    @property
    def in_round(self) -> bool:
        """Whether each round has a circle for it."""
        return AUDIENCES[self].in_round

    @property
    def width(self) -> int:
        """Its place in the order, 0 for the narrowest."""
        return list(Audience).index(self)

    @property
    def is_home(self) -> bool:
        """Whether only the organisation itself belongs to it."""
        return self is Audience.ORGANISATION

    @property
    def is_public(self) -> bool:
        """Whether everybody belongs to it."""
        return self is Audience.PUBLIC

    @classmethod
    def outside(cls) -> tuple["Audience", ...]:
        """Return the audiences outside the own organisation, from narrow to wide."""
        return tuple(audience for audience in cls if not audience.is_home)

    @classmethod
    def of_round(cls) -> tuple["Audience", ...]:
        """Return the audiences for which a round has a circle, from narrow to wide."""
        return tuple(audience for audience in cls if audience.in_round)


AUDIENCES: Final[Mapping[Audience, AudienceEntry]] = {
    Audience.ORGANISATION: AudienceEntry(
        AudienceWords(
            name=_("alleen mijn organisatie"),
            noun="organisatie",
            readers=_("alleen mijn organisatie"),
            choice=_("Alleen mijn organisatie"),
            notice=_("Alleen mijn organisatie ziet dit"),
            later="",
        ),
        Lock(partner=DisclosureRule(), survey=DisclosureRule()),
    ),
    Audience.CORE: AudienceEntry(
        AudienceWords(
            name=_("de kerngroep"),
            noun="kerngroep",
            readers=_("de kerngroep"),
            choice=_("De kerngroep van deze ronde"),
            notice=_("Alleen de kerngroep ziet dit"),
            later=_("Daarna: de kerngroep"),
        ),
        Lock(
            partner=DisclosureRule(minimum_frequency=10, minimum_population=10),
            survey=DisclosureRule(minimum_frequency=20, minimum_population=20),
        ),
        in_round=True,
    ),
    Audience.RING: AudienceEntry(
        AudienceWords(
            name=_("de betrokkenen"),
            noun="betrokkenen",
            readers=_("de kerngroep en de betrokkenen"),
            choice=_("De kerngroep en de betrokkenen"),
            notice=_("De betrokkenen zien dit"),
            later=_("Daarna: de kerngroep en de betrokkenen"),
        ),
        Lock(
            partner=DisclosureRule(minimum_frequency=10, minimum_population=10, rounding_base=5),
            survey=DisclosureRule(minimum_frequency=30, minimum_population=30),
        ),
        in_round=True,
    ),
    Audience.PUBLIC: AudienceEntry(
        AudienceWords(
            name=_("iedereen"),
            noun="iedereen",
            readers=_("iedereen"),
            choice=_("Iedereen"),
            notice=_("Iedereen ziet dit"),
            later=_("Daarna: iedereen"),
        ),
        Lock(
            partner=DisclosureRule(minimum_frequency=20, minimum_population=20, rounding_base=5),
            survey=DisclosureRule(minimum_frequency=50, minimum_population=50),
            withholds_more=True,
        ),
    ),
}
