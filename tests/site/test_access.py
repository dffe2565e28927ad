"""Walks every address of the site, with every method, as everybody, and compares with the matrix."""

import io
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pypdf import PdfReader

from buurtbalans.method.people.models import Circle
from tests.site.access import CORE, LOGIN, RING, ROWS, VIEWERS
from tests.site.access_lines import Answers
from tests.site.content_fixtures import CANARY, FOREIGN_COUNT, Content

TWICE = ("process_guide",)  # also on PostgreSQL
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Everybody asks for everything; else representatives do. On PostgreSQL one viewer asks for all.
WHOLE = os.environ.get("BUURTBALANS_FAULTS") == "1" or connection.vendor == "postgresql"
NOTHING_DONE = (LOGIN, 403, 404, 405)
FOLDED = re.compile(r"\s+")


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


@pytest.fixture
def content(standing_content: Content, waterdam_folder: Path, db: None, data: Path) -> Content:
    """Two rounds that do not know each other, and a shelf of this test's own."""
    shutil.copytree(waterdam_folder / "releases", data / "releases", symlinks=True)
    return deepcopy(standing_content)


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


@pytest.fixture
def plain_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refusals without their page, which would be drawn thousands of times; one test draws it for everybody."""

    def refusal(status: int) -> Callable[..., HttpResponse]:
        return lambda request, exception=None: HttpResponse(str(exception), status=status)

    resolver, handlers = get_resolver(), get_resolver().resolve_error_handler
    plain = {403: refusal(403), 404: refusal(404)}
    monkeypatch.setattr(resolver, "resolve_error_handler", lambda status: plain.get(status) or handlers(status))


def visit(client: Client, method: str, path: str) -> HttpResponse:
    """Make a request and undo all that it did."""
    jar = client.cookies.copy()
    with transaction.atomic():
        answer = client.generic(method, path, "token=x", content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    client.cookies = jar
    return answer  # type: ignore[return-value]


def status_of(answer: HttpResponse) -> int:
    """Return the status, or that the visitor must sign in."""
    sent = answer.headers.get("Location", "")
    here = answer.wsgi_request.path  # type: ignore[attr-defined]
    signing_in = sent.startswith(reverse(settings.LOGIN_URL)) and here != reverse(settings.LOGIN_URL)
    return LOGIN if answer.status_code == 302 and signing_in else answer.status_code


def readable(body: bytes) -> str:
    """Return what somebody can read in an answer, also when it is a PDF, a Word or an Excel file."""
    if body.startswith(b"%PDF"):
        return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(body)).pages)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return " ".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    return body.decode(errors="replace")


def leaks(answer: HttpResponse, allowed: set[int]) -> set[int]:
    """Return the circles whose canary is in an answer and should not be: in its body or any header."""
    everything = readable(answer.getvalue()) + repr(answer.headers)
    return {int(circle) for circle in CANARY.findall(everything)} - allowed


def counts_of_others(answer: HttpResponse) -> bool:
    """Return whether an answer holds what another organisation counted, with or without marks between thousands."""
    return str(FOREIGN_COUNT) in re.sub(r"(?<=\d)[.,\s](?=\d{3})", "", readable(answer.getvalue()))


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert not [pattern for pattern in NAMES if pattern.endswith("None")]
    assert sorted(set(NAMES) - {row.name for row in ROWS}) == []
    assert sorted({row.name for row in ROWS} - set(NAMES)) == []


def test_no_row_stands_twice() -> None:
    lines = [(row.name, row.method) for row in ROWS]
    assert len(lines) == len(set(lines))
    assert all(len({row.of for row in ROWS if row.name == name}) == 1 for name in NAMES)


def test_every_row_speaks_about_everybody() -> None:
    for row in ROWS:
        assert set(row.own) == set(row.foreign) == set(VIEWERS), row.name


def test_the_walk_is_long_enough() -> None:
    assert len(VIEWERS) * len(NAMES) * len(METHODS) >= 2_000


def wrong_answers(content: Content, who: str, names: Iterable[str]) -> tuple[list[str], set[int]]:
    """Return each answer that is not what the matrix says, and the circles whose canaries were read."""
    viewer: Any = AnonymousUser() if who == "anonymous" else content.world[who]
    client = Client(raise_request_exception=True)
    if viewer.is_authenticated:
        client.force_login(viewer)
    allowed = set(Circle.objects.visible_to(viewer).values_list("pk", flat=True))
    wrong, read = [], set[int]()
    for name in names:
        rows = {row.method: row for row in ROWS if row.name == name}
        of = next(iter(rows.values())).of if rows else ""
        for side, args in content.args[of].items():
            for method in METHODS:
                if method not in rows and name in LIBRARY:
                    continue  # the library lets PUT through to the same form as POST
                answers = getattr(rows[method], side) if method in rows else dict.fromkeys(VIEWERS, 0)
                if who not in representatives(answers, f"{method} {name} {side}"):
                    continue
                answer = visit(client, method, reverse(name, args=args))
                content.restore()
                expected = (answers[who],) if method in rows else NOTHING_DONE
                if status_of(answer) not in expected:
                    wrong.append(f"{method} {name} {side}: {answer.status_code}, not {expected}")
                wrong += [f"{method} {name} {side}: shows circle {circle}" for circle in leaks(answer, allowed)]
                wrong += [f"{method} {name} {side}: shows a count of others"] * counts_of_others(answer)
                read |= leaks(answer, set())
    return wrong, read


@pytest.mark.slow
@pytest.mark.usefixtures("bare", "plain_refusals")
@pytest.mark.parametrize("who", [pytest.param(who, marks=[] if who in TWICE else pytest.mark.once) for who in VIEWERS])
def test_everybody_gets_what_the_matrix_says(content: Content, who: str) -> None:
    wrong, read = wrong_answers(content, who, NAMES)
    assert not wrong, "\n".join(wrong)
    world = content.world
    assert (world.ring["own"].pk in read, world.core["own"].pk in read) == (who in RING, who in CORE)


def test_representatives_stand_for_every_answer_and_everybody_has_a_turn() -> None:
    turns = dict.fromkeys(VIEWERS, 0)
    for row in ROWS:
        for side in (row.own, row.foreign):
            chosen = representatives(side, f"{row.method} {row.name}")
            assert {side[viewer] for viewer in chosen} == set(side.values())
            for viewer in chosen:
                turns[viewer] += 1
    assert min(turns.values()) > len(ROWS) / 4


@pytest.mark.slow
@pytest.mark.parametrize("who", VIEWERS)
def test_a_refusal_is_a_page_that_shows_nothing_of_others(content: Content, who: str) -> None:
    viewer: Any = AnonymousUser() if who == "anonymous" else content.world[who]
    client = Client()
    if viewer.is_authenticated:
        client.force_login(viewer)
    allowed = set(Circle.objects.visible_to(viewer).values_list("pk", flat=True))
    refused: dict[int, str] = {}
    for row in ROWS:
        for side, args in content.args[row.of].items():
            if row.method == "GET" and getattr(row, side)[who] in (403, 404) and not row.name.startswith("api:"):
                refused.setdefault(getattr(row, side)[who], reverse(row.name, args=args))
    assert refused or who == "anonymous"
    for status, path in refused.items():
        answer = client.get(path)
        assert (answer.status_code, leaks(answer, allowed)) == (status, set())
        assert "<h1" in answer.content.decode()


@pytest.mark.slow
@pytest.mark.usefixtures("bare", "plain_refusals")
@pytest.mark.parametrize(
    ("name", "planted"),
    [("audit", HttpResponse("open")), ("rounds:claim", HttpResponse("open")), ("map", HttpResponse(status=403))],
)
def test_a_planted_wrong_answer_is_found_by_the_representatives(
    content: Content, monkeypatch: pytest.MonkeyPatch, name: str, planted: HttpResponse
) -> None:
    monkeypatch.setattr(NAMES[name], "callback", lambda request, *args, **kwargs: planted)
    wrong = [line for who in VIEWERS for line in wrong_answers(content, who, [name])[0]]
    assert any(line.startswith(f"GET {name}") for line in wrong)


def test_a_leak_is_seen(content: Content) -> None:
    foreign = content.world.core["foreign"].pk
    assert leaks(HttpResponse(f"<p>kanarie-{foreign}-</p>"), {1}) == {foreign}
    assert leaks(HttpResponse(headers={"Location": f"/kanarie-{foreign}-/"}), {1}) == {foreign}
    assert leaks(HttpResponse(f"kanarie-{foreign}-"), {foreign}) == set()
    assert counts_of_others(HttpResponse("<td>876.543</td>"))
    assert not counts_of_others(HttpResponse("<td>876.544</td>"))
