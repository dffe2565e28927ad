"""The first screen opens without a password, on every width, with and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_the_first_screen_signs_in_without_a_password(
    open_page: Callable[..., Page], accessible: Callable[[Page], None], width: int, javascript: bool
) -> None:
    page = open_page(width=width, javascript=javascript)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if javascript:
        accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name=re.compile("gebiedsmakelaar")).first.click()
    expect(page).not_to_have_url(re.compile(r":\d+/$"))
    expect(page.get_by_role("main")).to_be_visible()


def test_the_site_says_that_it_is_well(page: Page) -> None:
    answer = page.request.get("/healthz")
    assert answer.status == 200
    assert answer.json()["status"] == "ok"
