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
        _("Waarvoor wij delen"),
        _("Waarvoor delen wij?"),
        _("Waarom dit ertoe doet: wat u voor één doel deelt, mag niet zomaar voor een ander doel dienen."),
        _(
            "Wij delen cijfers en verhalen om samen te begrijpen wat %(place)s nodig heeft. "
            "Wij gebruiken ze alleen voor de vraag van deze ronde."
        ),
        rows=4,
    ),
    AgreementPart(
        "ground",
        _("Op welke grond"),
        _("Op welke grond?"),
        _("Waarom dit ertoe doet: zonder grond mag een organisatie niets delen. Vraag het uw jurist."),
        _(
            "Wij delen alleen aantallen, en verhalen die niet naar één mens leiden. "
            "Elke organisatie kijkt eerst zelf of zij haar aantallen mag delen."
        ),
        rows=4,
    ),
    AgreementPart(
        "third_parties",
        _("Wie er nog meer bij kan"),
        _("Wie kan er nog meer bij?"),
        _("Waarom dit ertoe doet: wie iets deelt, wil weten waar het eindigt."),
        _("Niemand buiten de kerngroep en de kring. Anders vragen wij het eerst aan wie het deelde."),
    ),
    AgreementPart(
        "rights",
        _("Waar mensen terechtkunnen"),
        _("Waar kunnen mensen terecht?"),
        _("Waarom dit ertoe doet: bewoners mogen vragen wat er over hun buurt ligt. Noem een functie."),
        _("Bewoners stellen hun vraag aan de procesbegeleider. Die antwoordt binnen twee weken."),
    ),
    AgreementPart(
        "security",
        _("Hoe wij het veilig houden"),
        _("Hoe houden wij het veilig?"),
        _("Waarom dit ertoe doet: één doorgestuurde mail maakt de rest van de afspraak waardeloos."),
        _("Alles staat in Buurtbalans. Kleine aantallen blijven verborgen. Wij mailen geen cijfers door."),
    ),
    AgreementPart(
        "steering",
        _("Wie erop let"),
        _("Wie let erop?"),
        _("Waarom dit ertoe doet: een afspraak waar niemand op let, geldt na een jaar niet meer."),
        _("De procesbegeleider. De kerngroep kijkt elk kwartaal of de afspraak nog klopt."),
        rows=0,
    ),
)
NAMES: Final = tuple(part.name for part in PARTS)
