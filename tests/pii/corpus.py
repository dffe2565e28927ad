"""Notes to measure the personal-data guard with: written by hand, and made from sentences and a seed; all invented.

There are two halves that share no sentence, no name and no street: `TUNE` to work with and `HELD` to measure with.
"""

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from buurtbalans.pii.identifier import Identifier, IdentifierKind
from buurtbalans.pii.numbers import passes_eleven

TUNE, HELD = 0, 1
FOLDER: Final = Path(__file__).parent
SAID: Final = tomllib.loads((FOLDER / "sentences.toml").read_text(encoding="utf-8"))
GAPS: Final = SAID["gaps"]
MARK: Final = re.compile(r"\{(\w+):([^}]*)\}")
KINDS: Final = {
    "name": IdentifierKind.NAME,
    "bsn": IdentifierKind.BSN,
    "phone": IdentifierKind.PHONE,
    "mail": IdentifierKind.MAIL,
    "address": IdentifierKind.ADDRESS,
    "birth": IdentifierKind.BIRTH,
    "plate": IdentifierKind.PLATE,
    "iban": IdentifierKind.ACCOUNT,
}


@dataclass(frozen=True)
class Note:
    """A note, and where something stands in it that leads to a person."""

    text: str
    planted: tuple[tuple[int, int, IdentifierKind], ...] = ()
    by_hand: bool = False


def read(marked: str, *, by_hand: bool = False) -> Note:
    """Return a note from words with what is planted between braces."""
    text, planted, at = "", [], 0
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        planted.append((len(text), len(text) + len(found[2]), KINDS[found[1]]))
        text += found[2]
        at = found.end()
    return Note(text + marked[at:], tuple(planted), by_hand)


def by_hand(file: str, half: int) -> list[Note]:
    """Return the notes of a file that were written by hand: the odd or the even ones."""
    lines = [line for line in (FOLDER / file).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [read(line, by_hand=True) for line in lines[half::2]]


def planted(half: int, each: int = 70) -> list[Note]:
    """Return notes with something planted: by hand, and so many of each kind from sentences; more of names."""
    dice, made = random.Random(2600 + half), by_hand("planted.txt", half)
    for kind, sentences in SAID["planted"].items():
        said = sentences[half::2]
        for turn in range(each * 4 if kind == "name" else each):
            made.append(read(_note(said[turn % len(said)], half, dice)))
    return made


def clean(half: int, number: int = 500) -> list[Note]:
    """Return so many notes in which nobody stands: by hand, and from sentences, no two the same."""
    dice, made = random.Random(3700 + half), {note.text: note for note in by_hand("clean.txt", half)}
    said, turn = SAID["clean"][half::2], 0
    while len(made) < number:
        note = read(_note(said[turn % len(said)], half, dice))
        made[note.text] = note
        turn += 1
    return list(made.values())


def _note(sentence: str, half: int, dice: random.Random) -> str:
    """Return a sentence with its gaps filled, often with another one beside it, now and then typed in haste."""
    note = _fill(sentence, half, dice)
    if dice.random() < 0.5:
        beside = _fill(dice.choice(SAID["clean"][half::2]), half, dice)
        note = f"{note} {beside}" if dice.random() < 0.6 else f"{beside} {note}"
    chance = dice.random()
    if chance < 0.12:
        note = _hasty(note, dice)
    elif chance < 0.2:
        note = re.sub(r"^\w", lambda first: first[0].lower(), note) if MARK.search(note) else note.lower()
    return note


def _hasty(note: str, dice: random.Random) -> str:
    """Return a note with a letter swapped in a word without a capital, and without its last full stop."""
    plain = MARK.sub(lambda whole: "#" * len(whole[0]), note)
    spots = [found.start() for found in re.finditer(r"(?<!\w)[a-z]{5,}(?!\w)", plain)]
    if spots:
        at = dice.choice(spots) + 2
        note = note[:at] + note[at + 1] + note[at] + note[at + 2 :]
    return note.rstrip(".")


def _fill(sentence: str, half: int, dice: random.Random) -> str:
    return re.sub(r"<(\w+)>", lambda gap: _piece(gap[1], half, dice), sentence)


def _piece(gap: str, half: int, dice: random.Random) -> str:
    made = MADE.get(gap)
    return made(half, dice) if made else dice.choice(GAPS[gap][half::2])


def _number(dice: random.Random) -> str:
    while True:
        digits = f"{dice.randrange(10_000_000, 1_000_000_000):09}"
        if passes_eleven(digits):
            return digits


def _shaped(shape: str, dice: random.Random) -> str:
    """Return a shape with a digit for each #."""
    return re.sub("#", lambda _sign: str(dice.randrange(1, 10)), shape)


def _bsn(_half: int, dice: random.Random) -> str:
    digits = iter(_number(dice))
    shape = dice.choice(["#########", "#########", "####.##.###", "### ### ###", "####-##-###"])
    return re.sub("#", lambda _sign: next(digits), shape)


PHONES: Final = """06-########
06########
06 ## ## ## ##
06 - ########
+31 6 ########
+316########
0031 6 ########
06.##.##.##.##
020-#######
020 ### ## ##
(010) ### ####
+31 (0)20 #######
0183-######
+32 4## ## ## ##""".splitlines()


def _mail(half: int, dice: random.Random) -> str:
    first, last = (dice.choice(GAPS[gap][half::2]).split()[-1].lower() for gap in ("first", "last"))
    host = dice.choice(["voorbeeld.nl", "example.com", "mail.voorbeeld.org", "post.example.net"])
    who = dice.choice([f"{first}.{last}", f"{first[0]}{last}", _shaped(f"{first}##", dice), f"{first}_{last}"])
    return who + dice.choice(["@", "@", "@", " @ ", "(at)"]) + host


def _address(half: int, dice: random.Random) -> str:
    street, number = dice.choice(GAPS["street"][half::2]), dice.randrange(1, 290)
    postcode = f"{dice.randrange(1011, 1899)}{dice.choice([' ', ''])}{_letter(dice)}{_letter(dice)}"
    house = dice.choice(["", "", "", "a", "-2", " hs", "-III", "B"])
    at_home = [f"{street} {number}{house}", f"{street} {number}{house}", f"{street} nr. {number}"]
    return dice.choice([*at_home, f"{street.lower()} {number}", postcode, postcode.replace(" ", "").lower()])


def _letter(dice: random.Random) -> str:
    return dice.choice("ABCDEGHJKLNPRTVWXZ")


def _birth(_half: int, dice: random.Random) -> str:
    day, month, year = dice.randrange(1, 28), dice.randrange(1, 13), dice.randrange(1935, 2019)
    long, short = GAPS["month"][month - 1], GAPS["short"][month - 1]
    whole = [
        f"{day:02}-{month:02}-{year}",
        f"{day}-{month}-{year}",
        f"{day}/{month}/{year}",
        f"{day:02}.{month:02}.{year}",
    ]
    other = [f"{year}-{month:02}-{day:02}", f"{day} {long} {year}", f"{day} {short} {year}"]
    return dice.choice([*whole, *other, f"{day:02}-{month:02}-{year % 100:02}", f"{day:02}{month:02}{year}"])


def _name(half: int, dice: random.Random) -> str:
    first, last = dice.choice(GAPS["first"][half::2]), dice.choice(GAPS["last"][half::2])
    return dice.choice([f"{first} {last}", f"{first} {last}", f"{first[0]}. {last}", first])


def _whole(half: int, dice: random.Random) -> str:
    return f"{dice.choice(GAPS['first'][half::2])} {dice.choice(GAPS['last'][half::2])}"


def _surname(half: int, dice: random.Random) -> str:
    last = dice.choice(GAPS["last"][half::2])
    return last[0].upper() + last[1:]


def _time(_half: int, dice: random.Random) -> str:
    return f"{dice.randrange(7, 24)}{dice.choice(['.00', ':30', '.15', ''])} uur"


def _date(_half: int, dice: random.Random) -> str:
    return f"{dice.randrange(1, 29)} {dice.choice(GAPS['month'])}{dice.choice(['', ' 2025', ' 2026'])}"


def _day_date(_half: int, dice: random.Random) -> str:
    return f"{dice.randrange(1, 29):02}-{dice.randrange(1, 13):02}-{dice.choice([2024, 2025, 2026])}"


MADE: Final = {
    "bsn": _bsn,
    "mail": _mail,
    "address": _address,
    "birth": _birth,
    "name": _name,
    "whole": _whole,
    "surname": _surname,
    "time": _time,
    "date": _date,
    "day_date": _day_date,
    "phone": lambda _half, dice: _shaped(dice.choice(PHONES), dice),
    "low": lambda half, dice: dice.choice(GAPS["first"][half::2]).lower(),
    "number": lambda _half, dice: str(dice.randrange(2, 90)),
    "many": lambda _half, dice: f"{dice.randrange(100, 2_500):,}".replace(",", "."),
    "year": lambda _half, dice: str(dice.randrange(1995, 2027)),
}


def hits(note: Note, found: "list[Identifier]") -> Iterator[tuple[tuple[int, int, IdentifierKind], bool]]:
    """Yield each planted piece with whether it was found as its kind; a citizen number counts as refused or asked."""
    for start, end, kind in note.planted:
        same = {kind, IdentifierKind.NUMBER} if kind == IdentifierKind.BSN else {kind}
        yield (start, end, kind), any(one.start < end and start < one.end and one.kind in same for one in found)
