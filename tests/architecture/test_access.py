"""Every address has a row in the access matrix, and every row an address: what is not listed is not open to anybody."""

from collections.abc import Iterable

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path

from tests.site.access import ROWS


def addresses(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> set[str]:
    """Return the full names of all addresses; one without a name is shown by its pattern."""
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found |= addresses(pattern.url_patterns, inner)
        else:
            found.add(f"{prefix}{pattern.name or pattern.pattern}")
    return found


def differences(patterns: Iterable[URLPattern | URLResolver], rows: Iterable[str]) -> list[str]:
    """Return every address without a row and every row without an address."""
    there, listed = addresses(patterns), set(rows)
    return [
        *(f"{name} has no row in tests/site/access.py" for name in sorted(there - listed)),
        *(f"{name} in tests/site/access.py has no address" for name in sorted(listed - there)),
    ]


def view(request: HttpRequest) -> HttpResponse:
    """Answer something, for a planted address."""
    return HttpResponse()


def test_every_address_has_its_row() -> None:
    assert differences(get_resolver().url_patterns, (row.name for row in ROWS)) == []


@pytest.mark.parametrize(
    "planted",
    [
        path("geheim/", view, name="secret"),
        path("geheim/", view),
        path("ronde/", include(([path("geheim/", view, name="secret")], "rounds"))),
    ],
)
def test_a_planted_address_is_caught(planted: URLPattern | URLResolver) -> None:
    listed = [path("", view, name="start")]
    assert differences(listed, ["start"]) == []
    assert len(differences([*listed, planted], ["start"])) == 1
    assert differences(listed, ["start", "gone"]) == ["gone in tests/site/access.py has no address"]
