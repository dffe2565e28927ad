"""English is one click away, on a laptop and on a phone, and everything still fits."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("width", [WIDTHS["laptop"], WIDTHS["phone"]], ids=["laptop", "phone"])
def test_a_visitor_reads_the_chain_in_english(
    open_page: Callable[..., Page], accessible: Callable[[Page], None], width: int
) -> None:
    def looked_at() -> None:
        expect(page.locator("html")).to_have_attribute("lang", "en")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url

    page = open_page(width=width)
    page.goto("/")
    page.get_by_role("button", name="English").click()
    looked_at()
    page.get_by_role("button", name=re.compile("View as area manager")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My neighbourhoods")
    looked_at()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_text("The same map as a table")).to_be_visible()
    looked_at()
    page.goto("/rondes/weverskwartier/stap/3/")
    page.locator(".uitspraak-rij h3 a").first.click()
    expect(page.get_by_role("heading", name="Figures for this neighbourhood")).to_be_visible()
    looked_at()
    page.goto("/rondes/oude-werf/plan/")
    expect(page.get_by_text("Evidence").first).to_be_visible()
    looked_at()
    page.get_by_role("button", name="Nederlands").click()
    expect(page.get_by_text("Onderbouwing").first).to_be_visible()
