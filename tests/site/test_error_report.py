"""An error of ours leaves a trace that the visitor can point at, and nothing of what the visitor typed."""

import io
import logging
import re
import sys
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, path

from buurtbalans.site.error_report import ErrorLine, server_error
from buurtbalans.site.urls import urlpatterns as own

CANARY = "Wilhelmina"


def breaks(request: HttpRequest, what: str) -> HttpResponse:
    """Fail on what was typed, as code does that did not foresee it."""
    try:
        return HttpResponse(str(int(request.POST["words"])))
    except ValueError as error:
        raise LookupError(f"not found: {request.POST['words']}") from error


urlpatterns = [path("stuk/<str:what>/", breaks), *own]
handler500 = "buurtbalans.site.error_report.server_error"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the handler of the settings writes to standard error."""
    found = [each for each in logging.getLogger("django.request").handlers if isinstance(each.formatter, ErrorLine)]
    (handler,) = found
    assert isinstance(handler, logging.StreamHandler)
    assert handler.stream is not sys.stdout
    written = io.StringIO()
    before, handler.stream = handler.stream, written  # what it wrote to before may be closed by now
    yield written
    handler.stream = before


@pytest.fixture
def answer(settings: pytest.FixtureRequest, log: io.StringIO, db: None) -> HttpResponse:
    """The page after a form with a name in it, in its query and in a cookie."""
    settings.ROOT_URLCONF = __name__  # type: ignore[attr-defined]
    client = Client(raise_request_exception=False)
    client.cookies["who"] = CANARY
    return client.post(f"/stuk/a%0Ab/?q={CANARY}", {"words": CANARY})  # type: ignore[return-value]


def test_the_page_gives_the_reference_of_the_log(answer: HttpResponse, log: io.StringIO) -> None:
    assert answer.status_code == 500
    (reference,) = re.findall(r"kenmerk: <strong>([2-9A-Z]{6})</strong>", answer.content.decode())
    first = log.getvalue().splitlines()[0]
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ 500 {reference} POST /stuk/a\\nb/", first)


def test_the_log_leads_to_the_code(answer: HttpResponse, log: io.StringIO) -> None:
    lines = log.getvalue().splitlines()
    assert any("test_error_report.py" in line and "in breaks" in line for line in lines)
    assert "builtins.LookupError" in lines
    assert lines[-1] == "builtins.ValueError"


def test_nothing_typed_is_in_the_log(answer: HttpResponse, log: io.StringIO) -> None:
    assert "LookupError" in log.getvalue()
    assert CANARY not in log.getvalue()


def test_an_error_beside_a_page_leads_to_the_code_without_what_it_was_about(log: io.StringIO) -> None:
    try:
        raise LookupError(CANARY)
    except LookupError:
        logging.getLogger("django.request").exception("long work failed")
    first, *_rest, last = log.getvalue().splitlines()
    assert first.endswith("ERROR long work failed")
    assert "test_error_report.py" in log.getvalue()
    assert last == "builtins.LookupError"
    assert CANARY not in log.getvalue()


def test_each_error_has_its_own_reference(answer: HttpResponse, log: io.StringIO) -> None:
    Client(raise_request_exception=False).post("/stuk/a/", {"words": CANARY})
    found = re.findall(r" 500 (\w+) POST ", log.getvalue())
    assert len(found) == len(set(found)) == 2


def test_the_site_answers_errors_with_this_page() -> None:
    assert get_resolver("buurtbalans.site.urls").resolve_error_handler(500) is server_error
