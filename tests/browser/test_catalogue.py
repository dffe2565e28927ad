"""The catalogue in a browser that runs no script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow


def test_searching_works_without_javascript(open_page: Callable[..., Page]) -> None:
    page = open_page(javascript=False)
    page.goto("/cijfers/catalogus/")
    page.get_by_label("met het woord").fill("huisarts")
    page.get_by_role("button", name="Tonen").click()
    assert "q=huisarts" in page.url
    expect(page.get_by_role("link", name="Afstand tot de huisarts")).to_be_visible()
