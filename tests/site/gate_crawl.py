"""Walks the whole site as somebody, by its addresses and by every link it meets, and reads every answer."""

import json
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from buurtbalans.method.people.models import Person
from tests.site.access import ROWS
from tests.site.content_fixtures import Content

_LINK = re.compile(r'(?:href|src|action|formaction|data-[a-z-]+)="(/[^"#]*)')
Read = Callable[[str, HttpResponse], None]


@dataclass
class Walk:
    """Where a crawler has been, and how often at most it looks at one kind of page; 0 is always."""

    client: Client
    read: Read
    most: int
    seen: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)

    def go(self, starts: Iterable[str], posts: Iterable[str] = ()) -> None:
        """Visit the starts, all they lead to, and then send empty forms."""
        waiting = deque(dict.fromkeys(starts))
        first = len(waiting)
        while waiting:
            path, first = waiting.popleft(), first - 1
            if path in self.seen or not self._wanted(path, first >= 0):
                continue
            self.seen.add(path)
            answer = self._visit("GET", path)
            waiting.extend(link for link in links(path, answer) if link not in self.seen)
        for path in posts:
            self._visit("POST", path)

    def _wanted(self, path: str, start: bool) -> bool:
        try:
            kind = resolve(urlsplit(path).path).view_name
        except Resolver404:
            kind = "nowhere"
        self.kinds[kind] += 1
        return start or not self.most or self.kinds[kind] <= self.most

    def _visit(self, method: str, path: str) -> HttpResponse:
        jar = self.client.cookies.copy()
        with transaction.atomic():
            answer = self.client.generic(method, path, "token=x", content_type="application/x-www-form-urlencoded")
            self.read(f"{method} {path}", answer)  # type: ignore[arg-type]
            transaction.set_rollback(True)
        self.client.cookies = jar
        return answer  # type: ignore[return-value]


def links(path: str, answer: HttpResponse) -> Iterator[str]:
    """Yield the addresses of this site that an answer leads to, in their order."""
    kind = answer.headers.get("Content-Type", "")
    if "Location" in answer.headers:
        yield from _here(path, answer.headers["Location"])
    if "html" in kind:
        text = answer.getvalue().decode()
        for link in dict.fromkeys(_LINK.findall(text) + re.findall(r'href="(\?[^"#]*)', text)):
            yield from _here(path, unescape(link))
    elif "json" in kind and path.startswith("/api/"):
        for link in (json.loads(answer.getvalue()).get("links") or {}).values():
            yield from _here(path, link or "")


def _here(path: str, link: str) -> Iterator[str]:
    parts = urlsplit(urljoin(f"http://testserver{path}", link))
    if parts.netloc == "testserver" and link and not parts.path.startswith("/static/"):
        yield parts.path + (f"?{parts.query}" if parts.query else "")


def addresses(content: Content, method: str) -> list[str]:
    """Return every address of the access matrix with this method, about own and foreign objects."""
    return [
        reverse(row.name, args=args)
        for row in ROWS
        if row.method == method and row.name not in ("logout", "account_logout", "look_as")
        for args in content.args[row.of].values()
    ]


def signed_in(viewer: Person | AnonymousUser) -> Client:
    """Return a browser of somebody; one that gets the page of an error instead of the error."""
    client = Client(raise_request_exception=False)
    if isinstance(viewer, Person):
        client.force_login(viewer)
    return client
