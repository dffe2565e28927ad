"""Detects identifiers with a form of their own: citizen service numbers, phones, mail, accounts, plates, birth dates."""

import re
from collections.abc import Iterator
from typing import Final

from buurtbalans.pii.identifier import Identifier, IdentifierKind

_MAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\(apenstaartje\))\s?[\w-]+(?:\s?(?:\.|\(punt\)|\[punt\])\s?[\w-]+)*?"
    r"\s?(?:\.|\(punt\)|\[punt\])\s?[A-Za-z]{2,}\b",
    re.I,
)
_SEPARATOR: Final = r"[ ./-]{0,3}"
_PHONE: Final = re.compile(
    rf"(?<![\d+])\(?(?:(?:\+|00){_SEPARATOR}31|0){_SEPARATOR}(?:\(0\){_SEPARATOR})?[1-9]\d{{0,2}}\)?(?:{_SEPARATOR}\d){{6,8}}(?!\d)"
)
_FOREIGN_PHONE: Final = re.compile(r"(?<![\d+])\+(?!31)[1-9]\d{0,2}(?:[ .()-]{0,2}\d){7,12}(?!\d)")
_NINE_DIGITS: Final = re.compile(r"(?<![\d+])\d(?:[ .-]?\d){7,8}(?!\d)")
_BSN_WORDS: Final = re.compile(r"\b(?:bsn|burger ?service ?n|burgerservice|sofi|persoonsnummer)", re.I)
_ACCOUNT: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b", re.I)
_DUTCH_ACCOUNT: Final = re.compile(r"NL\d{2}[A-Z]{4}\d{10}")
_PLATE: Final = re.compile(
    r"\b(?:[A-Z]{2}-\d\d-\d\d|\d\d-\d\d-[A-Z]{2}|\d\d-[A-Z]{2}-\d\d|[A-Z]{2}-\d\d-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d\d"
    r"|\d\d-[A-Z]{2}-[A-Z]{2}|\d\d-[A-Z]{3}-\d|\d-[A-Z]{3}-\d\d|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}"
    r"|[A-Z]{3}-\d\d-[A-Z]|[A-Z]-\d\d-[A-Z]{3}|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d)\b",
    re.I,
)
_PLATE_NAMED: Final = re.compile(
    r"(?<=kenteken)(?:\s+is|:)?\s+((?=\w*\d)(?=\w*[A-Z])[A-Z\d][A-Z\d ]{4,6}[A-Z\d])\b", re.I
)
_MONTH: Final = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE: Final = re.compile(
    r"(?<![\d-])(?:\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
    rf"|\d{{1,2}}e? {_MONTH}(?: '?\d{{2,4}})?"
    r"|\d{2} \d{2} (?:19|20)\d{2}|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2})(?![\d-])",
    re.I,
)
_BIRTH_WORD_BEFORE: Final = re.compile(
    r"(?:\bge[bo]{2,3}r[eot]\w*|\bgeb\b\.?(?: ?dat(?:um)?\b\.?)?|\bverjaar(?:t|dag)|\bjarig|\*)[^.!?\d]{0,30}$", re.I
)
_BIRTH_WORD_AFTER: Final = re.compile(
    r"^[\s,)]{0,3}(?:geboren|is (?:zijn|haar|hun) (?:verjaardag|geboortedatum))", re.I
)
_AFTER_PERSON: Final = re.compile(
    r"(?:\b(?:zoon|dochter|kind|man|vrouw|vader|moeder|cli[eë]nt|bewoner)|[A-Z]\w+),? ?\($"
)
_PAST_YEAR: Final = re.compile(r"(?:19\d\d|200\d|201\d)$")


def passes_eleven(digits: str) -> bool:
    """Return whether nine digits pass the eleven test: the weighted sum with 9 to 2 and -1 is a multiple of 11.

    >>> passes_eleven("123456782"), passes_eleven("123456789")
    (True, False)
    """
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return int(digits) > 0 and sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


def citizen_service_numbers(text: str) -> Iterator[Identifier]:
    """Yield numbers that the text calls a citizen service number, and nine digits that pass the eleven test."""
    for match in _NINE_DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        before = text[max(0, match.start() - 40) : match.start()]
        after = text[match.end() : match.end() + 15]
        if _BSN_WORDS.search(before) or _BSN_WORDS.search(after):
            yield Identifier(*match.span(), IdentifierKind.BSN, "zo genoemd")
        elif len(digits) == 9 and passes_eleven(digits):
            yield Identifier(*match.span(), IdentifierKind.NUMBER, "negen cijfers die door de elfproef komen")


def phone_numbers(text: str) -> Iterator[Identifier]:
    """Yield Dutch phone numbers, and foreign ones with their country code."""
    for pattern in (_PHONE, _FOREIGN_PHONE):
        for match in pattern.finditer(text):
            digits = re.sub(r"\D", "", match[0].replace("(0)", ""))
            if pattern is _FOREIGN_PHONE or len(re.sub(r"^(?:0031|31|0)", "", digits)) == 9:
                yield Identifier(*match.span(), IdentifierKind.PHONE, "vorm van een telefoonnummer")


def mail_addresses(text: str) -> Iterator[Identifier]:
    """Yield e-mail addresses."""
    for match in _MAIL.finditer(text):
        yield Identifier(*match.span(), IdentifierKind.MAIL, "vorm van een mailadres")


def bank_accounts(text: str) -> Iterator[Identifier]:
    """Yield bank account numbers with correct check digits, and everything that looks like a Dutch one."""
    for match in _ACCOUNT.finditer(text):
        for end in [gap.start() for gap in re.finditer(r" |$", match[0])][::-1]:
            bare = match[0][:end].replace(" ", "").upper()
            if _DUTCH_ACCOUNT.fullmatch(bare) or (len(bare) > 14 and _has_valid_check_digits(bare)):
                yield Identifier(
                    match.start(), match.start() + end, IdentifierKind.ACCOUNT, "vorm van een rekeningnummer"
                )
                break


def _has_valid_check_digits(bare: str) -> bool:
    return int("".join(str(int(sign, 36)) for sign in bare[4:] + bare[:4])) % 97 == 1


def licence_plates(text: str) -> Iterator[Identifier]:
    """Yield licence plates with dashes, and without dashes after the word *kenteken*."""
    for match in _PLATE.finditer(text):
        yield Identifier(*match.span(), IdentifierKind.PLATE, "vorm van een kenteken")
    for match in _PLATE_NAMED.finditer(text):
        yield Identifier(*match.span(1), IdentifierKind.PLATE, "zo genoemd")


def birth_dates(text: str) -> Iterator[Identifier]:
    """Yield dates that the text calls a date of birth, or that follow a person between brackets."""
    for match in _DATE.finditer(text):
        before, after = text[max(0, match.start() - 45) : match.start()], text[match.end() : match.end() + 40]
        if _BIRTH_WORD_BEFORE.search(before) or _BIRTH_WORD_AFTER.match(after):
            yield Identifier(*match.span(), IdentifierKind.BIRTH, "zo genoemd")
        elif _PAST_YEAR.search(match[0]) and _AFTER_PERSON.search(before):
            yield Identifier(*match.span(), IdentifierKind.BIRTH, "een datum bij een persoon")
