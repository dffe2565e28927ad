"""The course of a round as a guide walks it: by keyboard only, on every width, and silent under axe."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS

pytestmark = pytest.mark.slow
ROUND = "/rondes/weverskwartier/"
PAGES = (
    "", "team/", "bijeenkomsten/", "bijeenkomsten/nieuw/", "punten/0/", "punten/3/", "voor-later/", "in-het-kort/",
    "afronden/",
)  # fmt: skip


def sign_in(page: Page, name: str = "samira") -> None:
    page.goto("/mijn-buurten/")
    page.locator("main input[type=text], main input[name=login]").first.fill(name)
    page.locator("main input[type=password]").fill(f"waterdam-{name}-2025")
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_the_pages_of_the_course_fit_and_axe_is_silent(
    open_page: Callable[..., Page], accessible: Callable[[Page], None], look: Callable[[Page, str], None], width: int
) -> None:
    page = open_page(width=width)
    sign_in(page)
    for path in PAGES:
        page.goto(ROUND + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        look(page, f"ronde-{path.strip('/').replace('/', '-') or 'begin'}-{width}")


def reach(page: Page, text: str) -> None:
    """Walk with Tab until what has the focus says this, and press Enter."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if text in page.evaluate("document.activeElement.textContent"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"{text} is not reached with Tab")


def test_a_meeting_is_planned_noted_and_taken_away_and_back_by_keyboard(page: Page) -> None:
    sign_in(page)
    page.goto(ROUND)
    reach(page, "Alle bijeenkomsten")
    reach(page, "Plan een bijeenkomst")
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "what":
            break
    page.keyboard.type("Kort over het licht")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kort over het licht")
    reach(page, "Schrijf op wat eruit kwam")
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "notes":
            break
    page.keyboard.type("Er komen vier lampen bij.")
    reach(page, "Bewaar")
    expect(page.get_by_text("Er komen vier lampen bij.")).to_be_visible()
    reach(page, "Haal weg")
    expect(page.get_by_text("Kort over het licht")).to_have_count(0)
    reach(page, "Maak ongedaan")
    expect(page.get_by_text("Kort over het licht")).to_be_visible()
    reach(page, "Kort over het licht")
    reach(page, "Haal weg")


def test_a_ring_member_is_asked_to_tell_and_sees_no_notes(page: Page) -> None:
    sign_in(page, "kees")
    page.goto(f"{ROUND}in-het-kort/")
    expect(page.get_by_text("Nieuw hier?")).to_be_visible()
    page.goto(f"{ROUND}bijeenkomsten/")
    expect(page.get_by_text("Werksessie in De Spoel")).to_be_visible()
    assert page.get_by_role("link", name="Werksessie in De Spoel").count() == 0
