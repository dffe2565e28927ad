"""A list that takes too long for a page: it is there at once, says how far its advice is, and leads on by itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.table import Seat
from tests.browser.test_journey import regarded
from tests.browser.test_placing import sent
from tests.method.placings import Tables
from tests.placing.cases import agreed, invented

pytestmark = pytest.mark.slow
PATIENCE = 120_000


def woven() -> Tables:
    """Return the sheets of a list in which agreements cut across, just too large for a page."""
    tables = agreed(invented(1, 60, 54, buurten=14, crowd=1, share=1.0), 1)
    cells = {name: [list(rows[0]), *(list(row.values()) for row in rows)] for name, rows in tables.items() if rows}
    return {
        name.removesuffix(".csv"): [(at, [str(cell) for cell in row]) for at, row in enumerate(rows, start=1)]
        for name, rows in cells.items()
    }


def read_in(desk: Seat, title: str) -> None:
    """Send the list, and see that it is there while its advice is made."""
    desk.go("/plaatsen/nieuw/")
    desk.page.get_by_label("Naam van de plaatsingsronde").fill(title)
    desk.page.get_by_label("Bestand").set_input_files(sent("verweven", woven()))
    desk.press("Lees het bestand", to=r"/plaatsen/\d+/$")
    desk.reads("60 huishoudens, 54 woningen")
    assert "dit is het eerste advies." not in desk.page.content()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_first_advice_comes_by_itself(
    open_page: Callable[..., Page], accessible: Callable[[Page], None], look: Callable[[Page, str], None], width: int
) -> None:
    def seen(page: Page) -> None:
        page.evaluate("window.stop()")  # else it asks itself anew while it is looked at
        regarded(page, f"plaatsen-naast-{Path(page.url).name}-{width}", accessible, look)

    desk = Seat(open_page(width=width), "pim", seen)
    read_in(desk, f"Verweven {width}")
    desk.page.reload()
    expect(desk.main.get_by_role("table", name="Voorstellen")).to_be_visible(timeout=PATIENCE)
    expect(desk.page.get_by_role("status")).to_contain_text("dit is het eerste advies.")


def test_without_javascript_a_decision_is_there_at_once_and_the_new_advice_follows(
    open_page: Callable[..., Page],
) -> None:
    desk = Seat(open_page(javascript=False), "pim", lambda page: None)
    read_in(desk, "Verweven zonder")
    expect(desk.main.get_by_role("table", name="Voorstellen")).to_be_visible(timeout=PATIENCE)
    desk.follow("Voorstel vastzetten en nieuw advies vragen")
    desk.press("Voorstel vastzetten", to=r"/plaatsen/\d+/$")
    expect(desk.page.get_by_role("status")).to_contain_text("Er wordt nu een nieuw advies berekend.")
    desk.main.get_by_role("link", name="Berekening volgen").click()
    expect(desk.page.get_by_role("status")).to_contain_text(
        "Het nieuwe advies is klaar en u ziet het hieronder.", timeout=PATIENCE
    )
    desk.follow("Alle besluiten")
    desk.reads("vastgezet")
