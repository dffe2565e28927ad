"""Two people who write on the same page of a round: they read, type, send, resolve, take away, bring back, go back.

Every text that somebody types is a sentence that stands nowhere else, so that afterwards it can be looked for.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any, Final

from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from buurtbalans.method.base.models import PastVersion
from buurtbalans.method.base.versions import versions_of
from buurtbalans.method.people.actions import grant
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.rounds.models import Signature
from buurtbalans.site.texts import KINDS, WRITTEN_ON
from buurtbalans.site.unsaved_input import BRING_BACK
from tests.site.access import ROWS
from tests.site.content_fixtures import Content
from tests.site.people_fixtures import person

NAMESPACES: Final = ("rounds:", "stories:", "plans:", "capacities:", "evaluation:", "partners:")
STANDS: Final = {  # pages of texts that are not found by a number in their address
    "rounds:edit": "rounds.round",
    "rounds:close": "rounds.round",
    "rounds:edit_picture": "rounds.round",
}
WORDS: Final = (models.CharField, models.TextField)
FIRST: Final = {  # what is filled in where nothing stands yet, by name or else by kind of field
    "review_on": str(date.today() + timedelta(days=1)),
    "date": str(date.today()),
    "number": "2030",
}
LETTERS: Final = "bcdfghjklmnpqrstvwxz"
Fields = list[tuple[str, str]]


@dataclass
class Sheet:
    """A form as a browser would send it: its address, what stands in it, and the fields in which one types."""

    action: str = ""
    fields: Fields = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def filled(self, **new: str) -> dict[str, list[str]]:
        """Return what is sent when these texts are typed."""
        sent: dict[str, list[str]] = {}
        for name, value in self.fields:
            sent.setdefault(name, []).append(value)
        return sent | {name: [value] for name, value in new.items()}


class Forms(HTMLParser):
    """Reads the forms of a page that write something; where nothing is chosen yet it chooses the first."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self._sheet: Sheet | None = None
        self._select = self._area = ""
        self._options: list[tuple[str, bool]] = []
        self._words: list[str] = []
        self._radios: dict[str, str] = {}
        self._must = False
        self.feed(page.partition("<main")[2].partition("</main>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value")
        if tag == "form" and given.get("method") == "post":
            self._sheet, self._radios = Sheet((given.get("action") or "").partition("#")[0]), {}
        elif self._sheet is None:
            return
        elif tag == "option" and self._select:
            self._options.append((value or "", "selected" in given))
        elif tag == "select":
            self._select, self._options, self._must = name, [], "required" in given
        elif tag == "textarea" and "readonly" not in given:
            self._area, self._words = name, []
        elif tag == "input" and name and "disabled" not in given:
            self._input(name, value, given)

    def _input(self, name: str, value: str | None, given: dict[str, str | None]) -> None:
        assert self._sheet is not None
        kind, chosen = given.get("type") or "text", "checked" in given
        if kind == "radio" or (kind == "checkbox" and name == "claims"):  # a result rests on at least one claim
            self._radios = {name: value or ""} | self._radios | ({name: value or ""} if chosen else {})
        elif kind != "checkbox" or chosen:
            needed = FIRST.get(name, FIRST.get(kind, "")) if "required" in given else ""
            self._sheet.fields.append((name, value or needed or ("on" if chosen else "")))
        if kind == "text" and name not in ("place", "point"):  # these take two numbers, and refuse words
            self._sheet.texts.append(name)

    def handle_data(self, data: str) -> None:
        if self._area:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._sheet is None:
            return
        if tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected and (value or not self._must)]
            chosen = chosen or [value for value, _ in self._options if value or not self._must]
            self._sheet.fields += [(self._select, value) for value in chosen[:1]]
            self._select = ""
        elif tag == "textarea" and self._area:
            self._sheet.fields.append((self._area, "".join(self._words).removeprefix("\n")))
            self._sheet.texts.append(self._area)
            self._area = ""
        elif tag == "form":
            self._sheet.fields += list(self._radios.items())
            self.sheets.append(self._sheet)
            self._sheet = None


@dataclass
class Writer:
    """Somebody with a tab open."""

    person: Person
    client: Client
    sheet: Sheet | None = None


@dataclass
class Page:
    """A page on which two people write: its address, who may, and the form as it opens."""

    name: str
    path: str
    writers: list[Person]
    sheet: Sheet
    label: str = ""
    pk: int = 0


class Table:
    """The round with a text of every kind, and all pages on which somebody types one."""

    def __init__(self, content: Content) -> None:
        world = content.world
        second = world.people["second"] = person("second", world["core_member"].organisation)
        grant(by=None, person=second, role=Role.MEMBER, circle=world["core_member"].organisation.circle)
        grant(by=world["process_guide"], person=second, role=Role.CORE_MEMBER, circle=world.core["own"])
        self.people = [world["core_member"], world["process_guide"], second]
        self.clients = {one.pk: Client() for one in self.people}
        for one in self.people:
            self.clients[one.pk].force_login(one)
        self.last = PastVersion.objects.aggregate(last=models.Max("pk"))["last"] or 0
        self.pages = [page for page in map(self._page, self._names(), [content] * len(ROWS)) if page]

    @staticmethod
    def _names() -> list[str]:
        read = {row.name for row in ROWS if row.method == "GET"}
        sent = [row.name for row in ROWS if row.method == "POST" and row.name.startswith(NAMESPACES)]
        return [name for name in sent if name in read]

    def _page(self, name: str, content: Content) -> Page | None:
        of = next(row.of for row in ROWS if row.name == name)
        path = reverse(name, args=content.args[of]["own"])
        opened = {one.pk: self.clients[one.pk].get(path) for one in self.people}
        writers = [one for one in self.people if opened[one.pk].status_code == 200]
        sheets = [sheet for one in writers for sheet in sheets_of(opened[one.pk]) if sheet.texts]
        if not sheets:
            return None
        found = resolve(path)
        label = WRITTEN_ON.get(name, STANDS.get(name, ""))
        pk = found.kwargs.get("pk", found.kwargs.get("result", 0)) or content.rounds["own"].pk
        return Page(name, path, writers, sheets[0], label, pk if label else 0)


def sheets_of(answer: HttpResponse) -> list[Sheet]:
    """Return the forms of an answer."""
    return Forms(answer.content.decode()).sheets


@dataclass
class Course:
    """One round of two writers on a page, and what became of every sentence."""

    table: Table
    page: Page
    chance: random.Random
    number: int
    typed: dict[str, str] = field(default_factory=dict)  # each sentence, with what the site did with it
    seen: Counter[str] = field(default_factory=Counter)

    def run(self) -> list[str]:
        """Let them work, and return the sentences that are nowhere; the world is then as it was before."""
        with transaction.atomic():
            people = self.chance.sample(self.page.writers, min(2, len(self.page.writers)))
            tabs = [Writer(one, self.table.clients[one.pk], self.page.sheet) for one in (people * 2)[:2]]
            for _step in range(self.chance.randint(4, 8)):
                self._step(self.chance.choice(tabs))
            there = everything(self.table.last)
            lost = [sentence for sentence, what in self.typed.items() if what != "shown" and sentence not in there]
            transaction.set_rollback(True)
        return lost

    def _step(self, tab: Writer) -> None:
        acts = [self._send] * 5 + [self._open] * 2 + [self._withdraw, self._restore, self._revert]
        self.chance.choice(acts)(tab)

    def _open(self, tab: Writer) -> None:
        answer = tab.client.get(self.page.path)
        sheets = [sheet for sheet in sheets_of(answer) if sheet.texts] if answer.status_code == 200 else []
        tab.sheet = sheets[0] if sheets else None

    def _sentence(self) -> str:
        number = len(self.typed) + self.number * 100
        word = ""
        for _letter in range(7):
            number, rest = divmod(number, len(LETTERS))
            word += LETTERS[rest]
        return f"zin {word} af"

    def _send(self, tab: Writer) -> None:
        if tab.sheet is None:
            return self._open(tab)
        new = {}
        for name in tab.sheet.texts:
            new[name] = self._sentence()
            self.typed[new[name]] = "sent"
        path = tab.sheet.action or self.page.path
        return self._answered(tab, tab.client.post(path, tab.sheet.filled(**new)), list(new.values()))

    def _answered(self, tab: Writer, answer: HttpResponse, sentences: list[str], deep: int = 0) -> None:
        """Write down what became of what was sent; a refusal shows it, and is then resolved or left."""
        self.seen[str(answer.status_code)] += 1
        body = answer.content.decode() if answer.status_code != 302 else ""
        for sentence in sentences:
            self.typed[sentence] = "saved" if answer.status_code == 302 else "shown" if sentence in body else "sent"
        tab.sheet = None
        if answer.status_code != 409 or deep > 2 or self.chance.random() < 0.2:
            return
        sheets = sheets_of(answer)
        if not sheets:
            return
        sheet = self.chance.choice(sheets)
        again = tab.client.post(sheet.action or self.page.path, sheet.filled(**self._chosen(sheet)))
        self.seen["resolved" if again.status_code == 302 else "again"] += 1
        sent = {value for values in sheet.filled().values() for value in values}
        self._answered(tab, again, [sentence for sentence in sentences if sentence in sent], deep + 1)

    @staticmethod
    def _chosen(sheet: Sheet) -> dict[str, str]:
        """Press the button of a form; that of a text that was withdrawn brings it back first."""
        return {BRING_BACK: "1"} if not sheet.texts and not sheet.action else {}

    def _withdraw(self, tab: Writer) -> None:
        self._act(tab, "withdraw_text")

    def _restore(self, tab: Writer) -> None:
        self._act(tab, "restore_text")

    def _revert(self, tab: Writer) -> None:
        if self.page.label:
            now = KINDS[self.page.label].model._base_manager.get(pk=self.page.pk).version
            self._act(tab, "revert_text", to=str(self.chance.randint(1, now)), now=str(now - self.chance.randint(0, 1)))

    def _act(self, tab: Writer, name: str, **given: str) -> None:
        if self.page.label:
            answer = tab.client.post(reverse(name, args=[self.page.label, self.page.pk]), given)
            self.seen[f"{name} {answer.status_code}"] += 1


def everything(since: int) -> str:
    """Return all that can be read in texts as they stand and in the trash, and in their history as its page reads it.

    Of the history only what became of texts after the past with number `since`: before it nobody typed.
    """
    said = [each for row in Signature.objects.values_list("role", "reason") for each in row]
    said += [each for row in Neighbourhood.objects.values_list("name", "streets") for each in row]
    changed = set(PastVersion.objects.filter(pk__gt=since).values_list("about", flat=True))
    for kind in KINDS.values():
        words = [one.name for one in kind.model._meta.fields if isinstance(one, WORDS)]
        said += [each for row in kind.model._base_manager.values_list(*words) for each in row]
        labels = [about.partition(":")[2] for about in changed if about.startswith(f"{kind.label}:")]
        for text in kind.model._base_manager.filter(pk__in=labels):
            said += [value for version in versions_of(text, kind)[1:] for value in version.values.values()]
    return "\n".join(map(str, said))


def play(table: Table, rounds: int) -> tuple[list[str], Counter[str], Counter[str]]:
    """Let two people write together so many times; return what was lost, what was answered, and where it was saved."""
    lost, seen, saved = [], Counter[str](), Counter[str]()
    for number in range(rounds):
        page = table.pages[number % len(table.pages)]
        course = Course(table, page, random.Random(number), number)
        lost += [f"round {number}, {page.name}: {sentence}" for sentence in course.run()]
        seen += course.seen
        seen["typed"] += len(course.typed)
        saved[page.name] += sum(what == "saved" for what in course.typed.values())
    return lost, seen, saved


def summary(seen: Counter[Any]) -> str:
    """Return the counts in one line."""
    return ", ".join(f"{name}: {number}" for name, number in sorted(seen.items()))
