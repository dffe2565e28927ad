"""A map keeps its colours for somebody who was there before: browsers treat links that were visited differently."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import CHROMIUM, WIDTHS

pytestmark = pytest.mark.slow
ADDRESS = "/kaart/?indicator=safe_in_evening"


def spot(page: Page, x: float, y: float) -> bytes:
    """Return a picture of a small spot of the screen: equal bytes are equal colours."""
    return page.screenshot(clip={"x": x, "y": y, "width": 6, "height": 6})


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
        before = spot(page, *place)
        area.click()
        page.wait_for_url("**gekozen=**")
        page.goto(site + ADDRESS)
        assert spot(page, *place) == before
    finally:
        context.close()
