"""The main tasks of a round by keyboard only: start, sign, tell, bring in, judge, draw and agree, promise, say yes."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.table import Seat

pytestmark = pytest.mark.slow

CLAIM = "Langs de polder loopt na het werk niemand meer"
STORY = "Na het eten is het pad leeg. Vroeger liepen wij met zijn tienen."
MOST = 220  # keys from the top of a page to its last button
SHOWN = """field => { const seen = getComputedStyle(field);
    return seen.outlineStyle !== 'none' || seen.boxShadow !== 'none' }"""


class Keys(Seat):
    """Somebody who has no mouse: every field, link and button is reached with Tab, and its focus shows."""

    def follow(self, name: str | re.Pattern[str]) -> None:
        before = self.page.url
        self._reach(self.main.get_by_role("link", name=name).first)
        self.page.keyboard.press("Enter")
        expect(self.page).not_to_have_url(before)
        self._arrived()

    def press(self, name: str, *, to: str) -> None:
        self._reach(self.main.get_by_role("button", name=name).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        expect(self.page).to_have_url(re.compile(to))
        self._arrived()

    def _fill(self, label: str, value: str) -> None:
        field = self.main.get_by_label(label).first
        kind = field.get_attribute("type")
        if kind == "radio":
            self._choose(field)
            return
        self._reach(field)
        if kind == "checkbox":
            self.page.keyboard.press("Space")
            expect(field).to_be_checked()
        else:
            self.page.keyboard.type(value)

    def _choose(self, radio: Locator) -> None:
        """Go into the group with Tab, and through it with the arrows."""
        name = radio.get_attribute("name")
        self._tab(lambda: self.page.evaluate("document.activeElement.name") == name)
        self.page.keyboard.press("Space")
        for _step in range(MOST):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {radio}")

    def _reach(self, target: Locator) -> None:
        self._tab(lambda: target.evaluate("field => field === document.activeElement"))
        assert target.evaluate(SHOWN), f"the focus does not show on {target}"

    def _tab(self, there: Callable[[], bool]) -> None:
        for _key in range(MOST):
            if there():
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"not reached with Tab on {self.page.url}")


def start(keys: Keys) -> str:
    """Start a round and return its address."""
    keys.go("/rondes/")
    keys.follow("Ronde starten")
    keys.answer(
        {"Welke buurt?": "Polderrand", "Wat is de vraag?": "Wie loopt hier?", "Waarom beginnen we nu?": "Het is leeg."},
        "Ronde starten",
        to="/rondes/polderrand",
    )
    return "/rondes/" + keys.page.url.partition("/rondes/")[2].partition("/")[0] + "/"


def sign(keys: Keys, root: str) -> None:
    """Write the agreement, lay it before all, promise something and sign."""
    keys.go(f"{root}afspraak/")
    keys.follow("Afspraak schrijven")
    day = f"0505{date.today().year + 1}"  # the same in every order of day and month
    keys.answer({"Tot en met wanneer?": day}, "Tekst opslaan", to="/afspraak/")
    keys.go(f"{root}afspraak/")
    keys.press("Tekst voorleggen", to="/afspraak/$")
    keys.follow("Toezegging toevoegen")
    keys.answer({"Wat deelt uw organisatie?": "Meldingen per maand"}, "Toezegging toevoegen", to="/afspraak/$")
    keys.follow("Ondertekenen")
    keys.answer({"In welke functie ondertekent u?": "gebiedsmakelaar"}, "Ondertekenen", to="/afspraak/$")
    keys.reads("ondertekend op")


def judge(keys: Keys, colleague: Keys, root: str) -> None:
    """Tell a story that a colleague looks at, bring a claim in, lay it beside, and write verdict and opinion down."""
    keys.go(f"{root}verhalen/nieuw/")
    keys.answer(
        {"Wat is er in de buurt verteld of gezien?": STORY, "De kerngroep van deze ronde": ""},
        "Verhaal toevoegen",
        to="/verhalen/",
    )
    colleague.go("/te-bekijken/")
    colleague.follow("Bijdrage bekijken")
    colleague.answer({"Nee, ik heb dit gecontroleerd": ""}, "Opslaan", to="/te-bekijken/$")
    keys.go(f"{root}stap/3/")
    keys.follow("Stelling toevoegen")
    keys.answer({"Wat is de stelling?": CLAIM}, "Stelling toevoegen", to=r"/\d+/$")
    keys.follow("Verhaal toevoegen")
    keys.answer({STORY: "", "voor de stelling": ""}, "Dit verhaal toevoegen", to=r"/uitspraken/\d+/")
    own = {"klopt": "", "Waarom vindt uw organisatie dit?": "Wij zien het elke dag."}
    keys.answer(own, "Mening opslaan", to=r"/uitspraken/\d+/")
    keys.answer({"bevestigd": "", "Waarom?": "Iedereen zegt het."}, "Conclusie vastleggen", to=r"/uitspraken/\d+/")


def agree_the_picture(keys: Keys, root: str) -> None:
    """Write a line and the sentence, lay the picture before all, give a voice and close it."""
    keys.go(f"{root}beeld/")
    keys.follow("Eerste regel schrijven")
    keys.answer({"Zorgen": "", "In één zin": "Het pad is leeg", CLAIM: ""}, "Toevoegen", to="/beeld/(#|$)")
    keys.follow("Zinnen aanpassen")
    keys.answer({"Het beeld in één zin": "Een pad zonder mensen"}, "Opslaan", to="/beeld/(#|$)")
    keys.press("Voorleggen aan de organisaties", to="/beeld/")
    keys.go(f"{root}beeld/versies/1/")
    keys.follow(re.compile("Mening van .* geven"))
    keys.answer({"eens": ""}, "Mening opslaan", to="/versies/1/")
    keys.press("Beeld vaststellen", to="/versies/1/")
    keys.reads("namens de kerngroep")


def test_a_round_is_led_without_a_mouse(open_page: Callable[..., Page]) -> None:
    keys = Keys(open_page(), "samira", lambda page: None)
    root = start(keys)
    sign(keys, root)
    judge(keys, Keys(open_page(), "noor", lambda page: None), root)
    agree_the_picture(keys, root)


def test_a_proposal_is_accepted_without_a_mouse(open_page: Callable[..., Page]) -> None:
    keys = Keys(open_page(), "lotte", lambda page: None)
    keys.go("/rondes/weverskwartier/plan/")
    before = keys.main.get_by_role("button", name="Toezeggen").count()
    assert before
    keys.press("Toezeggen", to="/plan/(#|$)")
    expect(keys.main.get_by_role("button", name="Toezeggen")).to_have_count(before - 1)


def test_a_key_that_leads_nowhere_is_told(open_page: Callable[..., Page]) -> None:
    keys = Keys(open_page(), "samira", lambda page: None)
    keys.go("/rondes/")
    with pytest.raises(AssertionError, match="not reached"):
        keys._tab(lambda: False)
