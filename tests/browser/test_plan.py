"""The plan by hand: what works elsewhere, an effort from it, who does what here, and an agreed version."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_journey import regarded, sign_in

pytestmark = pytest.mark.slow
ROUND = "/rondes/weverskwartier"


@pytest.mark.parametrize("width", [360, 1280])
def test_from_what_works_to_an_agreed_plan(
    open_page: Callable[..., Page],
    accessible: Callable[[Page], None],
    look: Callable[[Page, str], None],
    width: int,
) -> None:
    page = open_page(width=width)

    def seen(name: str) -> None:
        regarded(page, name, accessible, look)

    sign_in(page)
    page.goto(f"{ROUND}/plan/")
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
    seen("plan-open")
    page.goto("/wat-werkt/")
    page.get_by_label("met het woord").fill("verlichting")
    page.get_by_role("button", name="Tonen", exact=True).click()
    expect(page).to_have_url(re.compile("q=verlichting"))
    seen("wat-werkt")
    page.get_by_role("main").locator("h3 a").first.click()
    seen("wat-werkt-een")
    page.goto(f"{ROUND}/plan/vaststellen/")
    seen("vaststellen")
    page.goto("/rondes/oude-werf/plan/versies/2/")
    expect(page.get_by_role("main")).to_contain_text("versie 2")
    seen("versie")
    page.goto("/wie-doet-wat/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Acties per organisatie")
    seen("wie-doet-wat")
