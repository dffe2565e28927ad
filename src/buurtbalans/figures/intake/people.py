"""Signs of people: which columns of a table are about one person or one address, and whether its rows are."""

import re
from collections.abc import Sequence
from typing import Final

from buurtbalans.figures.area.codes import level_of
from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.intake.reading import Upload
from buurtbalans.figures.sources.columns import normal

_HEADERS: Final = {
    "bsn": r"\b(bsn|burgerservicenummer|sofinummer|sofi nummer|a nummer)\b",
    "birth": r"\b(geboorte\w*|geb dat\w*|geb datum|gebdatum|gebdat|dob|birth\w*)\b",
    "mail": r"\b(e ?mail\w*|mailadres)\b",
    "phone": r"\b(telefoon\w*|tel|tel nr|telnr|mobiel\w*|gsm|06 nummer)\b",
    "address": r"\b(adres|straat|straatnaam|huisnr|huisnummer|huis nr|woonadres|toevoeging|verblijfsobject\w*)\b",
    "postcode": r"\b(postcode\w*|pc6|postcode6)\b",
    "name": r"\b(naam|namen|achternaam|voornaam\w*|voorletters|roepnaam|tussenvoegsel|contact\w*|client|huurder|bewoner"
    r"|clientnaam|dossier\w*|clientnummer|patient\w*|iban|rekeningnummer|kenteken)\b",
}
_MAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}")
_PHONE: Final = re.compile(r"(\+31|0031|0)[ .-]?[1-9]([ .-]?\d){8}")
_POSTCODE: Final = re.compile(r"[1-9]\d{3} ?[A-Z]{2}")
_DATE: Final = re.compile(r"(\d{1,2}[-/.]\d{1,2}[-/.](19|20)\d\d|(19|20)\d\d-\d\d-\d\d)( 00:00:00)?")
_ADDRESS: Final = re.compile(r"[A-Za-zÀ-ÿ'’.-]+( [A-Za-zÀ-ÿ'’.-]+)* \d{1,4} ?[A-Za-z]{0,3}")
_NINE: Final = re.compile(r"\d{8,9}")
_MANY: Final = 0.3
_NUMBER: Final = re.compile(r"-?[\d.]+(,\d+)?")
WORDS: Final = {
    "bsn": "burgerservicenummers",
    "birth": "geboortedatums",
    "mail": "e-mailadressen",
    "phone": "telefoonnummers",
    "address": "adressen",
    "postcode": "postcodes van een paar huizen",
    "name": "namen of dossiers",
    "text": "gewone tekst",
}
ROWS: Final = "Dit lijkt een lijst met één rij per persoon, huis of melding."
COUNT: Final = "Tel uw lijst eerst per buurt, in uw eigen browser (“Een lijst tellen”) of met “buurtbalans count”."


def _are_numbers(filled: Sequence[str]) -> bool:
    return bool(filled) and all(_NUMBER.fullmatch(cell) for cell in filled)


def sign_of(name: str, cells: Sequence[str]) -> str:
    """Return what a column gives away about persons, or an empty word.

    Examples
    --------
    >>> sign_of("contact", ["J. Jansen"]), sign_of("nr", ["111222333", "123456782", "111222333"]), sign_of("hh", ["38"])
    ('name', 'bsn', '')
    """
    filled = [cell for cell in cells if cell]
    if cell_sign := _by_cells(filled):
        return cell_sign
    plain = normal(name)
    numeric = _are_numbers(filled)
    for sign, pattern in _HEADERS.items():
        if re.search(pattern, plain) and not (numeric and sign in ("name", "birth") and not _long(filled)):
            return sign
    return ""


def _by_cells(filled: Sequence[str]) -> str:
    if not filled or sum(level_of(cell) is not None for cell in filled) * 2 > len(filled):
        return ""
    enough = max(1, _MANY * len(filled))
    for sign, pattern in (("mail", _MAIL), ("phone", _PHONE), ("postcode", _POSTCODE), ("address", _ADDRESS)):
        if sum(pattern.fullmatch(cell) is not None for cell in filled) >= enough:
            return sign
    if _are_birth_dates(filled, enough):
        return "birth"
    return "bsn" if _are_citizen_numbers(filled) else ""


def _are_birth_dates(filled: Sequence[str], enough: float) -> bool:
    """Return whether enough cells are dates, in more than five different years."""
    dates = [cell for cell in filled if _DATE.fullmatch(cell)]
    return len(dates) >= enough and len({re.findall(r"(?:19|20)\d\d", cell)[0] for cell in dates}) > 5


def _are_citizen_numbers(filled: Sequence[str]) -> bool:
    """Return whether most cells have nine digits, and most of those pass the check of the citizen service number."""
    nines = [cell for cell in filled if _NINE.fullmatch(cell)]
    return len(nines) * 2 > len(filled) and sum(map(_eleven, nines)) * 2 > len(nines)


def _long(filled: Sequence[str]) -> bool:
    return sum(len(cell) >= 7 for cell in filled) * 2 > len(filled)


def _eleven(number: str) -> bool:
    """Return whether digits pass the test of a citizen service number; one in eleven random numbers does."""
    digits = [int(sign) for sign in number.zfill(9)]
    weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    return any(digits) and sum(a * b for a, b in zip(digits, weights, strict=True)) % 11 == 0


def refuse_lists(upload: Upload, keys: Sequence[int], signs: Sequence[str]) -> None:
    """Refuse a table that looks like rows of persons or addresses.

    Parameters
    ----------
    upload
        The table.
    keys
        The columns with area, year and kind: together they say what a row is about.
    signs
        Per column what it gives away (`sign_of`).

    Raises
    ------
    Refused
        With all that points to it, and the way to count first.
    """
    reasons = [
        Finding(
            Severity.REFUSE, f"Hier staan {WORDS[sign]}.", "", upload.file, upload.lines[0] - 1, upload.header[place]
        )
        for place, sign in enumerate(signs)
        if sign in ("bsn", "birth") or (sign in ("address", "postcode") and not _once(upload, keys))
    ]
    again = _again(upload, keys)
    if not reasons and again < max(3, len(upload.rows) / 10):
        return
    if again:
        what = f"{again} rijen gaan over een gebied en jaar dat al eerder in het bestand staat."
        reasons.append(Finding(Severity.REFUSE, what, "", upload.file, times=again))
    raise Refused([Finding(Severity.REFUSE, ROWS, COUNT, upload.file), *reasons])


def _again(upload: Upload, keys: Sequence[int]) -> int:
    if not keys:
        return 0
    told = [tuple(cells[place] for place in keys) for cells in upload.rows]
    return len(told) - len(set(told))


def _once(upload: Upload, keys: Sequence[int]) -> bool:
    return bool(keys) and _again(upload, keys) == 0
