"""Walks the site once as somebody, by the addresses of the access matrix and by links; many judges read each answer.

The judges stand in `tests.site.judges`; `tests.site.test_walk` walks as everybody and asks all of them.
"""

import json
import os
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit
from zlib import crc32

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from buurtbalans.method.people.models import Person
from tests.site.access import LOGIN, ROWS, VIEWERS
from tests.site.access_lines import Answers
from tests.site.content_fixtures import Content
from tests.site.gate_parts import words_of

FAULTS = os.environ.get("BUURTBALANS_FAULTS") == "1"
# Everybody asks for everything; else representatives do. On PostgreSQL one viewer asks for all.
WHOLE = FAULTS or connection.vendor == "postgresql"
REFUSED = (LOGIN, 403, 404, 405)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_LINK = re.compile(r'(?:href|src|action|formaction|data-[a-z-]+)="(/[^"#]*)')
_QUERY = re.compile(r'href="(\?[^"#]*)')


@dataclass(frozen=True)
class Visit:
    """One request of somebody and all that was answered; `row` and `side` where the access matrix has the address."""

    who: str
    method: str
    path: str
    answer: HttpResponse = field(repr=False)
    row: str = ""
    side: str = ""

    @property
    def address(self) -> str:
        """The request, as a complaint names it."""
        return f"{self.method} {self.row} {self.side}" if self.row else f"{self.method} {self.path}"

    @property
    def html(self) -> bool:
        """Whether the answer is a page."""
        return "html" in self.answer.headers.get("Content-Type", "")

    @cached_property
    def words(self) -> str:
        """All that the answer says: headers, body, and what lies packed inside it."""
        return words_of(self.answer)

    @property
    def status(self) -> int:
        """The status, or that the visitor must sign in."""
        sent, login = self.answer.headers.get("Location", ""), reverse(settings.LOGIN_URL)
        signing_in = sent.startswith(login) and urlsplit(self.path).path != login
        return LOGIN if self.answer.status_code == 302 and signing_in else self.answer.status_code

    def links(self) -> Iterator[str]:
        """Yield the addresses of this site that the answer leads to, in their order."""
        if "Location" in self.answer.headers:
            yield from _on_this_site(self.path, self.answer.headers["Location"])
        if self.html:
            text = self.answer.getvalue().decode()
            for link in dict.fromkeys(_LINK.findall(text) + _QUERY.findall(text)):
                yield from _on_this_site(self.path, unescape(link))
        elif "json" in self.answer.headers.get("Content-Type", "") and self.path.startswith("/api/"):
            for link in (json.loads(self.answer.getvalue()).get("links") or {}).values():
                yield from _on_this_site(self.path, link or "")


def _on_this_site(path: str, link: str) -> Iterator[str]:
    parts = urlsplit(urljoin(f"http://testserver{path}", link))
    if parts.netloc == "testserver" and link and not parts.path.startswith("/static/"):
        yield parts.path + (f"?{parts.query}" if parts.query else "")


@dataclass
class Walk:
    """A walk of one person: each answer goes to `read`, and what a request did is undone after it."""

    client: Client
    read: Callable[[Visit], None]
    who: str = ""
    most: int = 1  # pages of one kind that links lead to; 0 is no limit
    seen: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)

    def visit(self, method: str, path: str, row: str = "", side: str = "") -> Visit:
        """Make a request, let the answer be read, and undo all that it did."""
        jar = self.client.cookies.copy()
        with transaction.atomic():
            answer: Any = self.client.generic(method, path, "token=x", content_type="application/x-www-form-urlencoded")
            visit = Visit(self.who, method, path, answer, row, side)
            self.read(visit)
            transaction.set_rollback(True)
        self.client.cookies = jar
        return visit

    def follow(self, starts: Iterable[str], links: Iterable[str] = ()) -> None:
        """Visit the starts, and what they and these links lead to."""
        begin = dict.fromkeys(starts)
        waiting = deque([*begin, *links])
        while waiting:
            path = waiting.popleft()
            if path in self.seen or not self._wanted(path, path in begin):
                continue
            self.seen.add(path)
            waiting.extend(link for link in self.visit("GET", path).links() if link not in self.seen)

    def matrix(self, content: Content, names: Iterable[str], *, whole: bool) -> list[str]:
        """Ask for what is in the access matrix, whole or as a representative; return where the pages lead."""
        links: dict[str, None] = {}
        for method, name, side, path in requests_of(content, self.who, names, whole=whole):
            visit = self.visit(method, path, name, side)
            content.restore()
            if method == "GET":
                self.seen.add(path)
                self.kinds[name] += 1
                links |= dict.fromkeys(visit.links())
        return list(links)

    def _wanted(self, path: str, start: bool) -> bool:
        try:
            kind = resolve(urlsplit(path).path).view_name
        except Resolver404:
            kind = "nowhere"
        self.kinds[kind] += 1
        return start or not self.most or self.kinds[kind] <= self.most


def signed_in(viewer: Person | AnonymousUser) -> Client:
    """Return a browser of somebody; one that gets the page of an error instead of the error."""
    client = Client(raise_request_exception=False)
    if isinstance(viewer, Person):
        client.force_login(viewer)
    return client


def viewer_of(content: Content, who: str) -> Person | AnonymousUser:
    """Return who has this name in the world of the content."""
    return AnonymousUser() if who == "anonymous" else content.world[who]


def addresses(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the real resolver by its full name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from addresses(pattern.url_patterns, inner)
        else:
            yield f"{prefix}{pattern.name}", pattern


NAMES = dict(addresses(get_resolver().url_patterns))
LIBRARY = {name for name, pattern in NAMES.items() if pattern.callback.__module__.startswith("allauth.")}


def representatives(answers: Answers, of: str) -> set[str]:
    """Return two viewers of every group that gets the same answer (one of a pair), other ones for every address."""
    groups: dict[int, list[str]] = {}
    for viewer in VIEWERS:
        groups.setdefault(answers[viewer], []).append(viewer)
    chosen: set[str] = set()
    for viewers in groups.values():
        first = crc32(of.encode()) % len(viewers)
        chosen |= set((viewers * 2)[first : first + (2 if len(viewers) > 2 else 1)])
    return set(VIEWERS) if WHOLE else chosen


def requests_of(
    content: Content, who: str, names: Iterable[str], *, whole: bool
) -> Iterator[tuple[str, str, str, str]]:
    """Yield method, name, side and path of all that somebody asks for: their part as representative, or the whole.

    The whole is all that the matrix does not refuse them; refusals, and what the matrix does not have, are asked for by
    representatives. A library lets PUT through to the form of POST.
    """
    for name in names:
        rows = {row.method: row for row in ROWS if row.name == name}
        of = next(iter(rows.values())).of if rows else ""
        for side, args in content.args[of].items():
            for method in METHODS:
                if method not in rows and (name in LIBRARY or who not in VIEWERS):
                    continue
                answers = getattr(rows[method], side) if method in rows else dict.fromkeys(VIEWERS, 0)
                answered = who not in VIEWERS or answers[who] not in (*REFUSED, 0)
                if (whole and answered) or who in representatives(answers, f"{method} {name} {side}"):
                    yield method, name, side, reverse(name, args=args)


def plain_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse without the page of a refusal, which would be drawn thousands of times; one test draws it for everybody."""

    def refusal(status: int) -> Callable[..., HttpResponse]:
        return lambda request, exception=None: HttpResponse(str(exception), status=status)

    resolver, handlers = get_resolver(), get_resolver().resolve_error_handler
    plain = {403: refusal(403), 404: refusal(404)}
    monkeypatch.setattr(resolver, "resolve_error_handler", lambda status: plain.get(status) or handlers(status))
