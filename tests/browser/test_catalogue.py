"""The catalogue and the start overview in a browser: nothing for axe to find, nothing too wide, no script needed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_the_pages_are_open_to_everybody(
    open_page: Callable[..., Page], accessible: Callable[[Page], None], width: int
) -> None:
    page = open_page(width=width)
    for address in (
        "/cijfers/catalogus/?thema=wonen",
        "/cijfers/catalogus/population/",
        "/gebied/weverskwartier/overzicht/",
    ):
        page.goto(address)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_searching_works_without_javascript(open_page: Callable[..., Page]) -> None:
    page = open_page(javascript=False)
    page.goto("/cijfers/catalogus/")
    page.get_by_label("met het woord").fill("huisarts")
    page.get_by_role("button", name="Toon").click()
    assert "q=huisarts" in page.url
    expect(page.get_by_role("link", name="Afstand tot de huisarts")).to_be_visible()
