"""Column names: one plain form for the names a publisher writes differently in every layout."""

import re
import unicodedata
from typing import Final

# The groups above the columns of Kerncijfers. A file rewritten by R joins them to the name with dots, and the
# dots do not tell where a group ends; so a known group is taken off the front, each at most once.
GROUPS: Final = (
    "regioaanduiding",
    "bevolking",
    "geslacht",
    "leeftijdsgroepen",
    "burgerlijke staat",
    "personen met een migratieachtergrond",
    "niet westers",
    "geboorte en sterfte",
    "particuliere huishoudens",
    "wonen",
    "woningen naar type",
    "woningen naar bewoning",
    "woningen naar eigendom",
    "huurwoningen",
    "woningen naar bouwjaar",
    "energie",
    "gemiddeld elektriciteitsverbruik",
    "gemiddeld aardgasverbruik",
    "naar woningtype",
    "naar eigendom",
    "opleidingsniveau",
    "arbeid",
    "onderverdeling arbeidsparticipatie",
    "onderverdeling werkenden",
    "inkomen",
    "inkomen van personen",
    "inkomen van huishoudens",
    "sociale zekerheid",
    "zorg",
    "bedrijfsvestigingen sbi 2008",
    "bedrijfsvestigingen naar activiteit",
    "motorvoertuigen",
    "personenauto s",
    "personenauto s brandstoftype",
    "nabijheid voorzieningen",
    "basisonderwijs",
    "oppervlakte",
    "postcode",
    "stedelijkheid",
    "criminaliteit",
)

_UNIT: Final = re.compile(r"\s*\(([^()]*)\)\s*$")
_R_UNIT: Final = re.compile(
    r"\.\.(aantal|naam|omschrijving|code|per\.1\.000\.inwoners|aantal\.inwoners\.per\.km\.|x\.1\.000\.euro"
    r"|kWh|m\.|km|ha|per\.km\.|per\.huishouden|\.)\.$"
)
_ODATA_NUMBER: Final = re.compile(r"_\d+$")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z])")


def normal(name: str) -> str:
    """Return a column name in lower case with only letters, digits and single spaces, its unit in brackets dropped.

    Parameters
    ----------
    name
        The name as the publisher wrote it.

    Examples
    --------
    >>> normal("Gemiddeld inkomen per inwoner\\xa0 (x 1 000 euro)")
    'gemiddeld inkomen per inwoner'
    >>> normal("||Personenauto's; jonger dan 6 jaar")
    'personenauto s jonger dan 6 jaar'
    >>> normal("Twee-onder-één-kap-woning (m³)")
    'twee onder een kap woning'
    """
    return _plain(_UNIT.sub("", name))


def unit(name: str) -> str:
    """Return the unit at the end of a name, in brackets or in R's dots; empty when there is none.

    Examples
    --------
    >>> unit("Bevolking/Aantal inwoners (aantal)"), unit("Energie.Appartement..m..")
    ('aantal', 'm3')
    """
    if match := _UNIT.search(name):
        return _plain(match[1]) or match[1]
    if match := _R_UNIT.search(name):
        return {"m.": "m3", ".": "%"}.get(match[1]) or _plain(match[1])
    return ""


def from_path(name: str) -> list[str]:
    """Return the plain names of `group/group/name (unit)`, the longest first: a name may hold a slash itself.

    Examples
    --------
    >>> from_path("Bevolking/Geslacht/Mannen (aantal)")
    ['bevolking geslacht mannen', 'geslacht mannen', 'mannen']
    """
    parts = _UNIT.sub("", name).split("/")
    return [normal(" ".join(parts[start:])) for start in range(len(parts))]


def from_r(name: str) -> str:
    """Return the plain name of a column that R rewrote with dots, its groups and unit taken off.

    Examples
    --------
    >>> from_r("Bevolking.Personen.met.een.migratieachtergrond.Niet.westers.Niet.westers.totaal..aantal.")
    'niet westers totaal'
    >>> from_r("Wonen.Woningen.naar.type.Percentage.eengezinswoning....")
    'percentage eengezinswoning'
    """
    plain = _plain(_R_UNIT.sub("", name))
    left = sorted(GROUPS, key=len, reverse=True)
    while group := next((group for group in left if plain.startswith(f"{group} ")), None):
        plain = plain.removeprefix(f"{group} ")
        left.remove(group)
    return plain


def from_key(key: str) -> str:
    """Return the plain name of an OData key such as `k_0Tot15Jaar_8`.

    Examples
    --------
    >>> from_key("k_0Tot15Jaar_8"), from_key("AantalInwoners_5")
    ('0 tot 15 jaar', 'aantal inwoners')
    """
    return _plain(_CAMEL.sub(" ", _ODATA_NUMBER.sub("", key).removeprefix("k_")))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).lower()
    kept = "".join(" " if not char.isalnum() else char for char in letters if not unicodedata.combining(char))
    return " ".join(kept.split())


def compact(plain: str) -> str:
    """Return a plain name without spaces, to compare names: publishers differ in where one word ends.

    Examples
    --------
    >>> compact(normal("Netto arbeidsparticipatie")) == compact(from_r("Arbeid.Nettoarbeidsparticipatie...."))
    True
    """
    return plain.replace(" ", "")
