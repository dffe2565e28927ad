"""The course of a round: a guide leads its meetings by keyboard only, and who reads along is told how to."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.table import enter

pytestmark = pytest.mark.slow
ROUND = "/rondes/weverskwartier/"


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
    enter(page, "samira")
    page.goto(ROUND)
    reach(page, "Alle bijeenkomsten")
    reach(page, "Bijeenkomst plannen")
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "what":
            break
    page.keyboard.type("Kort over het licht")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kort over het licht")
    reach(page, "Verslag schrijven")
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "notes":
            break
    page.keyboard.type("Er komen vier lampen bij.")
    reach(page, "Opslaan")
    expect(page.get_by_text("Er komen vier lampen bij.")).to_be_visible()
    reach(page, "Verwijderen")
    expect(page.get_by_text("Kort over het licht")).to_have_count(0)
    reach(page, "Ongedaan maken")
    expect(page.get_by_text("Kort over het licht")).to_be_visible()
    reach(page, "Kort over het licht")
    reach(page, "Verwijderen")


def test_a_ring_member_is_asked_to_tell_and_sees_no_notes(page: Page) -> None:
    enter(page, "kees")
    page.goto(f"{ROUND}in-het-kort/")
    expect(page.get_by_text("Bent u nieuw in deze ronde?")).to_be_visible()
    page.goto(f"{ROUND}bijeenkomsten/")
    expect(page.get_by_text("Werksessie in De Spoel")).to_be_visible()
    assert page.get_by_role("link", name="Werksessie in De Spoel").count() == 0
