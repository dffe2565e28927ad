"""What is most sensible to do next in a round, declared in one place, with why. It is advice: nothing is locked."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

MOST: Final = 2  # more than two next things is no advice but a list
FEW_ORGANISATIONS: Final = 3
FEW_STORIES: Final = 3


@dataclass(frozen=True, slots=True)
class RoundState:
    """Where a round stands, in numbers; higher apps add those of the plan and the evaluation."""

    step: int = 1
    organisations: int = 1
    ring: int = 0
    alone: int = 0
    agreed: int = 0
    unsigned: int = 0
    own_unsigned: int = 0
    scored: int = 0
    meetings: int = 0
    stories: int = 0
    claims: int = 0
    tested: int = 0
    differ: int = 0
    missing: int = 0
    gaps: int = 0
    overdue: int = 0
    lines: int = 0
    shared: int = 0
    results: int = 0
    efforts: int = 0
    stuck: int = 0
    evaluated: int = 0
    parked: int = 0
    closed: int = 0
    followed: int = 0

    @property
    def untested(self) -> int:
        """How many claims wait for a verdict."""
        return self.claims - self.tested

    def words(self) -> dict[str, int]:
        """Return every number by its name, for a sentence."""
        return {field.name: getattr(self, field.name) for field in fields(self)} | {"untested": self.untested}


@dataclass(frozen=True, slots=True)
class Advice:
    """One next thing: when it makes sense, what to do, why, and where."""

    slug: str
    when: Callable[[RoundState], bool]
    what: Any
    why: Any
    button: Any
    to: str
    args: tuple[Any, ...] = ()
    anchor: str = ""
    words: dict[str, int] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Why, with the numbers of this round in it."""
        return str(self.why % self.words) if self.words else str(self.why)


def _open(test: Callable[[RoundState], bool]) -> Callable[[RoundState], bool]:
    """Return the test for a round that is not closed."""
    return lambda now: not now.closed and test(now)


# In the order of how much hangs on it: the first ones that hold are shown.
ADVICE: Final = (
    Advice(
        "alone",
        _open(lambda now: now.step <= 3 and now.alone > 0),
        _("Deelnemers aan het team toevoegen"),
        _("U bent nog alleen in het team, terwijl u een gedeeld beeld samen maakt."),
        _("Naar het team"),
        "rounds:team",
    ),
    Advice(
        "agreement",
        _open(lambda now: now.step <= 3 and not now.agreed),
        _("Afspraak over delen maken"),
        _("De eerste bijeenkomst gaat over delen, want zonder afspraak houdt iedereen de eigen cijfers voor zich."),
        _("Naar de afspraak over delen"),
        "rounds:step",
        (1,),
        "afspraak",
    ),
    Advice(
        "sign",
        _open(lambda now: now.step <= 3 and now.own_unsigned > 0),
        _("Afspraak over delen ondertekenen"),
        ngettext_lazy(
            "Er ontbreekt nog %(unsigned)s handtekening, namelijk die van uw organisatie.",
            "Er ontbreken nog %(unsigned)s handtekeningen, ook die van uw organisatie.",
            "unsigned",
        ),
        _("Lezen en ondertekenen"),
        "rounds:agreement",
    ),
    Advice(
        "unsigned",
        _open(lambda now: now.step <= 3 and now.unsigned > 0 and not now.own_unsigned),
        _("Ontbrekende handtekeningen ophalen"),
        ngettext_lazy(
            "Er ontbreekt nog %(unsigned)s handtekening, dus vraag wat er nog nodig is.",
            "Er ontbreken nog %(unsigned)s handtekeningen, dus vraag wat er nog nodig is.",
            "unsigned",
        ),
        _("Naar de afspraak over delen"),
        "rounds:agreement",
    ),
    Advice(
        "ready",
        _open(lambda now: now.step == 1 and not now.scored),
        _("Nagaan of u klaar bent om te beginnen"),
        _("Met negen korte punten ziet u wat er nog nodig is."),
        _("Punten bekijken"),
        "rounds:points",
        (0,),
    ),
    Advice(
        "team",
        _open(lambda now: now.step <= 3 and not now.alone and now.organisations < FEW_ORGANISATIONS),
        _("Nog een organisatie uitnodigen"),
        ngettext_lazy(
            "Er doet nu %(organisations)s organisatie mee, terwijl u met drie organisaties meer kanten van de buurt ziet.",
            "Er doen nu %(organisations)s organisaties mee, terwijl u met drie organisaties meer kanten van de buurt ziet.",
            "organisations",
        ),
        _("Naar het team"),
        "rounds:team",
    ),
    Advice(
        "overdue",
        _open(lambda now: now.overdue > 0),
        _("Late antwoorden ophalen"),
        ngettext_lazy(
            "Van %(overdue)s open vraag is de datum voorbij terwijl er nog geen antwoord is.",
            "Van %(overdue)s open vragen is de datum voorbij terwijl er nog geen antwoord is.",
            "overdue",
        ),
        _("Open vragen bekijken"),
        "rounds:step",
        (3,),
        "vragen",
    ),
    Advice(
        "stuck",
        _open(lambda now: now.stuck > 0),
        _("Bespreken wat stilligt"),
        ngettext_lazy(
            "%(stuck)s actie ligt stil, dus bespreek wat er nodig is voordat anderen moeten wachten.",
            "%(stuck)s acties liggen stil, dus bespreek wat er nodig is voordat anderen moeten wachten.",
            "stuck",
        ),
        _("Plan openen"),
        "rounds:step",
        (5,),
    ),
    Advice(
        "stories",
        _open(lambda now: now.step in (2, 3) and now.stories < FEW_STORIES),
        _("Verhalen ophalen"),
        _("Verhalen tot nu toe: %(stories)s. Haal er meer op, want cijfers alleen vertellen niet wat mensen merken."),
        _("Naar de verhalen"),
        "rounds:step",
        (2,),
    ),
    Advice(
        "claims",
        _open(lambda now: 2 <= now.step <= 4 and not now.claims),
        _("Eerste stelling toevoegen"),
        _("Een stelling kunt u toetsen, zodat u een gevoel samen kunt onderzoeken."),
        _("Naar de stellingen"),
        "rounds:step",
        (3,),
    ),
    Advice(
        "untested",
        _open(lambda now: now.step >= 3 and now.untested > 0),
        _("Open stellingen toetsen"),
        ngettext_lazy(
            "Er is nog %(untested)s stelling niet getoetst, terwijl u pas na het toetsen weet of die klopt.",
            "Er zijn nog %(untested)s stellingen niet getoetst, terwijl u pas na het toetsen weet of die kloppen.",
            "untested",
        ),
        _("Naar de stellingen"),
        "rounds:step",
        (3,),
    ),
    Advice(
        "differ",
        _open(lambda now: now.step in (3, 4) and now.differ > 0),
        _("Verschillen tussen cijfers en mensen bespreken"),
        ngettext_lazy(
            "Bij %(differ)s stelling zegt het cijfer iets anders dan mensen, en daarvan leert u het meest.",
            "Bij %(differ)s stellingen zegt het cijfer iets anders dan mensen, en daarvan leert u het meest.",
            "differ",
        ),
        _("Naar de stellingen"),
        "rounds:step",
        (3,),
    ),
    Advice(
        "missing",
        _open(lambda now: now.step >= 3 and now.missing > 0),
        _("Ontbrekende meningen ophalen"),
        ngettext_lazy(
            "Er ontbreekt nog %(missing)s mening, en ook een afwijkende mening hoort in het gedeelde beeld.",
            "Er ontbreken nog %(missing)s meningen, en ook een afwijkende mening hoort in het gedeelde beeld.",
            "missing",
        ),
        _("Naar de stellingen"),
        "rounds:step",
        (3,),
    ),
    Advice(
        "meeting",
        _open(lambda now: not now.meetings),
        _("Volgende bijeenkomst plannen"),
        _("Kort en vaak bij elkaar komen werkt beter dan lang, en een datum houdt er vaart in."),
        _("Bijeenkomst plannen"),
        "rounds:meetings",
    ),
    Advice(
        "ring",
        _open(lambda now: now.step <= 3 and not now.ring),
        _("Betrokkenen zoeken"),
        _("Een huisarts of jongerenwerker weet bijvoorbeeld wat niet in de cijfers staat."),
        _("Naar het team"),
        "rounds:team",
    ),
    Advice(
        "gaps",
        _open(lambda now: now.step in (3, 4) and now.gaps > 0),
        _("Antwoorden op open vragen ophalen"),
        ngettext_lazy(
            "Er is nog %(gaps)s open vraag, en een kort gesprek tussen twee bijeenkomsten helpt vaak al.",
            "Er zijn nog %(gaps)s open vragen, en een kort gesprek tussen twee bijeenkomsten helpt vaak al.",
            "gaps",
        ),
        _("Open vragen bekijken"),
        "rounds:step",
        (3,),
        "vragen",
    ),
    Advice(
        "picture",
        _open(lambda now: now.step >= 3 and now.tested > 0 and not now.lines),
        _("Gedeeld beeld maken"),
        _("Er zijn getoetste stellingen, dus u kunt met een kracht van de buurt beginnen."),
        _("Gedeeld beeld openen"),
        "rounds:picture",
    ),
    Advice(
        "share",
        _open(lambda now: now.step >= 4 and now.lines > 0 and not now.shared),
        _("Gedeeld beeld met de betrokkenen delen"),
        _("Mensen buiten de kerngroep zien wat de kerngroep mist."),
        _("Gedeeld beeld openen"),
        "rounds:picture",
    ),
    Advice(
        "results",
        _open(lambda now: now.step >= 4 and now.lines > 0 and not now.results),
        _("Eerste doel afspreken"),
        _("Een klein doel op korte termijn geeft iedereen vertrouwen."),
        _("Naar het plan"),
        "rounds:step",
        (5,),
    ),
    Advice(
        "efforts",
        _open(lambda now: now.results > 0 and not now.efforts),
        _("Acties verdelen"),
        _("Er zijn doelen, maar er zijn nog geen acties om die te bereiken."),
        _("Naar het plan"),
        "rounds:step",
        (5,),
    ),
    Advice(
        "evaluate",
        _open(lambda now: now.step == 6 and now.evaluated < now.results),
        _("Doelen evalueren"),
        _("Geëvalueerd tot nu toe: %(evaluated)s van de %(results)s doelen."),
        _("Evaluatie invullen"),
        "rounds:step",
        (6,),
    ),
    Advice(
        "close",
        _open(lambda now: now.step == 6 and 0 < now.results <= now.evaluated),
        _("Ronde afronden"),
        _("Alle doelen zijn geëvalueerd, dus schrijf op wat er is bereikt en hoe het verder gaat."),
        _("Ronde afronden"),
        "rounds:close",
    ),
    Advice(
        "onward",
        _open(lambda now: now.step < 6),
        _("Verder met de huidige stap"),
        _("Er wacht niets op u, dus bespreek samen hoe ver u met deze stap bent."),
        _("Stap openen"),
        "rounds:step",
        ("step",),
    ),
    Advice(
        "start_follow_up",
        lambda now: bool(now.closed and not now.followed),
        _("Vervolgronde beginnen"),
        _("Punten op de lijst voor later: %(parked)s. Kies daaruit één vraag voor de vervolgronde."),
        _("Vervolgronde beginnen"),
        "rounds:start_follow_up",
    ),
)

FOR_RING: Final = (
    Advice(
        "read",
        lambda now: now.lines > 0,
        _("Gedeeld beeld lezen"),
        _("Laat de procesbegeleider weten of het beeld klopt met wat u ziet."),
        _("Gedeeld beeld openen"),
        "rounds:picture",
    ),
    Advice(
        "tell",
        _open(lambda now: True),
        _("Vertellen wat u ziet"),
        _("Uw verhaal helpt om de cijfers te begrijpen, en u kiest zelf wie dat leest."),
        _("Verhaal toevoegen"),
        "stories:new",
    ),
)


def advise(now: RoundState, known: tuple[Advice, ...] = ADVICE) -> list[Advice]:
    """Return the one or two most sensible next things for a round that stands so, the first one first."""
    held = [each for each in known if each.when(now)][:MOST]
    return [
        Advice(
            each.slug,
            each.when,
            each.what,
            each.why,
            each.button,
            each.to,
            tuple(now.step if arg == "step" else arg for arg in each.args),
            each.anchor,
            now.words(),
        )
        for each in held
    ]
