"""The six steps of the method, declared once: name, goal, form, needs and what each opens. The order is advice."""

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
class Step:
    """One step. The titles are working titles: the official names are not known to us."""

    number: int
    slug: str
    title: Any
    goal: Any
    form: Any
    needs: tuple[Any, ...]
    opens: tuple[Opens, ...]


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
    ),
    Step(
        2,
        "delen",
        _("Delen"),
        _("Alle kennis ligt op tafel: cijfers en verhalen. Wat zien we, en waar?"),
        _("Meer korte bijeenkomsten. Wie niet kan, levert vooraf iets in."),
        (_("de eerste cijfers over de buurt"), _("verhalen van bewoners en professionals")),
        (Opens.STORIES,),
    ),
    Step(
        3,
        "toetsen",
        _("Toetsen"),
        _("We weten van elke uitspraak of die klopt, en wat we nog niet weten."),
        _("Rond één grote kaart. Leg bij elke uitspraak cijfers en verhalen naast elkaar."),
        (_("uitspraken van de deelnemers"), _("cijfers en verhalen die ja of nee zeggen")),
        (Opens.CLAIMS, Opens.GAPS),
    ),
    Step(
        4,
        "duiden",
        _("Duiden"),
        _("Er is één gedeeld beeld: krachten, kansen, zorgen en wat we niet weten."),
        _("Een werksessie met de kerngroep. Wie het anders ziet, blijft zichtbaar."),
        (_("getoetste uitspraken"), _("de meningen van alle organisaties")),
        (Opens.PICTURE,),
    ),
    Step(
        5,
        "afspreken",
        _("Afspreken"),
        _("We weten wat we willen bereiken en wie wat doet."),
        _("Eén bijeenkomst over resultaten. Daarna spreken organisaties hun inzet af."),
        (_("een gedeeld beeld"), _("per resultaat een begin en een doel")),
        (Opens.PLAN,),
    ),
    Step(
        6,
        "evalueren",
        _("Evalueren"),
        _("We weten wat is bereikt, voor wie, en wat we nu doen."),
        _("Dezelfde cijfers en vragen als bij het begin, en gesprekken met bewoners."),
        (_("nieuwe cijfers"), _("verhalen over wat er veranderde")),
        (Opens.EVALUATION,),
    ),
)


def step(number: int) -> Step:
    """Return the step with this number, 1 to 6."""
    return STEPS[number - 1]
