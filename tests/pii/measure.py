"""Measures the guard on the held-out notes, and writes what it misses on its page: `python -m tests.pii.measure`."""

import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from buurtbalans.pii.detection import find_identifiers
from buurtbalans.pii.identifier import IdentifierKind
from tests.pii.corpus import HELD, clean, hits, planted

PAGE: Final = Path(__file__).parents[2] / "docs" / "method" / "herkenbaar.md"
BEGIN, END = "<!-- gemeten: dit deel schrijft `python -m tests.pii.measure` -->", "<!-- einde -->"
WORDS: Final = {
    IdentifierKind.BSN: "burgerservicenummer",
    IdentifierKind.PHONE: "telefoonnummer",
    IdentifierKind.MAIL: "e-mailadres",
    IdentifierKind.ADDRESS: "adres of postcode",
    IdentifierKind.BIRTH: "geboortedatum",
    IdentifierKind.NAME: "naam",
    IdentifierKind.PLATE: "kenteken",
    IdentifierKind.ACCOUNT: "rekeningnummer",
}


@dataclass
class Measured:
    """What the guard found, missed and took for a person without reason, and how long a note takes."""

    planted: Counter[IdentifierKind] = field(default_factory=Counter)
    found: Counter[IdentifierKind] = field(default_factory=Counter)
    missed: dict[IdentifierKind, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_hand: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    false: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def recall(self, kind: IdentifierKind) -> float:
        return self.found[kind] / self.planted[kind]


@cache
def measure(half: int = HELD) -> Measured:
    """Return what the guard makes of a half of the notes; the word lists are loaded before the clock runs."""
    told = Measured()
    find_identifiers("Fatima")
    for note in planted(half):
        begin = time.perf_counter()
        found = find_identifiers(note.text)
        told.seconds.append(time.perf_counter() - begin)
        for (start, end, kind), hit in hits(note, found):
            told.planted[kind] += 1
            told.found[kind] += hit
            told.by_hand["planted"] += note.by_hand
            told.by_hand["found"] += note.by_hand and hit
            if not hit:
                told.missed[kind].append(note.text[start:end])
    for note in clean(half):
        told.clean += 1
        if found := find_identifiers(note.text):
            told.false.append(", ".join(note.text[one.start : one.end] for one in found))
    return told


def page_part() -> str:
    """Return the measured part of the page, without times: those differ by machine."""
    told = measure()
    rows = [
        f"| {WORDS[kind]} | {told.planted[kind]} | {told.found[kind]} | {told.recall(kind):.1%} |".replace(".", ",")
        for kind in sorted(told.planted, key=lambda kind: WORDS[kind])
    ]
    missed = [
        f"- {WORDS[kind]}: {', '.join(f'*{one}*' for one in sorted(set(found)))}"
        for kind, found in sorted(told.missed.items())
    ]
    lines = [
        BEGIN,
        "",
        "| wat | in de proef | gevonden | deel |",
        "|---|---|---|---|",
        *rows,
        "",
        f"Met de hand geschreven: {told.by_hand['found']} van de {told.by_hand['planted']} gevonden.",
        f"Van {told.clean} teksten zonder persoon kregen er {len(told.false)} toch een vraag:",
        f"{', '.join(f'*{one}*' for one in sorted(set(told.false)))}.",
        "",
        "Dit miste de site in de proef:",
        "",
        *missed,
        "",
        END,
    ]
    return "\n".join(lines)


def write() -> None:
    """Put the measured part into the page."""
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(before + page_part() + after, encoding="utf-8")


if __name__ == "__main__":
    write()
