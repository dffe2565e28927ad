"""A feeling on a phone: two screens, one person after the other; the team sees it, the ring sees fields alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import WIDTHS
from tests.browser.test_journey import fits, sign_in

pytestmark = pytest.mark.slow
PAGE = "/rondes/weverskwartier/gevoelens/"


def place(page: Page) -> None:
    """Shift the map under the pin once."""
    page.get_by_role("application").press("ArrowUp")


def seen_above(told: Locator, further: Locator) -> None:
    """See that the button at the thumb does not lie over what is wrong."""
    words, button = told.bounding_box(), further.bounding_box()
    assert words
    assert button
    assert 0 <= words["y"] < words["y"] + words["height"] <= button["y"]


def test_a_feeling_in_two_screens_and_another_of_the_same_person(
    open_page: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    page = open_page(width=WIDTHS["phone"])
    sign_in(page)
    page.goto(f"{PAGE}nieuw/")
    fits(page)
    accessible(page)
    further = page.get_by_role("button", name="Verder", exact=True)
    further.click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Schuif de kaart")
    seen_above(told, further)
    expect(page.get_by_role("application")).to_be_focused()
    page.get_by_role("button", name="Plek kiezen").click()
    expect(page.get_by_role("button", name="Plek kiezen")).to_be_hidden()
    further.click()
    expect(told).to_contain_text("Kies het gevoel dat bij deze plek past")
    seen_above(told, further)
    page.get_by_text("’s avonds").click()
    page.locator(".gevoel-keuzes").get_by_text("bang").click()
    further.click()
    expect(page.locator("[data-samen]")).to_contain_text("op ongeveer 100 meter")
    fits(page)
    accessible(page)
    page.get_by_role("button", name="Op de kaart tonen").click()
    expect(page.get_by_text("Deze persoon heeft één gevoel op de kaart gezet.")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Nog een gevoel van deze persoon").click()
    place(page)
    page.locator(".gevoel-keuzes").get_by_text("blij").click()
    further.click()
    page.get_by_role("button", name="Op de kaart tonen").click()
    expect(page.get_by_text("Deze persoon heeft 2 gevoelens op de kaart gezet.")).to_be_visible()


def test_without_javascript_the_same_form_stands_on_one_page(open_page: Callable[..., Page]) -> None:
    page = open_page(width=WIDTHS["phone"], javascript=False)
    sign_in(page)
    page.goto(f"{PAGE}nieuw/")
    page.get_by_label("Plek op de kaart").fill("52.2011, 5.2003")
    page.locator(".gevoel-keuzes").get_by_text("veilig").click()
    page.get_by_role("button", name="Op de kaart tonen").click()
    expect(page).to_have_url(re.compile("/gezet/$"))


@pytest.mark.parametrize("width", [WIDTHS["phone"]])
def test_the_pages_of_feelings_and_ratings_fit_and_are_accessible(
    open_page: Callable[..., Page], accessible: Callable[[Page], None], width: int
) -> None:
    page = open_page(width=width)
    sign_in(page)
    for path in (
        PAGE,
        f"{PAGE}?deel=avond",
        f"{PAGE}laat-zien/",
        "/rondes/weverskwartier/waardering/",
        "/rondes/weverskwartier/waardering/nieuw/",
        "/rondes/oude-werf/waardering/",
    ):
        page.goto(path)
        fits(page)
        accessible(page)
