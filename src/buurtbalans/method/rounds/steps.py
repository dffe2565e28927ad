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
    _("Nee, nog niet"),
    _("Er is een begin"),
    _("Voor een deel"),
    _("Bijna helemaal"),
    _("Ja, helemaal"),
)


def _ready(slug: str, title: Any, helps: Any) -> Benchmark:
    """Return a point of the readiness check, whose levels are the same for every point."""
    return Benchmark(f"begin-{slug}", title, READY_LEVELS, helps)


READINESS: Final = (
    _ready(
        "aanleiding",
        _("Er is een aanleiding die mensen in de buurt herkennen"),
        _("Vraag drie bewoners wat er nu speelt in de buurt."),
    ),
    _ready(
        "vraag",
        _("Er is één vraag, en iedereen verwoordt die hetzelfde"),
        _("Laat iedereen de vraag opschrijven en vergelijk de zinnen daarna met elkaar."),
    ),
    _ready(
        "buurt",
        _("Het is duidelijk om welke buurt of straten het gaat"),
        _("Teken samen op de kaart om welk gebied het gaat."),
    ),
    _ready(
        "kerngroep",
        _("De organisaties die nodig zijn, doen mee"),
        _("Ga na welke organisatie nog ontbreekt en neem daar contact mee op."),
    ),
    _ready(
        "begeleider",
        _("Er is een procesbegeleider met genoeg uren"),
        _("Spreek met de leidinggevende af hoeveel uren er beschikbaar zijn."),
    ),
    _ready(
        "steun",
        _("De leiding van elke organisatie steunt de ronde"),
        _("Laat elke organisatie in één zin uitleggen waarom die meedoet."),
    ),
    _ready(
        "delen", _("Organisaties willen delen wat zij weten"), _("Begin met het maken van een afspraak over delen.")
    ),
    _ready(
        "bewoners",
        _("Bewoners kunnen meepraten, ook bewoners die dat niet vaak doen"),
        _("Vraag een buurthuis of school welke bewoners u via hen kunt bereiken."),
    ),
    _ready(
        "tijd",
        _("Er is tijd voor meerdere korte bijeenkomsten"),
        _("Plan nu alvast vier bijeenkomsten van anderhalf uur."),
    ),
)

STEPS: Final = (
    Step(
        1,
        "voorbereiden",
        _("Voorbereiden"),
        _("Iedereen weet waarom we beginnen, met welke vraag en wie meedoet."),
        _("Een korte eerste bijeenkomst, die vooral over het delen van gegevens gaat."),
        (
            _("een aanleiding en één vraag"),
            _("een kerngroep, een procesbegeleider en betrokkenen"),
            _("een afspraak over delen"),
        ),
        (Opens.TEAM,),
        (
            Benchmark(
                "stap1-vraag",
                _("De vraag"),
                (
                    _("Er is nog geen vraag waar de ronde over gaat."),
                    _("Er zijn meerdere vragen, die door elkaar lopen."),
                    _("Er is één vraag, maar die is nog vaag."),
                    _("De vraag is helder voor de hele kerngroep."),
                    _("Ook bewoners en andere betrokkenen herkennen de vraag."),
                ),
                _("Leg de vraag voor aan twee mensen uit de buurt."),
            ),
            Benchmark(
                "stap1-groep",
                _("De kerngroep"),
                (
                    _("Er is nog geen groep die de ronde uitvoert."),
                    _("Eén organisatie doet in de ronde al het werk."),
                    _("Een paar organisaties doen mee, maar belangrijke organisaties ontbreken."),
                    _("Alle organisaties die nodig zijn, doen mee."),
                    _("Alle organisaties die nodig zijn, doen mee en ieders rol is duidelijk."),
                ),
                _("Schrijf bij elke organisatie op wat die kan en mag doen."),
            ),
            Benchmark(
                "stap1-delen",
                _("De afspraak over delen"),
                (
                    _("Het delen van gegevens is nog niet besproken."),
                    _("Er is over delen gesproken, maar er is nog geen afspraak."),
                    _("Er is een afspraak over delen, maar nog niet iedereen heeft ondertekend."),
                    _("Alle organisaties hebben de afspraak over delen ondertekend."),
                    _("Iedereen heeft de afspraak ondertekend en deelt ook echt."),
                ),
                _("Zet het delen van gegevens als eerste op de agenda."),
            ),
        ),
    ),
    Step(
        2,
        "delen",
        _("Delen"),
        _("Alle cijfers en verhalen zijn verzameld, zodat we zien wat er speelt en waar."),
        _("Meerdere korte bijeenkomsten, waarvoor deelnemers die niet kunnen komen vooraf iets inleveren."),
        (_("de eerste cijfers over de buurt"), _("verhalen van bewoners en professionals")),
        (Opens.STORIES,),
        (
            Benchmark(
                "stap2-cijfers",
                _("De cijfers"),
                (
                    _("Er zijn nog geen cijfers over de buurt."),
                    _("Er zijn cijfers, maar niemand heeft die bekeken."),
                    _("We hebben de cijfers van de buurt bekeken."),
                    _("We weten ook wat de cijfers niet zeggen."),
                    _("Er zijn ook cijfers van de organisaties zelf."),
                ),
                _("Bekijk het overzicht van wat er over de buurt bekend is."),
            ),
            Benchmark(
                "stap2-verhalen",
                _("De verhalen"),
                (
                    _("Er zijn nog geen verhalen over de buurt."),
                    _("Er zijn verhalen van professionals, maar nog niet van bewoners."),
                    _("Er zijn een paar verhalen van bewoners."),
                    _("Er zijn verhalen van mensen uit verschillende groepen."),
                    _("Ook mensen die niet vaak van zich laten horen, hebben hun verhaal gedaan."),
                ),
                _("Ga naar een plek waar mensen uit de buurt al komen."),
            ),
            Benchmark(
                "stap2-krachten",
                _("Krachten en kansen"),
                (
                    _("Het gesprek over de buurt gaat alleen over zorgen."),
                    _("De krachten van de buurt worden kort genoemd."),
                    _("Er zijn een paar krachten van de buurt opgeschreven."),
                    _("Krachten en zorgen krijgen in het gesprek evenveel tijd."),
                    _("Het gesprek begint met de krachten van de buurt."),
                ),
                _("Begin de bijeenkomst met wat er goed gaat in de buurt."),
            ),
        ),
    ),
    Step(
        3,
        "toetsen",
        _("Toetsen"),
        _("We weten van elke stelling of die klopt, en wat we nog niet weten."),
        _("Een bijeenkomst rond één grote kaart, waarbij u per stelling cijfers en verhalen vergelijkt."),
        (_("stellingen van de deelnemers"), _("cijfers en verhalen voor en tegen elke stelling")),
        (Opens.CLAIMS, Opens.GAPS),
        (
            Benchmark(
                "stap3-uitspraken",
                _("De stellingen"),
                (
                    _("Er zijn nog geen stellingen over de buurt."),
                    _("De stellingen zijn te vaag om te toetsen."),
                    _("De stellingen zijn zo concreet dat ze waar of niet waar kunnen zijn."),
                    _("Elke organisatie heeft een stelling over de buurt toegevoegd."),
                    _("Ook de stellingen van bewoners zijn getoetst."),
                ),
                _("Maak van elke mening één zin die u kunt toetsen."),
            ),
            Benchmark(
                "stap3-bewijs",
                _("Onderbouwing met cijfers en verhalen"),
                (
                    _("De stellingen hebben nog geen onderbouwing met cijfers of verhalen."),
                    _("Een paar stellingen hebben een cijfer of een verhaal als onderbouwing."),
                    _("De meeste stellingen hebben een cijfer of een verhaal als onderbouwing."),
                    _("De meeste stellingen hebben zowel cijfers als verhalen als onderbouwing."),
                    _("Ook cijfers en verhalen die elkaar tegenspreken, zijn toegevoegd."),
                ),
                _("Zoek bij elke stelling ook naar cijfers en verhalen die ertegen pleiten."),
            ),
            Benchmark(
                "stap3-open",
                _("Wat we niet weten"),
                (
                    _("Niemand schrijft op wat we nog niet weten."),
                    _("Een paar open vragen staan op de lijst."),
                    _("Bij elke open vraag staat wie het antwoord ophaalt."),
                    _("De meeste open vragen hebben een antwoord gekregen."),
                    _("Alle vragen hebben een antwoord, of er staat bij dat we het niet weten."),
                ),
                _("Zet bij elke open vraag een naam en een datum."),
            ),
        ),
    ),
    Step(
        4,
        "duiden",
        _("Duiden"),
        _("Er is één gedeeld beeld met krachten, kansen, zorgen en wat we niet weten."),
        _("Een werksessie met de kerngroep, waarbij afwijkende meningen zichtbaar blijven."),
        (_("getoetste stellingen"), _("de meningen van alle organisaties")),
        (Opens.PICTURE,),
        (
            Benchmark(
                "stap4-beeld",
                _("Het gedeelde beeld"),
                (
                    _("Er is nog geen gedeeld beeld van de buurt."),
                    _("Er zijn losse regels, maar die vormen nog geen beeld."),
                    _("Er is een gedeeld beeld in één zin."),
                    _("De mensen in de kerngroep herkennen het gedeelde beeld."),
                    _("Ook de betrokkenen en bewoners herkennen het gedeelde beeld."),
                ),
                _("Lees het gedeelde beeld hardop voor en vraag wat er ontbreekt."),
            ),
            Benchmark(
                "stap4-anders",
                _("Afwijkende meningen"),
                (
                    _("Meningen die afwijken, verdwijnen uit het gesprek."),
                    _("Afwijkende meningen worden genoemd, maar niet opgeschreven."),
                    _("Afwijkende meningen staan bij het gedeelde beeld."),
                    _("We begrijpen waarom iemand er anders over denkt."),
                    _("We weten wat nodig is om het samen uit te zoeken."),
                ),
                _("Vraag elke organisatie om een mening over het gedeelde beeld."),
            ),
            Benchmark(
                "stap4-oorzaken",
                _("Oorzaken"),
                (
                    _("We praten meteen over oplossingen, zonder eerst naar oorzaken te kijken."),
                    _("We noemen oorzaken zonder na te gaan of die kloppen."),
                    _("We schrijven oorzaken op als vermoeden en niet als feit."),
                    _("We gaan na of er een andere verklaring kan zijn."),
                    _("We weten welke oorzaak we zelf kunnen veranderen."),
                ),
                _("Vraag bij elke zorg drie keer door naar de oorzaak."),
            ),
        ),
    ),
    Step(
        5,
        "afspreken",
        _("Afspreken"),
        _("We weten welke doelen we willen bereiken en wie wat doet."),
        _("Eén bijeenkomst over de doelen, waarna organisaties hun acties afspreken."),
        (_("een gedeeld beeld"), _("per doel een nulmeting en een streefwaarde")),
        (Opens.PLAN,),
        (
            Benchmark(
                "stap5-resultaten",
                _("De doelen"),
                (
                    _("We hebben met elkaar nog geen doelen afgesproken."),
                    _("Er zijn wensen, maar die hebben nog geen streefwaarde."),
                    _("Elk doel heeft een nulmeting en een streefwaarde."),
                    _("Het is ook duidelijk wie de doelen meet en wanneer."),
                    _("Bewoners vinden dat dit de goede doelen zijn."),
                ),
                _("Spreek nu al af hoe en wanneer u de doelen meet."),
            ),
            Benchmark(
                "stap5-inzet",
                _("Verdeling van acties"),
                (
                    _("Nog niemand heeft gezegd welke acties er komen."),
                    _("Eén organisatie voert alle acties alleen uit."),
                    _("De meeste organisaties hebben gezegd welke acties zij uitvoeren."),
                    _("Elke actie heeft een verantwoordelijke, een datum en een eerste teken van verandering."),
                    _("De acties sluiten aan bij de oorzaken en bij wat werkt."),
                ),
                _("Begin met een kleine actie die snel zichtbaar is."),
            ),
            Benchmark(
                "stap5-ruimte",
                _("Wonen en begeleiding"),
                (
                    _("We hebben niet gekeken naar plaatsing en begeleiding van huishoudens."),
                    _("We hebben plaatsing en begeleiding van huishoudens kort besproken."),
                    _("We weten wat de buurt op dit moment aankan."),
                    _("We hebben voorwaarden voor plaatsing en begeleiding opgeschreven."),
                    _("De organisaties die plaatsen en begeleiden, kennen de voorwaarden."),
                ),
                _("Vraag ook de woningcorporatie en de zorgorganisaties om mee te doen."),
            ),
        ),
    ),
    Step(
        6,
        "evalueren",
        _("Evalueren"),
        _("We weten wat er is bereikt, voor wie, en wat we nu gaan doen."),
        _("Dezelfde cijfers en vragen als bij het begin, en gesprekken met bewoners."),
        (_("nieuwe cijfers"), _("verhalen over wat er is veranderd")),
        (Opens.EVALUATION,),
        (
            Benchmark(
                "stap6-meten",
                _("Wat er is veranderd"),
                (
                    _("We hebben nog niet teruggekeken op de ronde."),
                    _("We hebben alleen indrukken van wat er is veranderd."),
                    _("We hebben de cijfers van toen en nu vergeleken."),
                    _("We hebben cijfers en verhalen met elkaar vergeleken."),
                    _("We weten ook of de verandering door onze acties komt."),
                ),
                _("Vergelijk de verandering met die in vergelijkbare buurten."),
            ),
            Benchmark(
                "stap6-voorwie",
                _("Voor wie"),
                (
                    _("We weten niet voor wie het iets heeft opgeleverd."),
                    _("We weten hoeveel mensen we hebben bereikt."),
                    _("We weten welke mensen we hebben bereikt."),
                    _("We weten voor wie de situatie beter is geworden."),
                    _("We weten ook welke mensen we nog missen."),
                ),
                _("Vraag het aan de mensen voor wie de acties bedoeld zijn."),
            ),
            Benchmark(
                "stap6-verder",
                _("Vervolg"),
                (
                    _("We hebben niets afgesproken over hoe we verdergaan."),
                    _("We gaan door zonder dat we een keuze maken."),
                    _("We hebben gekozen: stoppen, doorgaan of iets anders doen."),
                    _("De keuze heeft redenen die anderen ook kennen."),
                    _("De keuze is gemaakt, en we hebben gevierd wat er is gelukt."),
                ),
                _("Rond de ronde af en vertel de buurt wat die heeft opgeleverd."),
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
