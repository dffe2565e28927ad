"""What leads to a person is marked and asked about, and a colleague looks before a story leaves the organisation."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS
from tests.browser.table import Seat
from tests.browser.test_journey import fits

pytestmark = pytest.mark.slow
LIST = "/rondes/weverskwartier/verhalen/"
FIELD = "Wat is er in de buurt verteld of gezien?"
REFUSED = "Volgens Fatima van der Berg is het plein te donker. Haar bsn is 123456782."
ASKED = "Volgens Fatima van der Berg is het plein te donker, {width} stappen lang."
TICK = "Ik heb dit gecontroleerd: er is niemand in te herkennen"


@pytest.mark.parametrize("width", [WIDTHS["phone"]])
def test_a_story_is_marked_ticked_and_looked_at_by_a_colleague(
    open_page: Callable[..., Page],
    accessible: Callable[[Page], None],
    look: Callable[[Page, str], None],
    foreseen: set[str],
    width: int,
) -> None:
    foreseen.add("error: Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)")
    text = ASKED.format(width=width)

    def seen(name: str, page: Page) -> None:
        fits(page)
        accessible(page)
        look(page, f"{name}-{width}")

    writer = Seat(open_page(width=width), "samira", lambda page: None)
    writer.go(f"{LIST}nieuw/")
    writer.answer({FIELD: REFUSED, "De kerngroep van deze ronde": ""}, "Verhaal toevoegen", to="/nieuw/")
    writer.reads("Hier staat een burgerservicenummer. Haal dat weg.")
    expect(writer.main.locator("mark")).to_have_text(["Fatima van der Berg", "123456782"])
    expect(writer.main.get_by_label(FIELD)).to_have_value(REFUSED)
    seen("geweigerd", writer.page)

    writer.answer({FIELD: text}, "Verhaal toevoegen", to="/nieuw/")
    expect(writer.main.locator("mark")).to_have_text(["Fatima van der Berg"])
    seen("gevraagd", writer.page)
    writer.answer({TICK: ""}, "Verhaal toevoegen", to="/verhalen/$")
    expect(writer.page.get_by_text("Uw verhaal wacht op controle door een collega.")).to_be_visible()
    seen("wacht", writer.page)

    colleague = Seat(open_page(width=width), "noor", lambda page: None)
    colleague.go("/te-bekijken/")
    colleague.reads(text)
    seen("te-bekijken", colleague.page)
    colleague.main.get_by_role("link", name=re.compile(f"Bijdrage bekijken.*{text[:20]}")).click()
    expect(colleague.main.locator("mark")).to_have_text(["Fatima van der Berg"])
    seen("bekijk", colleague.page)
    colleague.answer({"Nee, ik heb dit gecontroleerd": ""}, "Opslaan", to="/te-bekijken/$")
    expect(colleague.page.get_by_text("De bijdrage is gedeeld met de gekozen lezers.")).to_be_visible()

    writer.go(LIST)
    expect(writer.main.get_by_text("Een collega controleert dit eerst op herkenbare personen.")).to_have_count(0)
    writer.reads(text)
