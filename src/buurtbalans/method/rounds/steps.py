"""The six steps of the method, declared once: name, goal, form, needs, what each opens and how far one can be.

The order is advice, and so are the benchmarks and the readiness check: they lock nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _


class Opens(StrEnum):
    """What can be done in a step; the pages decide how it looks."""

    TEAM = "team"
    STORIES = "stories"
    CLAIMS = "claims"
    GAPS = "gaps"
    PICTURE = "picture"
    PLAN = "plan"
    EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One point to look at together: what each level from nought to four means, and what helps to get further."""

    slug: str
    title: Any
    levels: tuple[Any, Any, Any, Any, Any]
    helps: Any


@dataclass(frozen=True, slots=True)
class Step:
    """One step. The titles are working titles: the official names are not known to us."""

    number: int
    slug: str
    title: Any
    goal: Any
    form: Any
    needs: tuple[Any, ...]
    opens: tuple[Opens, ...]
    benchmarks: tuple[Benchmark, ...] = ()


READY_LEVELS: Final = (
    _("Nee, nog niet."),
    _("Er is een begin."),
    _("Voor een deel."),
    _("Bijna helemaal."),
    _("Ja, helemaal."),
)


def _ready(slug: str, title: Any, helps: Any) -> Benchmark:
    """Return a point of the readiness check, whose levels are the same for every point."""
    return Benchmark(f"begin-{slug}", title, READY_LEVELS, helps)


READINESS: Final = (
    _ready(
        "aanleiding",
        _("Er is een aanleiding die mensen in de buurt herkennen"),
        _("Vraag drie bewoners wat er nu speelt."),
    ),
    _ready(
        "vraag",
        _("Er is één vraag, en iedereen zegt die met dezelfde woorden"),
        _("Laat iedereen de vraag opschrijven. Leg de zinnen naast elkaar."),
    ),
    _ready("buurt", _("Het is duidelijk om welke buurt of straten het gaat"), _("Teken het gebied samen op de kaart.")),
    _ready(
        "kerngroep",
        _("De organisaties die nodig zijn, zitten aan tafel"),
        _("Vraag wie er nu mist. Bel die organisatie."),
    ),
    _ready(
        "begeleider",
        _("Er is een procesbegeleider met genoeg uren"),
        _("Maak met de leidinggevende een afspraak over uren."),
    ),
    _ready(
        "steun",
        _("De leiding van elke organisatie staat erachter"),
        _("Laat elke organisatie één zin zeggen over waarom zij meedoet."),
    ),
    _ready("delen", _("Organisaties willen delen wat zij weten"), _("Begin met een afspraak over delen.")),
    _ready(
        "bewoners",
        _("Bewoners kunnen meepraten, ook wie dat niet vaak doet"),
        _("Vraag een buurthuis of school wie u kan bereiken."),
    ),
    _ready("tijd", _("Er is tijd voor meer korte bijeenkomsten"), _("Plan nu vier keer anderhalf uur.")),
)

STEPS: Final = (
    Step(
        1,
        "voorbereiden",
        _("Voorbereiden"),
        _("Iedereen weet waarom we beginnen, met welke vraag en wie meedoet."),
        _("Een korte eerste bijeenkomst. Die gaat vooral over delen."),
        (
            _("een aanleiding en één vraag"),
            _("een kerngroep, een procesbegeleider en een kring"),
            _("een afspraak over delen"),
        ),
        (Opens.TEAM,),
        (
            Benchmark(
                "stap1-vraag",
                _("De vraag"),
                (
                    _("Er is nog geen vraag."),
                    _("Er zijn meer vragen door elkaar."),
                    _("Er is één vraag, maar die is nog vaag."),
                    _("De vraag is helder voor de kerngroep."),
                    _("Ook bewoners en de kring herkennen de vraag."),
                ),
                _("Leg de vraag voor aan twee mensen uit de buurt."),
            ),
            Benchmark(
                "stap1-groep",
                _("De kerngroep"),
                (
                    _("Er is nog geen groep."),
                    _("Eén organisatie trekt alles."),
                    _("Een paar organisaties doen mee, belangrijke missen."),
                    _("Wie nodig is doet mee."),
                    _("Wie nodig is doet mee, en ieders rol is duidelijk."),
                ),
                _("Schrijf bij elke organisatie op wat zij kan en mag."),
            ),
            Benchmark(
                "stap1-delen",
                _("De afspraak over delen"),
                (
                    _("Delen is nog niet besproken."),
                    _("Er is over gepraat, zonder afspraak."),
                    _("De afspraak ligt er, nog niet iedereen tekende."),
                    _("Alle organisaties tekenden."),
                    _("Iedereen tekende en deelt ook echt."),
                ),
                _("Zet delen als eerste op de agenda."),
            ),
        ),
    ),
    Step(
        2,
        "delen",
        _("Delen"),
        _("Alle kennis ligt op tafel: cijfers en verhalen. Wat zien we, en waar?"),
        _("Meer korte bijeenkomsten. Wie niet kan, levert vooraf iets in."),
        (_("de eerste cijfers over de buurt"), _("verhalen van bewoners en professionals")),
        (Opens.STORIES,),
        (
            Benchmark(
                "stap2-cijfers",
                _("De cijfers"),
                (
                    _("Er liggen nog geen cijfers."),
                    _("Er liggen cijfers, maar niemand bekeek ze."),
                    _("We bekeken de cijfers van de buurt."),
                    _("We weten ook wat de cijfers niet zeggen."),
                    _("Ook cijfers van organisaties zelf liggen erbij."),
                ),
                _("Bekijk het overzicht van wat er bekend is."),
            ),
            Benchmark(
                "stap2-verhalen",
                _("De verhalen"),
                (
                    _("Er zijn nog geen verhalen."),
                    _("Er zijn alleen verhalen van professionals."),
                    _("Er zijn een paar verhalen van bewoners."),
                    _("Er zijn verhalen van verschillende soorten mensen."),
                    _("Ook wie weinig praat, kwam aan het woord."),
                ),
                _("Ga naar een plek waar mensen al komen."),
            ),
            Benchmark(
                "stap2-krachten",
                _("Krachten en kansen"),
                (
                    _("Het gaat alleen over zorgen."),
                    _("Krachten worden kort genoemd."),
                    _("Er liggen een paar krachten."),
                    _("Krachten en zorgen krijgen evenveel tijd."),
                    _("Krachten zijn het begin van het gesprek."),
                ),
                _("Begin de bijeenkomst met wat goed gaat."),
            ),
        ),
    ),
    Step(
        3,
        "toetsen",
        _("Toetsen"),
        _("We weten van elke uitspraak of die klopt, en wat we nog niet weten."),
        _("Rond één grote kaart. Leg bij elke uitspraak cijfers en verhalen naast elkaar."),
        (_("uitspraken van de deelnemers"), _("cijfers en verhalen die ja of nee zeggen")),
        (Opens.CLAIMS, Opens.GAPS),
        (
            Benchmark(
                "stap3-uitspraken",
                _("De uitspraken"),
                (
                    _("Er zijn nog geen uitspraken."),
                    _("De uitspraken zijn vaag."),
                    _("De uitspraken kunnen waar of niet waar zijn."),
                    _("Elke organisatie bracht een uitspraak in."),
                    _("Ook uitspraken van bewoners zijn getoetst."),
                ),
                _("Maak van elke mening één zin die u kunt toetsen."),
            ),
            Benchmark(
                "stap3-bewijs",
                _("Cijfers en verhalen naast elkaar"),
                (
                    _("Er ligt nog niets bij de uitspraken."),
                    _("Bij een paar ligt een cijfer of een verhaal."),
                    _("Bij de meeste ligt een cijfer of een verhaal."),
                    _("Bij de meeste liggen cijfers en verhalen."),
                    _("Ook wat elkaar tegenspreekt, ligt erbij."),
                ),
                _("Zoek bij elke uitspraak ook wat nee zegt."),
            ),
            Benchmark(
                "stap3-open",
                _("Wat we niet weten"),
                (
                    _("Niemand schrijft op wat we niet weten."),
                    _("Een paar open vragen staan op de lijst."),
                    _("Elke open vraag heeft iemand die het vraagt."),
                    _("De meeste vragen hebben een antwoord."),
                    _("Alle vragen hebben een antwoord, of we zeggen dat we het niet weten."),
                ),
                _("Geef elke vraag een naam en een datum."),
            ),
        ),
    ),
    Step(
        4,
        "duiden",
        _("Duiden"),
        _("Er is één gedeeld beeld: krachten, kansen, zorgen en wat we niet weten."),
        _("Een werksessie met de kerngroep. Wie het anders ziet, blijft zichtbaar."),
        (_("getoetste uitspraken"), _("de meningen van alle organisaties")),
        (Opens.PICTURE,),
        (
            Benchmark(
                "stap4-beeld",
                _("Het beeld"),
                (
                    _("Er is nog geen beeld."),
                    _("Er staan losse regels."),
                    _("Er is een beeld in één zin."),
                    _("De kerngroep herkent het beeld."),
                    _("Ook de kring en bewoners herkennen het beeld."),
                ),
                _("Lees het beeld hardop voor. Vraag wat er mist."),
            ),
            Benchmark(
                "stap4-anders",
                _("Wie het anders ziet"),
                (
                    _("Andere meningen verdwijnen."),
                    _("Andere meningen worden genoemd, niet opgeschreven."),
                    _("Andere meningen staan erbij."),
                    _("We begrijpen waarom iemand het anders ziet."),
                    _("We weten wat nodig is om het samen te weten."),
                ),
                _("Vraag elke organisatie om een mening."),
            ),
            Benchmark(
                "stap4-oorzaken",
                _("Oorzaken"),
                (
                    _("We praten meteen over oplossingen."),
                    _("We noemen oorzaken zonder ze te bekijken."),
                    _("We schrijven oorzaken op als vermoeden."),
                    _("We kijken of het ook anders kan zijn."),
                    _("We weten welke oorzaak we zelf kunnen veranderen."),
                ),
                _("Vraag bij elke zorg drie keer: hoe komt dat?"),
            ),
        ),
    ),
    Step(
        5,
        "afspreken",
        _("Afspreken"),
        _("We weten wat we willen bereiken en wie wat doet."),
        _("Eén bijeenkomst over resultaten. Daarna spreken organisaties hun inzet af."),
        (_("een gedeeld beeld"), _("per resultaat een begin en een doel")),
        (Opens.PLAN,),
        (
            Benchmark(
                "stap5-resultaten",
                _("De resultaten"),
                (
                    _("Er zijn nog geen resultaten afgesproken."),
                    _("Er zijn wensen, zonder doel."),
                    _("Elk resultaat heeft een begin en een doel."),
                    _("Het is ook duidelijk wie meet en wanneer."),
                    _("Bewoners vinden dit de goede resultaten."),
                ),
                _("Spreek nu af hoe en wanneer u meet."),
            ),
            Benchmark(
                "stap5-inzet",
                _("Wie wat doet"),
                (
                    _("Nog niemand zei wat hij doet."),
                    _("Eén organisatie doet alles."),
                    _("De meeste organisaties zeiden wat zij doen."),
                    _("Elke inzet heeft iemand, een datum en een eerste teken."),
                    _("De inzet past bij de oorzaken en bij wat werkt."),
                ),
                _("Begin met iets kleins dat snel te zien is."),
            ),
            Benchmark(
                "stap5-ruimte",
                _("Wonen en begeleiden"),
                (
                    _("We keken niet naar plaatsen en begeleiden."),
                    _("We noemden het kort."),
                    _("We weten wat de buurt aankan."),
                    _("We schreven voorwaarden op."),
                    _("Wie plaatst en begeleidt, kent de voorwaarden."),
                ),
                _("Vraag de corporatie en de zorg erbij."),
            ),
        ),
    ),
    Step(
        6,
        "evalueren",
        _("Evalueren"),
        _("We weten wat is bereikt, voor wie, en wat we nu doen."),
        _("Dezelfde cijfers en vragen als bij het begin, en gesprekken met bewoners."),
        (_("nieuwe cijfers"), _("verhalen over wat er veranderde")),
        (Opens.EVALUATION,),
        (
            Benchmark(
                "stap6-meten",
                _("Wat er veranderde"),
                (
                    _("We keken nog niet terug."),
                    _("We hebben alleen indrukken."),
                    _("We vergeleken de cijfers van toen en nu."),
                    _("Cijfers en verhalen liggen naast elkaar."),
                    _("We weten ook of het door onze inzet kwam."),
                ),
                _("Vergelijk met buurten die erop lijken."),
            ),
            Benchmark(
                "stap6-voorwie",
                _("Voor wie"),
                (
                    _("We weten niet wie er iets aan had."),
                    _("We weten hoeveel mensen we bereikten."),
                    _("We weten wie we bereikten."),
                    _("We weten wie er beter van werd."),
                    _("We weten ook wie we nog missen."),
                ),
                _("Vraag het aan de mensen om wie het ging."),
            ),
            Benchmark(
                "stap6-verder",
                _("Hoe het verder gaat"),
                (
                    _("We spraken niets af."),
                    _("We gaan door zonder te kiezen."),
                    _("We kozen: stoppen, doorgaan of iets anders."),
                    _("De keuze heeft redenen die anderen kennen."),
                    _("De keuze is gemaakt, en wat lukte is gevierd."),
                ),
                _("Rond de ronde af. Vertel de buurt wat er kwam."),
            ),
        ),
    ),
)


def step(number: int) -> Step:
    """Return the step with this number, 1 to 6."""
    return STEPS[number - 1]


POINTS: Final = {point.slug: point for point in (*READINESS, *(mark for one in STEPS for mark in one.benchmarks))}


def points_of(number: int) -> tuple[Benchmark, ...]:
    """Return the points of a step, or with nought those to look at before one begins."""
    return STEPS[number - 1].benchmarks if number else READINESS
