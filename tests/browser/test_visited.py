"""A map keeps its colours for somebody who was there before: browsers treat links that were visited differently."""

import shutil
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import CHROMIUM, WIDTHS

pytestmark = pytest.mark.slow
ADDRESS = "/kaart/?indicator=safe_in_evening"


def colour(page: Page, x: float, y: float) -> tuple[int, ...]:
    """Return the red, green and blue of one pixel of the screen, out of a picture of one pixel."""
    png = page.screenshot(clip={"x": x, "y": y, "width": 1, "height": 1})
    start = png.index(b"IDAT")
    length = int.from_bytes(png[start - 4 : start], "big")
    return tuple(zlib.decompress(png[start + 4 : start + 4 + length])[1:4])


def test_an_area_that_was_clicked_keeps_its_colour(browser: Browser, site: str, tmp_path: Path) -> None:
    program = next(filter(None, map(shutil.which, CHROMIUM)))
    size = {"width": WIDTHS["laptop"], "height": 1200}
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=program, args=["--disable-gpu"], viewport=size
    )
    try:
        page = context.new_page()
        page.goto(site + ADDRESS)
        area = page.locator("svg.kaart a").filter(has_text="Weverskwartier").first
        box = area.bounding_box()
        assert box
        place = (round(box["x"] + box["width"] * 0.45), round(box["y"] + box["height"] * 0.7))
        before = colour(page, *place)
        assert before != (0, 0, 0)
        area.click()
        page.wait_for_url("**gekozen=**")
        page.goto(site + ADDRESS)
        assert colour(page, *place) == before
    finally:
        context.close()
