"""What is most sensible to do next in a round, declared in one place, with why. It is advice: nothing is locked."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

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
        return str(self.why) % self.words if self.words else str(self.why)


def _open(test: Callable[[RoundState], bool]) -> Callable[[RoundState], bool]:
    """Return the test for a round that is not closed."""
    return lambda now: not now.closed and test(now)


# In the order of how much hangs on it: the first ones that hold are shown.
ADVICE: Final = (
    Advice(
        "alone",
        _open(lambda now: now.step <= 3 and now.alone > 0),
        _("Vraag mensen mee te doen"),
        _("U bent nog alleen in het team. Een beeld maakt u samen."),
        _("Ga naar het team"),
        "rounds:team",
    ),
    Advice(
        "agreement",
        _open(lambda now: now.step <= 3 and not now.agreed),
        _("Spreek af wat u deelt"),
        _("De eerste bijeenkomst gaat over delen. Zonder afspraak houdt iedereen cijfers thuis."),
        _("Ga naar de afspraak"),
        "rounds:step",
        (1,),
        "afspraak",
    ),
    Advice(
        "sign",
        _open(lambda now: now.step <= 3 and now.own_unsigned > 0),
        _("Teken de afspraak over delen"),
        _("Handtekeningen die nog ontbreken: %(unsigned)s, ook die van uw organisatie."),
        _("Lees en teken"),
        "rounds:agreement",
    ),
    Advice(
        "unsigned",
        _open(lambda now: now.step <= 3 and now.unsigned > 0 and not now.own_unsigned),
        _("Wacht op wie nog niet tekende"),
        _("Handtekeningen die nog ontbreken: %(unsigned)s. Vraag wat er nog nodig is."),
        _("Ga naar de afspraak"),
        "rounds:agreement",
    ),
    Advice(
        "ready",
        _open(lambda now: now.step == 1 and not now.scored),
        _("Kijk of u klaar bent om te beginnen"),
        _("Negen korte punten laten zien wat nog nodig is."),
        _("Bekijk de punten"),
        "rounds:points",
        (0,),
    ),
    Advice(
        "team",
        _open(lambda now: now.step <= 3 and not now.alone and now.organisations < FEW_ORGANISATIONS),
        _("Vraag nog een organisatie mee te doen"),
        _("Nu aan tafel: %(organisations)s. Met drie organisaties ziet u meer kanten van de buurt."),
        _("Ga naar het team"),
        "rounds:team",
    ),
    Advice(
        "overdue",
        _open(lambda now: now.overdue > 0),
        _("Haal de antwoorden op die te laat zijn"),
        _("Open vragen waarvan de datum voorbij is: %(overdue)s."),
        _("Bekijk de vragen"),
        "rounds:step",
        (3,),
        "vragen",
    ),
    Advice(
        "stuck",
        _open(lambda now: now.stuck > 0),
        _("Kijk naar wat stilstaat"),
        _("Afspraken die stilstaan: %(stuck)s. Praat erover voordat anderen wachten."),
        _("Open het plan"),
        "rounds:step",
        (5,),
    ),
    Advice(
        "stories",
        _open(lambda now: now.step in (2, 3) and now.stories < FEW_STORIES),
        _("Haal verhalen op"),
        _("Verhalen tot nu toe: %(stories)s. Cijfers alleen vertellen niet wat mensen merken."),
        _("Ga naar de verhalen"),
        "rounds:step",
        (2,),
    ),
    Advice(
        "claims",
        _open(lambda now: 2 <= now.step <= 4 and not now.claims),
        _("Breng een eerste uitspraak in"),
        _("Een uitspraak kunt u toetsen. Zo wordt een gevoel iets om samen te onderzoeken."),
        _("Ga naar de uitspraken"),
        "rounds:step",
        (3,),
    ),
    Advice(
        "untested",
        _open(lambda now: now.step >= 3 and now.untested > 0),
        _("Toets wat nog open is"),
        _("Getoetst: %(tested)s van de %(claims)s uitspraken. Pas daarna weet u wat u zeker weet."),
        _("Ga naar de uitspraken"),
        "rounds:step",
        (3,),
    ),
    Advice(
        "differ",
        _open(lambda now: now.step in (3, 4) and now.differ > 0),
        _("Praat over waar cijfers en mensen verschillen"),
        _("Uitspraken waar het cijfer iets anders zegt dan mensen: %(differ)s. Daar leert u het meest."),
        _("Ga naar de uitspraken"),
        "rounds:step",
        (3,),
    ),
    Advice(
        "missing",
        _open(lambda now: now.step >= 3 and now.missing > 0),
        _("Vraag de meningen die ontbreken"),
        _("Meningen die nog ontbreken: %(missing)s. Wie het anders ziet, hoort in het beeld."),
        _("Ga naar de uitspraken"),
        "rounds:step",
        (3,),
    ),
    Advice(
        "meeting",
        _open(lambda now: not now.meetings),
        _("Plan de volgende bijeenkomst"),
        _("Kort en vaak werkt beter dan lang. Een datum houdt er vaart in."),
        _("Plan een bijeenkomst"),
        "rounds:meetings",
    ),
    Advice(
        "ring",
        _open(lambda now: now.step <= 3 and not now.ring),
        _("Zoek mensen voor de kring"),
        _("Een huisarts of jongerenwerker weet wat niet in de cijfers staat."),
        _("Ga naar het team"),
        "rounds:team",
    ),
    Advice(
        "gaps",
        _open(lambda now: now.step in (3, 4) and now.gaps > 0),
        _("Haal op wat u nog niet weet"),
        _("Open vragen: %(gaps)s. Een kort gesprek tussen twee bijeenkomsten helpt vaak al."),
        _("Bekijk de vragen"),
        "rounds:step",
        (3,),
        "vragen",
    ),
    Advice(
        "picture",
        _open(lambda now: now.step >= 3 and now.tested > 0 and not now.lines),
        _("Maak het gedeelde beeld"),
        _("Er zijn getoetste uitspraken. Begin met een kracht."),
        _("Open het beeld"),
        "rounds:picture",
    ),
    Advice(
        "share",
        _open(lambda now: now.step >= 4 and now.lines > 0 and not now.shared),
        _("Deel het beeld met de kring"),
        _("Mensen om de buurt heen zien wat de kerngroep mist."),
        _("Open het beeld"),
        "rounds:picture",
    ),
    Advice(
        "results",
        _open(lambda now: now.step >= 4 and now.lines > 0 and not now.results),
        _("Spreek een eerste resultaat af"),
        _("Een klein resultaat op korte termijn geeft moed."),
        _("Ga naar het plan"),
        "rounds:step",
        (5,),
    ),
    Advice(
        "efforts",
        _open(lambda now: now.results > 0 and not now.efforts),
        _("Verdeel wie wat doet"),
        _("Er zijn resultaten, maar nog niemand zei wat hij doet."),
        _("Ga naar het plan"),
        "rounds:step",
        (5,),
    ),
    Advice(
        "evaluate",
        _open(lambda now: now.step == 6 and now.evaluated < now.results),
        _("Kijk terug op de resultaten"),
        _("Bekeken: %(evaluated)s van de %(results)s resultaten."),
        _("Evaluatie invullen"),
        "rounds:step",
        (6,),
    ),
    Advice(
        "close",
        _open(lambda now: now.step == 6 and 0 < now.results <= now.evaluated),
        _("Rond de ronde af"),
        _("Op alle resultaten is teruggekeken. Zeg wat er bereikt is, en hoe het verder gaat."),
        _("Rond af"),
        "rounds:close",
    ),
    Advice(
        "onward",
        _open(lambda now: now.step < 6),
        _("Ga verder met de stap van nu"),
        _("Niets wacht op u. Bespreek samen hoe ver deze stap is."),
        _("Open de stap"),
        "rounds:step",
        ("step",),
    ),
    Advice(
        "start_follow_up",
        lambda now: bool(now.closed and not now.followed),
        _("Begin een vervolgronde"),
        _("Op de lijst voor later: %(parked)s. Kies er één vraag uit."),
        _("Begin een vervolgronde"),
        "rounds:start_follow_up",
    ),
)

FOR_RING: Final = (
    Advice(
        "read",
        lambda now: now.lines > 0,
        _("Lees het gedeelde beeld"),
        _("Klopt het met wat u ziet? Laat het de procesbegeleider weten."),
        _("Open het beeld"),
        "rounds:picture",
    ),
    Advice(
        "tell",
        _open(lambda now: True),
        _("Vertel wat u ziet"),
        _("Uw verhaal helpt om cijfers te begrijpen. U kiest zelf wie het leest."),
        _("Vertel een verhaal"),
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
