"""The pages that are open to everybody, and those of a round and its figures as who works with them sees them.

Each fits at three widths, and axe finds nothing.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS
from tests.browser.table import enter
from tests.browser.test_journey import Check, Look, fits

pytestmark = pytest.mark.slow

NO_NAME: Final = re.compile(r"\W+")
ROUND: Final = "/rondes/weverskwartier/"
DONE: Final = "/rondes/oude-werf/"
GUIDED: Final = (
    "",
    "aanpassen/",
    "in-het-kort/",
    "team/",
    "team/overdragen/",
    "groepjes/nieuw/",
    "groepjes/1/",
    "bijeenkomsten/",
    "bijeenkomsten/1/",
    "bijeenkomsten/nieuw/",
    "punten/0/",
    "punten/3/",
    "voor-later/",
    "voor-later/nieuw/",
    "afronden/",
    "stap/1/",
    "stap/2/",
    "stap/3/",
    "stap/4/",
    "stap/5/",
    "stap/6/",
    "uitspraken/2/",
    "vragen/nieuw/",
    "vragen/1/",
    "afspraak/",
    "afspraak/stoppen/",
    "beeld/",
    "beeld/keuze/",
    "beeld/keuze/punten/",
    "beeld/keuze/vragen/nieuw/",
    "beeld/versies/1/reactie/",
    "plan/voorwaarden/nieuw/",
    "draagkracht/",
    "draagkracht/nieuw/",
    "draagkracht/2/opnieuw/",
    "draagkracht/steun/nieuw/",
    "draagkracht/steun/1/",
    "prullenbak/",
    "kaart/?deel=avond&kies=verhaal-2",
    "kaart/plekken/",
    "kaart/plekken/bestand/",
    "gevoelens/",
    "beeld/versies/1/openbaar/",
)
PAGES: Final = {
    "": [
        "/",
        "/kaart/?niveau=wijk",
        "/leren/",
        "/bouwstenen/",
        "/zoek/?q=qqqq",
        "/inloggen/",
        "/wat-werkt/",
        "/cijfers/catalogus/?thema=wonen",
        "/cijfers/catalogus/population/",
        "/gebied/weverskwartier/overzicht/",
        "/balans/",
        "/buurt/2025/GM9999/gewichten/?gewichten=green_near-0",
        f"{DONE}beeld/openbaar/",
    ],
    "samira": ["/mijn-buurten/", "/rondes/nieuw/", *(ROUND + path for path in GUIDED), f"{DONE}beeld/"],
    "noor": [DONE, f"{DONE}evaluatie/", f"{DONE}vervolg/"],
    "fatima": [f"/cijfers/aanleveren/{path}" for path in ("", "nieuw/", "2/", "2/delen/")]
    + [f"{DONE}beeld/versies/1/openbaar/", f"{DONE}beeld/versies/1/"],
    "kees": [ROUND, f"{ROUND}bijeenkomsten/", f"{ROUND}stap/2/", f"{ROUND}plan/"],
    "pim": ["/plaatsen/", "/plaatsen/1/ruimte/", *(f"/plaatsen/eerlijkheid/{path}" for path in ("", "nieuw/", "1/"))],
    "daan": ["/cijfers/", "/cijfers/aanleveren/"],
}


def held(page: Page, addresses: Sequence[str], accessible: Check, look: Look) -> list[str]:
    """Open each page, hold it to every width, and return what is wrong with any of them."""
    wrong = []
    for number, address in enumerate(addresses):
        answer = page.goto(address)
        assert answer
        assert answer.status == 200, address
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        for name, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            look(page, f"pagina-{NO_NAME.sub('-', address).strip('-')}-{width}")
            # Axe takes longest: it looks at a page at one width, in turn; on a projector it sees what a laptop shows.
            for holds in (fits, accessible) if name == ("phone", "laptop")[number % 2] else (fits,):
                try:
                    holds(page)
                except AssertionError as fault:  # told at the end, all together
                    wrong.append(f"{width} px: {fault}")
    return wrong


@pytest.mark.parametrize("username", PAGES, ids=lambda name: name or "anybody")
def test_every_page_is_worth_showing(
    open_page: Callable[..., Page], accessible: Check, look: Look, username: str
) -> None:
    page = open_page()
    if username:
        enter(page, username)
    assert held(page, PAGES[username], accessible, look) == []


def test_a_page_that_does_not_fit_is_told(page: Page, accessible: Check, look: Look) -> None:
    page.goto("/leren/")
    page.add_init_script("addEventListener('load', () => document.querySelector('main').style.width = '3000px')")
    assert [fault[:3] for fault in held(page, ["/leren/"], accessible, look)] == ["360", "128", "192"]
