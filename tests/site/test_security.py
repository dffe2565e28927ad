"""Every answer carries the headers that keep strangers' scripts, frames and caches out."""

import importlib
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from buurtbalans.site import settings as product
from buurtbalans.site.security import CONTENT_SECURITY_POLICY, HeadersMiddleware


def answer(path: str = "/", *, signed_in: bool, **headers: str) -> HttpResponse:
    request = RequestFactory().get(path)
    if signed_in:
        request.COOKIES["sessionid"] = "x"
    return HeadersMiddleware(lambda _: HttpResponse("x", headers=headers))(request)


def test_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")


def test_headers_on_an_answer_of_any_kind(client: Client) -> None:
    found = client.get("/an-address-that-is-not-there/")
    assert found.status_code == 404
    assert found.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["X-Frame-Options"] == "DENY"
    assert found.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in found.headers["Permissions-Policy"]


def test_pages_of_someone_signed_in_stay_out_of_shared_caches() -> None:
    assert answer(signed_in=True).headers["Cache-Control"] == "private, no-cache"
    assert "Cache-Control" not in answer(signed_in=False).headers
    assert "Cache-Control" not in answer("/static/main.css", signed_in=True).headers


def test_signing_in_is_not_cached_either() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        response.set_cookie("sessionid", "x")
        return response

    assert HeadersMiddleware(view)(RequestFactory().get("/")).headers["Cache-Control"] == "private, no-cache"


def test_a_view_that_knows_better_keeps_its_cache_control() -> None:
    assert answer(signed_in=True, **{"Cache-Control": "no-store"}).headers["Cache-Control"] == "no-store"


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("BUURTBALANS_HOSTS", "buurtbalans.example.nl")
    monkeypatch.setenv("BUURTBALANS_PROXY", "1")
    yield importlib.reload(product)
    monkeypatch.undo()
    importlib.reload(product)


def test_outside_ones_own_machine_only_over_tls(outside: Any) -> None:
    assert outside.SECURE_SSL_REDIRECT
    assert outside.SECURE_HSTS_SECONDS >= 31_536_000
    assert outside.SESSION_COOKIE_SECURE
    assert outside.CSRF_COOKIE_SECURE
    assert outside.SECURE_PROXY_SSL_HEADER == ("HTTP_X_FORWARDED_PROTO", "https")


def test_on_ones_own_machine_without() -> None:
    assert product.LOOPBACK
    assert not product.SECURE_SSL_REDIRECT
