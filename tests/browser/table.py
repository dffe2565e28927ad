"""People around one table in a running demo: each has a browser, fills in forms by their labels and presses buttons."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from playwright.sync_api import Locator, Page, expect

from buurtbalans.site.demo.people import PEOPLE

ACCOUNTS: Final = {who.username: who for who in PEOPLE}
Seen = Callable[[Page], None]


def enter(page: Page, username: str) -> None:
    """Sign in with the account of an invented person, as on any site."""
    page.goto("/inloggen/")
    page.get_by_label("Gebruikersnaam").fill(username)
    page.get_by_label("Wachtwoord").fill(ACCOUNTS[username].password)
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()
    expect(page).not_to_have_url(re.compile("/inloggen/"))
    page.wait_for_load_state()


class Seat:
    """Somebody at the table: goes, reads, answers and presses; what is seen on the way is told."""

    def __init__(self, page: Page, username: str, seen: Seen) -> None:
        self.page, self.seen = page, seen
        self.name = ACCOUNTS[username].first_name
        enter(page, username)

    @property
    def main(self) -> Locator:
        """What stands on the page, without the frame around it."""
        return self.page.locator("#inhoud, main").first

    def go(self, address: str) -> None:
        """Open an address."""
        self.page.goto(address)
        self._arrived()

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Click the first link with a name, and come to another page."""
        before = self.page.url
        self.main.get_by_role("link", name=name).first.click()
        expect(self.page).not_to_have_url(before)
        self._arrived()

    def press(self, name: str, *, to: str) -> None:
        """Press a button, and come to the address that ends so."""
        with self.page.expect_navigation():
            self.main.get_by_role("button", name=name).first.click()
        expect(self.page).to_have_url(re.compile(to))
        self._arrived()

    def answer(self, answers: Mapping[str, str], button: str, *, to: str) -> None:
        """Fill in a form by its labels, and send it."""
        for label, value in answers.items():
            self._fill(label, value)
        self.press(button, to=to)

    def reads(self, *texts: str) -> None:
        """Hold that each text stands on the page."""
        for text in texts:
            expect(self.main.get_by_text(text).first).to_be_visible()

    def _fill(self, label: str, value: str) -> None:
        if not value:
            self.main.get_by_label(label).first.check()
            return
        field = self.main.get_by_label(label).first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)

    def _arrived(self) -> None:
        self.page.wait_for_load_state()
        expect(self.page.locator("h1").first).to_be_visible()
        self.seen(self.page)
