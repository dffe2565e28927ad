"""Judges of a walk: each reads every answer once and says what is wrong with it."""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol

import pytest

from buurtbalans.figures.protection.gate import Shown
from buurtbalans.site.pages.figure_text import value_text
from tests.site.access import ROWS, VIEWERS
from tests.site.canaries import allowed_to
from tests.site.content_fixtures import FOREIGN_COUNT, Content
from tests.site.gate_parts import joined, search
from tests.site.walk import REFUSED, Visit, viewer_of

QUERIES, FIGURES = (  # by their full names: the package has functions of the same name
    import_module(f"buurtbalans.method.datasets.queries.{name}") for name in ("releases", "figures")
)
CANARY = re.compile(r"kanarie-(\d+)(?:-(?:([a-z]+)\.([a-z_]+)\.)?)?")
_WHITE = re.compile(r"\s+")
_FIGURE = re.compile(r'<td class="(?:getal|cijfer)"[^>]*>(?:<b>)?([^<]*)')
_TABLE = re.compile(r'<table class="tabel tabel--dicht(?: cijfers)?">.*?</table>', re.DOTALL)
_TO = re.compile(r" (?:tot|to) ")  # a group goes from one figure to another
_WITH_FIGURES = re.compile(r"^/(?:kaart|buurt|gebied)/")
_VERSIONS = re.compile(r'href="/tekst/([a-z.]+)/\d+/"')


class Judge(Protocol):
    """Reads one answer after the other."""

    def __call__(self, visit: Visit) -> Iterator[str]:
        """Yield what is wrong with an answer."""
        ...


class Statuses:
    """Everybody gets what the access matrix says, and nobody anything where it says nothing."""

    def __init__(self) -> None:
        self.rows = {(row.name, row.method): row for row in ROWS}

    def __call__(self, visit: Visit) -> Iterator[str]:
        if visit.answer.status_code >= 500:
            yield "broke"
        if not visit.row or visit.who not in VIEWERS:
            return
        row = self.rows.get((visit.row, visit.method))
        expected = (getattr(row, visit.side)[visit.who],) if row else REFUSED
        if visit.status not in expected:
            yield f"{visit.answer.status_code}, not {expected}"


@dataclass
class Canaries:
    """A word that was written for a circle is read by nobody outside it; `circles` and `kinds` are what was read."""

    allowed: set[int]
    circles: set[int] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, content: Content, who: str) -> "Canaries":
        """Return the judge of what somebody reads."""
        return cls(allowed_to(viewer_of(content, who)))

    def __call__(self, visit: Visit) -> Iterator[str]:
        asked = visit.path.partition("?q=")[2]
        for circle, model, name in dict.fromkeys(CANARY.findall(_WHITE.sub("", visit.words))):
            kind = f"{model}.{name}" if model not in ("", "profile") else model or "a text"
            if f"kanarie-{circle}-" in asked:
                continue  # a search repeats what was asked
            self.circles.add(int(circle))
            self.kinds |= {kind} if model else set()
            if int(circle) not in self.allowed:
                yield f"tells {kind} of circle {circle}"


@dataclass
class Numbers:
    """A number that is withheld stands in no answer, however it is written; nor what another organisation counted."""

    forms: Mapping[str, float]
    own: bool = True  # whether the walker is of the own round

    def __call__(self, visit: Visit) -> Iterator[str]:
        yield from (f"says {value}" for value in sorted(search(visit.words, self.forms)))
        if self.own and str(FOREIGN_COUNT) in joined(visit.words):
            yield "shows a count of others"


class Gate:
    """A figure on a page has come through the gate, as text in one of the languages."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.values: set[float] = set()
        self.texts = {"", "–"}
        for module in (QUERIES, FIGURES):
            monkeypatch.setattr(module, "through", self._watching(module.through))

    def _watching(self, gate: Any) -> Any:
        def through(*args: Any, **kwargs: Any) -> list[Shown]:
            passed: list[Shown] = gate(*args, **kwargs)
            self.values |= {figure.value for figure in passed if figure.value is not None}
            self.texts |= {value_text(figure) for figure in passed}
            return passed

        return through

    def __call__(self, visit: Visit) -> Iterator[str]:
        if visit.method != "GET" or not visit.html or not _WITH_FIGURES.match(visit.path):
            return
        tables = "".join(_TABLE.findall(visit.answer.getvalue().decode()))
        ends = {end for text in _FIGURE.findall(tables) for end in _TO.split(text.replace("&nbsp;", "\xa0").strip())}
        yield from (f"shows “{text}” past the gate" for text in sorted(ends - self.texts))


class Logged(logging.Handler):
    """No withheld number is logged, from the first detail on."""

    def __init__(self, forms: Mapping[str, float]) -> None:
        super().__init__()
        self.forms, self.lines = forms, list[str]()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def __call__(self, visit: Visit) -> Iterator[str]:
        said, self.lines = "\n".join(self.lines), []
        yield from (f"logs {value}" for value in sorted(search(said, self.forms)))

    def __enter__(self) -> "Logged":
        root = logging.getLogger()
        self.before = root.level
        root.addHandler(self)
        root.setLevel(logging.DEBUG)
        return self

    def __exit__(self, *_error: object) -> None:
        logging.getLogger().removeHandler(self)
        logging.getLogger().setLevel(self.before)


class Versions:
    """Gathers the kinds of text of which a page leads to the versions; nothing is wrong with any one answer."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()

    def __call__(self, visit: Visit) -> Iterator[str]:
        if visit.html and visit.answer.status_code == 200:
            self.kinds |= set(_VERSIONS.findall(visit.answer.getvalue().decode()))
        yield from ()


class Bench:
    """The judges of one walk, and all that they said."""

    def __init__(self, *judges: Judge) -> None:
        self.judges, self.complaints = judges, list[str]()

    def read(self, visit: Visit) -> None:
        """Let every judge read an answer."""
        for judge in self.judges:
            self.complaints += [f"{visit.who}: {visit.address} {wrong}" for wrong in judge(visit)]
