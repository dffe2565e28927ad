"""A week that looks ahead, by hand: what to give and what to keep, followed in one step and taken back in one."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.table import Seat
from tests.browser.test_journey import regarded
from tests.browser.test_placing import REFUSED, Desk, read_in

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("width", [360, 1280])
def test_a_week_is_read_followed_and_taken_back(
    open_page: Callable[..., Page],
    accessible: Callable[[Page], None],
    look: Callable[[Page, str], None],
    foreseen: set[str],
    width: int,
) -> None:
    foreseen.add(REFUSED)
    at = iter(range(100))

    def seen(page: Page) -> None:
        regarded(page, f"week-{width}-{next(at):02d}", accessible, look)

    pim = Desk(open_page(width=width), "pim", seen)
    batch = read_in(pim, f"Vooruit, {width}")
    pim.follow("Deze week")
    pim.reads("U verwacht 18 huishoudens en 28 woningen", "één mogelijke toekomst", "Vrijhouden")
    week = pim.page.url
    shown = pim.main.get_by_role("heading", level=1).inner_text()
    assert re.fullmatch(r"Nu \d+ woningen toewijzen, \d+ woningen vrijhouden", shown)
    pim.page.locator("details.open-dicht > summary").last.click()
    seen(pim.page)
    pim.press("Advies voor deze week overnemen", to=batch)
    expect(pim.page.get_by_role("status")).to_contain_text(re.compile(r"\d+ voorstellen zijn vastgezet\."))
    pim.follow("Deze week")
    pim.reads("heeft het advies voor een week overgenomen")
    expect(pim.main.get_by_role("button", name="Advies voor deze week overnemen")).to_have_count(0)
    pim.press("Hele week ongedaan maken", to=week)
    expect(pim.page.get_by_role("status")).to_contain_text("besluiten zijn ongedaan gemaakt.")
    expect(pim.main.get_by_role("heading", level=1)).to_have_text(shown)
    fatima = Seat(open_page(width=width), "fatima", seen)
    answer = fatima.page.request.get(week)
    assert answer.status == 403, "a corporation sees only its own homes"
