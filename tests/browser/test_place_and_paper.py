"""The map of a form: a click and a drag choose a place, a keyboard types it; and a sheet is one A4."""

import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import WIDTHS
from tests.browser.test_journey import fits, sign_in
from tests.site.written_places import PLACE, READ, REFUSED

pytestmark = pytest.mark.slow
FIELD = "Plek op de kaart"


def open_form(page: Page) -> None:
    """Open the form of the first effort of the plan that may be changed."""
    page.goto("/rondes/weverskwartier/plan/")
    page.locator('main a[href$="/aanpassen/"][href*="/afspraken/"]').first.evaluate("link => link.click()")
    expect(page.get_by_label(FIELD)).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_place_is_clicked_dragged_or_typed(
    open_page: Callable[..., Page], accessible: Callable[[Page], None], width: int
) -> None:
    page = open_page(width=width)
    sign_in(page)
    open_form(page)
    fits(page)
    accessible(page)
    field, drawing, dot = page.get_by_label(FIELD), page.locator("plek-kiezer svg"), page.locator(".plek--te-kiezen")
    drawing.scroll_into_view_if_needed()
    drawing.click()  # its middle, which is that of the neighbourhood
    expect(field).to_have_value(re.compile(r"^5\d\.\d{5}, \d\.\d{5}$"))
    clicked, box = field.input_value(), dot.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y - 10, steps=3)
    page.mouse.up()
    north, east = map(float, field.input_value().split(", "))
    assert (north, east) > tuple(map(float, clicked.split(", ")))
    field.press("ControlOrMeta+a")
    page.keyboard.type(clicked)
    back = dot.bounding_box()
    assert back
    assert abs(back["x"] - box["x"]) < 2
    page.keyboard.press("Enter")
    expect(page.get_by_text("De wijzigingen in de actie zijn opgeslagen.")).to_be_visible()
    expect(page).to_have_url(re.compile("#afspraak-"))


def test_the_map_reads_a_place_as_the_server_does(page: Page) -> None:
    sign_in(page)
    open_form(page)
    field, dot = page.get_by_label(FIELD), page.locator(".plek--te-kiezen")
    field.fill(f"{PLACE[1]}, {PLACE[0]}")
    there = dot.get_attribute("cx"), dot.get_attribute("cy")
    assert there[0] != "-99"
    for text, seen in (*((text, True) for text in READ), *((text, False) for text in REFUSED)):
        field.fill("")
        assert dot.get_attribute("cx") == "-99"
        field.fill(text)
        assert ((dot.get_attribute("cx"), dot.get_attribute("cy")) == there) is seen, text
        assert (dot.get_attribute("cx") != "-99") is seen, text


def test_the_picture_is_one_a4_as_the_browser_prints_it(page: Page) -> None:
    sign_in(page)
    page.goto("/rondes/weverskwartier/beeld/")
    (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842]
    assert "verzonnen stad" in sheet.extract_text()  # the last words of the sheet


@pytest.mark.parametrize("address", ["/buurt/2025/BU99990501/overzicht/", "/gebied/rond-het-station/overzicht/"])
def test_the_start_overview_is_one_a4(page: Page, address: str) -> None:
    sign_in(page)
    page.goto(address)
    (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842]
    assert "verzonnen" in sheet.extract_text()
