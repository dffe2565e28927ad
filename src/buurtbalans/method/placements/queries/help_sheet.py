"""What stands in the sheet `uitleg` of the template: of every column what it means and how a cell is written."""

from collections.abc import Iterator, Sequence
from typing import Final

from buurtbalans.placing.columns import FILES, Column, Kind

HELP: Final = "uitleg"  # reading a list passes over it
_HEAD: Final = ("Blad", "Kolom", "Inhoud", "Hoe u het schrijft")
_FIRST: Final = (
    ("Dit blad is uitleg. Bij het inlezen slaan wij het over.",),
    ("Een lege cel vraagt niets. Meer codes in één cel zet u met ; naast elkaar. Nooit namen of adressen.",),
)
_WRITTEN: Final = {
    Kind.NUMBER: "een werknummer met een cijfer erin, zoals H-00012",
    Kind.CODE: "een code zonder spaties, zoals BU03630001",
    Kind.CODES: "een of meer codes met ; ertussen, zoals BU03630001;BU03630002",
    Kind.WHOLE: "een heel getal",
    Kind.EURO: "een bedrag in euro’s, zoals 812,50",
    Kind.SIZE: "een getal, zoals 3,5",
    Kind.FLAG: "1 is ja, 0 of leeg is nee",
    Kind.URGENCY: "1, 2 of 3: 3 is het dringendst; leeg telt als 1",
    Kind.DATE: "een datum, zoals 2026-05-31",
}
_MEANT: Final = {
    "id": "het werknummer van dit huishouden of deze woning",
    "group": "de groep, met een rij in het blad groups",
    "rooms_min": "zoveel kamers zijn minstens nodig",
    "rooms_max": "zoveel kamers mogen het hooguit zijn",
    "rent_max": "de hoogste huur per maand",
    "step_free": "zonder trap: nodig voor het huishouden, of zo is de woning",
    "provider": "de aanbieder die begeleidt",
    "urgency": "hoe dringend het is",
    "weeks_waiting": "hoeveel weken het huishouden al wacht",
    "avoid": "gebieden die niet kunnen",
    "near": "gebieden waar het huishouden graag woont",
    "labels": "voor wie de woning is; een huishouden moet er een van hebben",
    "income_class": "de inkomensklasse van het huishouden",
    "income_classes": "de inkomensklassen waarvoor de woning is",
    "area": "het gebied, met een rij in het blad areas of een afspraak uit een ronde",
    "corporation": "de corporatie: de korte naam van haar organisatie op deze site",
    "rooms": "hoeveel kamers de woning heeft",
    "rent": "de huur per maand",
    "let_by": "de dag waarop zij verhuurd moet zijn",
    "code": "de code van dit gebied, deze groep, corporatie of aanbieder",
    "parent": "het gebied waar dit in ligt",
    "headroom": "hoeveel huishoudens dit gebied nog kan dragen",
    "load": "hoe zwaar een huishouden telt; leeg telt als 1",
    "minimum": "zoveel minstens: huishoudens van de groep, of woningen van de corporatie",
    "maximum": "zoveel huishoudens van de groep hooguit",
    "capacity": "hoeveel huishoudens de aanbieder daar kan begeleiden",
    "week": "over hoeveel weken dit huishouden of deze woning komt, vanaf de dag waarop u de lijst inleest",
}


def help_rows(sheets: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the rows of the sheet: what holds everywhere, and each column of each sheet."""
    yield from _FIRST
    yield _HEAD
    for name in sheets:
        for column in FILES[name]:
            yield name.removesuffix(".csv"), column.name, _MEANT[column.name], _written(column)


def _written(column: Column) -> str:
    return f"{_WRITTEN[column.kind]}{' (verplicht)' if column.filled else ''}"
