"""Step 5: the list of what works, read from TOML: causes, and efforts that can help with what is known of each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
EVIDENCE: Final = ("bewezen", "kansrijk", "eigen_idee")
SIGN_LENGTH: Final = 120  # the room that the first sign of an effort has


class BadList(ValueError):
    """The list of what works does not hold together: a code twice, an unknown cause, a word that is too long."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that people see in a neighbourhood, in plain words and in the words of professionals."""

    code: str
    name: str
    terms: str
    theme: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """An effort that can help: what is known of it and by whom, when it works, what it asks and what it does not do."""

    code: str
    name: str
    theme: str
    causes: tuple[str, ...]
    evidence: str
    known: str
    sources: tuple[str, ...]
    for_whom: str
    works_when: tuple[str, ...]
    asks: str
    first_sign: str
    does_not: str


@dataclass(frozen=True, slots=True)
class Works:
    """The whole list: themes by code, causes and efforts in the order in which they are shown."""

    themes: Mapping[str, str]
    causes: Mapping[str, Cause]
    efforts: Mapping[str, Work]

    def of_cause(self, code: str) -> list[Work]:
        """Return the efforts that can help with a cause, what is best known first."""
        found = [work for work in self.efforts.values() if code in work.causes]
        return sorted(found, key=lambda work: EVIDENCE.index(work.evidence))

    def look(self, text: str = "", theme: str = "", cause: str = "", evidence: str = "") -> list[Work]:
        """Return the efforts that fit: every word of the text in what is said of it or of its causes."""
        words = text.lower().split()
        return [
            work
            for work in self.efforts.values()
            if (not theme or theme in {self.causes[code].theme for code in work.causes})
            and (not cause or cause in work.causes)
            and (not evidence or evidence == work.evidence)
            and all(word in self.told(work) for word in words)
        ]

    def told(self, work: Work) -> str:
        """Return everything in words that an effort can be found by, in small letters."""
        causes = [self.causes[code] for code in work.causes]
        about = [word for cause in causes for word in (cause.name, cause.terms)]
        return " ".join([work.name, work.known, work.for_whom, work.asks, *about]).lower()


@cache
def works() -> Works:
    """Return the list of what works as it is shipped."""
    return read(*(tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.toml"))))


def read(*parts: Mapping[str, Any]) -> Works:
    """Return the list out of its parts, one per theme, or say what does not hold together."""
    themes = {part["theme"]: part["name"] for part in parts}
    causes = [Cause(**row, theme=part["theme"]) for part in parts for row in part.get("cause", [])]
    efforts = [_effort(row, part["theme"]) for part in parts for row in part.get("effort", [])]
    whole = Works(themes, {cause.code: cause for cause in causes}, {work.code: work for work in efforts})
    if len(whole.causes) < len(causes) or len(whole.efforts) < len(efforts):
        raise BadList("a code stands twice in the list of what works")
    for work in efforts:
        _require_whole(work, whole.causes)
    return whole


def _effort(row: Mapping[str, Any], theme: str) -> Work:
    lists = {key: tuple(row[key]) for key in ("causes", "sources", "works_when")}
    return Work(theme=theme, **{**row, **lists})


def _require_whole(work: Work, causes: Mapping[str, Cause]) -> None:
    """Refuse an effort of an unknown cause or class, or one that is said to be known without saying by whom."""
    if not work.causes or not set(work.causes) <= set(causes):
        raise BadList(f"{work.code}: a cause that is not in the list")
    if work.evidence not in EVIDENCE:
        raise BadList(f"{work.code}: evidence is one of {', '.join(EVIDENCE)}")
    if (work.evidence == "eigen_idee") is bool(work.sources):
        raise BadList(f"{work.code}: what is known has a source, an untested idea has none")
    if not work.works_when or len(work.first_sign) > SIGN_LENGTH:
        raise BadList(f"{work.code}: says when it works, and its first sign fits in {SIGN_LENGTH} characters")
