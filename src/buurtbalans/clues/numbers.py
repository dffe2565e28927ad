"""Finds the clues that have a form of their own: citizen service numbers, phones, mail, accounts, plates, dates."""

import re
from collections.abc import Iterator
from typing import Final

from buurtbalans.clues.clue import Clue, ClueKind

_MAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\(apenstaartje\))\s?[\w-]+(?:\s?(?:\.|\(punt\)|\[punt\])\s?[\w-]+)*?"
    r"\s?(?:\.|\(punt\)|\[punt\])\s?[A-Za-z]{2,}\b",
    re.I,
)
_BETWEEN: Final = r"[ ./-]{0,3}"
_PHONE: Final = re.compile(
    rf"(?<![\d+])\(?(?:(?:\+|00){_BETWEEN}31|0){_BETWEEN}(?:\(0\){_BETWEEN})?[1-9]\d{{0,2}}\)?(?:{_BETWEEN}\d){{6,8}}(?!\d)"
)
_ABROAD: Final = re.compile(r"(?<![\d+])\+(?!31)[1-9]\d{0,2}(?:[ .()-]{0,2}\d){7,12}(?!\d)")
_NINE: Final = re.compile(r"(?<![\d+])\d(?:[ .-]?\d){7,8}(?!\d)")
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
_BORN_BEFORE: Final = re.compile(
    r"(?:\bge[bo]{2,3}r[eot]\w*|\bgeb\b\.?(?: ?dat(?:um)?\b\.?)?|\bverjaar(?:t|dag)|\bjarig|\*)[^.!?\d]{0,30}$", re.I
)
_BORN_AFTER: Final = re.compile(r"^[\s,)]{0,3}(?:geboren|is (?:zijn|haar|hun) (?:verjaardag|geboortedatum))", re.I)
_BESIDE_A_PERSON: Final = re.compile(
    r"(?:\b(?:zoon|dochter|kind|man|vrouw|vader|moeder|cli[eë]nt|bewoner)|[A-Z]\w+),? ?\($"
)
_LONG_AGO: Final = re.compile(r"(?:19\d\d|200\d|201\d)$")


def passes_eleven(digits: str) -> bool:
    """Return whether nine digits pass the test of eleven: 9 to 2 times the first eight, minus the last.

    >>> passes_eleven("123456782"), passes_eleven("123456789")
    (True, False)
    """
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return int(digits) > 0 and sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


def citizen_numbers(text: str) -> Iterator[Clue]:
    """Yield numbers that are called a citizen service number, and nine digits that pass the test of eleven."""
    for found in _NINE.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        before = text[max(0, found.start() - 40) : found.start()]
        after = text[found.end() : found.end() + 15]
        if _BSN_WORDS.search(before) or _BSN_WORDS.search(after):
            yield Clue(*found.span(), ClueKind.BSN, "zo genoemd")
        elif len(digits) == 9 and passes_eleven(digits):
            yield Clue(*found.span(), ClueKind.NUMBER, "negen cijfers die door de elfproef komen")


def phones(text: str) -> Iterator[Clue]:
    """Yield phone numbers, Dutch ones and those of abroad with their country."""
    for pattern in (_PHONE, _ABROAD):
        for found in pattern.finditer(text):
            digits = re.sub(r"\D", "", found[0].replace("(0)", ""))
            if pattern is _ABROAD or len(re.sub(r"^(?:0031|31|0)", "", digits)) == 9:
                yield Clue(*found.span(), ClueKind.PHONE, "vorm van een telefoonnummer")


def mails(text: str) -> Iterator[Clue]:
    """Yield e-mail addresses."""
    for found in _MAIL.finditer(text):
        yield Clue(*found.span(), ClueKind.MAIL, "vorm van een mailadres")


def accounts(text: str) -> Iterator[Clue]:
    """Yield bank account numbers: those whose check digits are right, and all that look like a Dutch one."""
    for found in _ACCOUNT.finditer(text):
        for end in [gap.start() for gap in re.finditer(r" |$", found[0])][::-1]:
            bare = found[0][:end].replace(" ", "").upper()
            if _DUTCH_ACCOUNT.fullmatch(bare) or (len(bare) > 14 and _checked(bare)):
                yield Clue(found.start(), found.start() + end, ClueKind.ACCOUNT, "vorm van een rekeningnummer")
                break


def _checked(bare: str) -> bool:
    return int("".join(str(int(sign, 36)) for sign in bare[4:] + bare[:4])) % 97 == 1


def plates(text: str) -> Iterator[Clue]:
    """Yield licence plates with their dashes, and without them after the word for one."""
    for found in _PLATE.finditer(text):
        yield Clue(*found.span(), ClueKind.PLATE, "vorm van een kenteken")
    for found in _PLATE_NAMED.finditer(text):
        yield Clue(*found.span(1), ClueKind.PLATE, "zo genoemd")


def births(text: str) -> Iterator[Clue]:
    """Yield dates that are called a date of birth, or that stand between brackets behind a person."""
    for found in _DATE.finditer(text):
        before, after = text[max(0, found.start() - 45) : found.start()], text[found.end() : found.end() + 40]
        if _BORN_BEFORE.search(before) or _BORN_AFTER.match(after):
            yield Clue(*found.span(), ClueKind.BIRTH, "zo genoemd")
        elif _LONG_AGO.search(found[0]) and _BESIDE_A_PERSON.search(before):
            yield Clue(*found.span(), ClueKind.BIRTH, "een datum bij een persoon")
