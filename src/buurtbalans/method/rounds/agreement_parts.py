"""The questions that a sharing agreement answers, each declared once.

A new question is one entry here and one text field of `Agreement` with the same name; the field says how long the
answer may be and whether it may stay empty.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Union

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words = Union[str, "_StrPromise"]


@dataclass(frozen=True, slots=True)
class AgreementPart:
    """One question of the agreement.

    Attributes
    ----------
    name : the field of `Agreement` that holds the answer.
    title : the heading above the answer.
    question : the label in the form.
    why : why it matters, under the question.
    start : the answer that a first version begins with; `%(place)s` is the neighbourhood.
    rows : the height of the box for the answer; 0 is one line.
    """

    name: str
    title: Words
    question: Words
    why: Words
    start: Words
    rows: int = 2


PARTS: Final = (
    AgreementPart(
        "purpose",
        _("Doel van het delen"),
        _("Waarvoor delen wij gegevens?"),
        _("Waarom dit ertoe doet: wat u voor het ene doel deelt, mag niet zomaar voor een ander doel worden gebruikt."),
        _(
            "Wij delen cijfers en verhalen om samen te begrijpen wat %(place)s nodig heeft. Wij gebruiken deze alleen om de vraag van deze ronde te beantwoorden."
        ),
        rows=4,
    ),
    AgreementPart(
        "ground",
        _("Grondslag"),
        _("Op welke grondslag delen wij gegevens?"),
        _(
            "Waarom dit ertoe doet: zonder wettelijke grondslag mag een organisatie geen gegevens delen. Vraag uw jurist welke grondslag hier geldt."
        ),
        _(
            "Wij delen alleen aantallen, en verhalen die niet naar één persoon te herleiden zijn. Elke organisatie gaat eerst na of het delen van de eigen aantallen is toegestaan."
        ),
        rows=4,
    ),
    AgreementPart(
        "third_parties",
        _("Toegang voor anderen"),
        _("Wie heeft er nog meer toegang?"),
        _("Waarom dit ertoe doet: een organisatie die gegevens deelt, wil weten waar die terechtkomen."),
        _(
            "Alleen de kerngroep en de betrokkenen hebben toegang. Willen wij gegevens verder delen, dan vragen wij dat eerst aan de organisatie waar de gegevens vandaan komen."
        ),
    ),
    AgreementPart(
        "rights",
        _("Vragen van bewoners"),
        _("Waar kunnen bewoners met vragen terecht?"),
        _(
            "Waarom dit ertoe doet: bewoners mogen vragen welke gegevens er over hun buurt zijn. Noem een functie, zodat zij weten waar zij terechtkunnen."
        ),
        _("Bewoners stellen hun vraag aan de procesbegeleider, die binnen twee weken antwoordt."),
    ),
    AgreementPart(
        "security",
        _("Beveiliging"),
        _("Hoe houden wij de gegevens veilig?"),
        _("Waarom dit ertoe doet: één doorgestuurde e-mail maakt de rest van de afspraak waardeloos."),
        _(
            "Alle cijfers en verhalen staan in Buurtbalans en kleine aantallen blijven verborgen. Wij sturen geen cijfers door per e-mail."
        ),
    ),
    AgreementPart(
        "steering",
        _("Toezicht"),
        _("Wie houdt toezicht?"),
        _("Waarom dit ertoe doet: een afspraak waar niemand toezicht op houdt, is na een jaar niets meer waard."),
        _("De procesbegeleider houdt toezicht, en de kerngroep gaat elk kwartaal na of de afspraak nog klopt."),
        rows=0,
    ),
)
NAMES: Final = tuple(part.name for part in PARTS)
