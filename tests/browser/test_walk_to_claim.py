"""Ten notes of a walk, from a phone without a network to a claim and a map on the wall: none is lost on the way."""

import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import WIDTHS
from tests.browser.table import enter
from tests.browser.test_field_notes import NOTES, ROUND, on_phone, ready, write
from tests.browser.test_journey import sign_in

pytestmark = pytest.mark.slow
OFFLINE = "error: Failed to load resource: net::ERR_INTERNET_DISCONNECTED"
WALK = [f"Ronde langs het plein {number}: de lampen bij bank {number} zijn uit" for number in range(1, 11)]
MAP = f"{ROUND}/kaart/"


def walked(page: Page) -> None:
    """Write ten notes without a network, and let them go when it is back."""
    sign_in(page)
    page.goto(NOTES)
    ready(page)
    page.evaluate("navigator.serviceWorker.ready.then((one) => one.active.state)")
    page.context.set_offline(True)
    for number, text in enumerate(WALK):
        write(page, text, place=number < 2)
    on_phone(page, 10)
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text("10 notities zijn verstuurd en van deze telefoon verwijderd.")).to_be_visible(
        timeout=20_000
    )


def shared(page: Page) -> None:
    """Share the first note with the core group; it waits for a colleague."""
    page.goto(f"{ROUND}/verhalen/")
    page.locator("a", has_text="Verder delen").filter(has_text=WALK[0][:24]).first.click()
    page.get_by_label("De kerngroep van deze ronde").check()
    page.get_by_role("button", name="Verhaal delen").click()
    expect(page).to_have_url(re.compile("verhalen/"))


def looked_at(page: Page) -> None:
    """Look at the note as a colleague, and let it go."""
    enter(page, "daan")
    page.goto("/te-bekijken/")
    page.locator("a", has_text="Bijdrage bekijken").filter(has_text=WALK[0][:24]).first.click()
    page.get_by_label(re.compile("er is niemand in te herkennen")).check()
    page.get_by_role("button", name="Opslaan").click()
    expect(page).to_have_url(re.compile("te-bekijken/$"))


def part_of_day(page: Page) -> str:
    """Return the part of the day in which the notes stand: that of the clock at which they were written."""
    for part in ("overdag", "avond"):
        page.goto(f"{MAP}?deel={part}")
        if page.locator("#lijst").get_by_text(WALK[0]).count():
            return part
    raise AssertionError("the notes are not on the map")


def test_ten_notes_of_a_walk_become_a_claim_and_a_map_on_the_wall(
    open_page: Callable[..., Page], foreseen: set[str], look: Callable[[Page, str], None]
) -> None:
    foreseen |= {OFFLINE}
    phone = open_page(width=WIDTHS["phone"], height=760)
    walked(phone)
    shared(phone)
    looked_at(open_page())
    wall = open_page(width=WIDTHS["projector"], height=1080)
    sign_in(wall)
    part = part_of_day(wall)
    for text in WALK:
        assert wall.locator("#lijst").get_by_text(text, exact=True).count() >= 1
    figures = wall.locator("#gk-kies-cijfer")
    for number in (1, 2):  # beside two figures, one after the other
        figures.select_option(index=number)
        expect(wall).to_have_url(re.compile(f"cijfer={re.escape(figures.input_value())}(&|$)"))
        expect(wall.locator("#lijst").get_by_text(WALK[0], exact=True).first).to_be_attached()
    look(wall, "grote-kaart-na-de-wandeling")
    wall.locator("#lijst a").filter(has_text=WALK[0]).first.click()
    expect(wall.locator("#gekozen").get_by_text(WALK[0])).to_be_visible()
    wall.get_by_role("link", name="Stelling toevoegen").click()
    wall.get_by_role("textbox").first.fill("Langs het plein zijn de lampen uit")
    wall.get_by_role("button", name="Stelling toevoegen").click()
    expect(wall.get_by_role("heading", name=re.compile("Langs het plein zijn de lampen uit"))).to_be_visible()
    expect(wall.get_by_text(WALK[0])).to_be_visible()
    made = wall.request.get(f"{MAP}papier.pdf?maat=a0&deel={part}").body()
    paper = PdfReader(io.BytesIO(made))
    said = re.sub(r"\s+", "", "".join(page.extract_text() for page in paper.pages))
    assert [text for text in WALK if re.sub(r"\s+", "", text) not in said] == []
    assert float(paper.pages[0].mediabox.width) > 2_300  # A0
