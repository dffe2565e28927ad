"""A walk along the balance: open the neighbourhood, ask why, change a weight, undo it, and share what was chosen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow
HERE = "/gebied/weverskwartier/"


def test_a_group_weighs_undoes_and_shares(open_page: Callable[..., Page], accessible: Callable[[Page], None]) -> None:
    page = open_page()
    page.goto(HERE)
    expect(page.locator(".balans .waterpas")).to_have_count(3)
    accessible(page)

    page.get_by_role("link", name="Uitkomst toelichten").click()
    expect(page.locator("#deel-safe_in_evening")).to_contain_text("van de 100 mensen voelen zich ’s avonds veilig")
    accessible(page)

    page.get_by_role("link", name="Gewichten aanpassen").click()
    choice = page.get_by_label("Veilig voelen in de avond")
    choice.focus()
    choice.select_option("2")
    expect(page).to_have_url(re.compile(r"gewichten=safe_in_evening-2$"))
    expect(page.locator(".bel--was")).to_have_count(1)
    expect(choice).to_be_focused()
    page.get_by_label("Groen op loopafstand").select_option("0")
    expect(page.get_by_role("status")).to_have_text("U hebt het gewicht van 2 onderwerpen gewijzigd.")
    accessible(page)

    page.get_by_role("link", name="Ongedaan maken").click()
    expect(page.get_by_label("Groen op loopafstand")).to_have_value("1")
    expect(page.get_by_role("link", name="Opnieuw toepassen")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Groen op loopafstand")).to_have_value("0")
    page.go_back()  # each choice has its own place in the history
    expect(page.get_by_label("Groen op loopafstand")).to_have_value("1")

    page.get_by_role("button", name="Kopiëren").click()
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    shared = page.get_by_label("Link om deze gewichten te delen").input_value()
    other = open_page(javascript=False, width=360)
    other.goto(shared)
    expect(other.get_by_label("Veilig voelen in de avond")).to_have_value("2")
    other.get_by_label("Veilig voelen in de avond").select_option("0")
    other.get_by_role("button", name="Opnieuw berekenen").click()
    expect(other.get_by_role("status")).to_have_text("U hebt het gewicht van één onderwerp gewijzigd.")
    other.get_by_role("link", name="Buurt met deze gewichten bekijken").click()
    expect(other.get_by_role("note")).to_contain_text("omdat een groep dat heeft gekozen")
    assert other.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_map_shows_a_dimension(page: Page, accessible: Callable[[Page], None]) -> None:
    page.goto("/kaart/")
    page.get_by_label("Vraag").select_option("balans-liveability")
    expect(page.locator(".kaarttabel--balans tbody tr").first).to_be_visible()
    page.locator(".kaarttabel--balans tbody a").first.click()
    expect(page.locator("#gekozen")).to_contain_text("zwakker")
    accessible(page)
