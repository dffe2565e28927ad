"""Placing by hand: read a list, ask why not, lock, reject, choose otherwise, look twice, decide, and print it."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from buurtbalans.site.demo.placing import case
from tests.browser.table import Seat
from tests.browser.test_journey import regarded
from tests.method.placings import Tables, workbook
from tests.method.test_placing_plans import crowded

pytestmark = pytest.mark.slow
REFUSED = "error: Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)"
WHY = "Dicht bij het werk van de oudste."


class Desk(Seat):
    """Somebody at the desk of placing: opens a household, and decides about it."""

    def proposed(self) -> Iterator[tuple[str, Locator]]:
        """Yield the households of the table that nobody decided about, each with its row."""
        for row in self.main.get_by_role("table", name="Voorstellen").get_by_role("row").all()[1:]:
            if re.search("nog geen besluit|nu geopend", row.inner_text()):
                yield row.get_by_role("link").first.inner_text(), row

    def open(self) -> str:
        """Open the first household that nobody decided about; return its number."""
        household, row = next(self.proposed())
        row.get_by_role("link").first.click()
        expect(self.main.get_by_role("heading", level=2, name=household)).to_be_visible()
        self._arrived()
        return household

    def stands(self, household: str, words: str) -> None:
        """Hold what was decided about a household, as the log tells it."""
        self.follow("Alle besluiten")
        row = self.main.get_by_role("row", name=re.compile(household)).last
        expect(row).to_contain_text(words)
        self.page.go_back()
        self._arrived()


def sent(name: str, sheets: Tables) -> dict[str, object]:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": f"{name}.xlsx", "mimeType": kind, "buffer": workbook(sheets)}


def sheets() -> Tables:
    return {name: list(enumerate(rows, start=1)) for name, rows in case().items()}


def read_in(desk: Desk, title: str) -> str:
    """Send a list that has a name in it, and then the right one; return the address of its page."""
    desk.go("/plaatsen/")
    desk.follow("Plaatsingsronde inlezen")
    wrong = sheets()
    wrong["households"][1][1][0] = "jansen12"
    for tables, to in ((wrong, "/nieuw/$"), (sheets(), r"/plaatsen/\d+/$")):
        desk.page.get_by_label("Naam van de plaatsingsronde").fill(title)
        desk.page.get_by_label("Bestand").set_input_files(sent("week", tables))
        desk.press("Lees het bestand", to=to)
        if tables is wrong:
            desk.reads("Dit bestand telt nog niet mee in de cijfers.", "Dit lijkt op een naam.")
    desk.reads("24 huishoudens, 31 woningen")
    return desk.page.url


def unfold(desk: Desk, words: str) -> None:
    """Open what is folded on a phone, and stands open on a laptop with nothing to fold."""
    fold = desk.main.get_by_text(words)
    if fold.is_visible():
        fold.click()


def ask_why_not(desk: Desk) -> None:
    """Ask about a home that is not the proposal, and read what it costs or what rules it out."""
    unfold(desk, "Waarom geen andere woning?")
    choice = desk.main.get_by_label("Andere woning")
    choice.select_option(index=5)
    asked = choice.input_value()
    desk.main.get_by_role("button", name="Gevolgen bekijken", exact=True).click()
    expect(desk.page).to_have_url(re.compile(f"waarom={asked}"))
    desk.reads(f"({asked})")


def choose_otherwise(desk: Desk) -> str:
    """Take another home than was proposed: the one that fits best of those that can be."""
    household = desk.open()
    desk.follow("Andere woning kiezen")
    homes, batch = desk.main.get_by_label("Welke woning kiest u?"), desk.page.url.partition(f"{household}/")[0]
    assert homes.locator("option").count() > 1
    desk.reads("zijn niet mogelijk")
    desk.main.get_by_label("Waarom?").fill(WHY)
    desk.press("Andere woning kiezen", to=batch)
    desk.reads(f"heeft voor {household} een andere woning gekozen")
    return household


def hold_and_undo(desk: Desk) -> str:
    """Hold a household, and take that back at once."""
    household, batch = desk.open(), desk.page.url.partition("?")[0]
    desk.follow("Later beslissen")
    desk.press("Later beslissen", to=batch)
    with desk.page.expect_navigation():
        desk.page.get_by_role("status").get_by_role("button", name="Ongedaan maken").click()
    desk.stands(household, "ongedaan gemaakt door Pim")
    return household


def choose_itself(desk: Desk) -> str:
    """Let a household choose from the homes that are offered beside its proposal; then close the list, and open it."""
    batch = desk.page.url.partition("?")[0]
    desk.go(f"{batch}?alle=1")
    for household in [household for household, _row in desk.proposed()]:
        desk.page.goto(f"{batch}?huishouden={household}")
        if desk.main.get_by_role("button", name="Keuze vastleggen").count():
            break
    desk.go(desk.page.url)
    desk.press("Keuze vastleggen", to=batch)
    desk.stands(household, "gekozen door het huishouden")
    desk.press("Plaatsingsronde afronden", to=f"{batch}afronden/")  # not everything is decided
    desk.press("Plaatsingsronde afronden", to=f"{batch}$")
    desk.press("Plaatsingsronde heropenen", to=batch)
    return household


@pytest.mark.parametrize("width", [360, 1280])
def test_from_a_list_to_a_decision(
    open_page: Callable[..., Page],
    accessible: Callable[[Page], None],
    look: Callable[[Page, str], None],
    foreseen: set[str],
    width: int,
) -> None:
    foreseen.add(REFUSED)
    at = iter(range(100))

    def seen(page: Page) -> None:
        regarded(page, f"plaatsen-{next(at):02d}", accessible, look)

    pim = Desk(open_page(width=width), "pim", seen)
    batch = read_in(pim, f"Week 49, {width}")
    held = hold_and_undo(pim)
    locked = pim.open()
    ask_why_not(pim)
    pim.follow("Voorstel vastzetten en nieuw advies vragen")
    pim.press("Voorstel vastzetten", to=batch)
    pim.stands(locked, "vastgezet")
    rejected = pim.open()
    pim.follow("Woning afwijzen en nieuw advies vragen")
    pim.press("Woning afwijzen", to=batch)
    pim.stands(rejected, "woning afgewezen")
    chosen = choose_otherwise(pim)
    tess = Desk(open_page(width=width), "tess", seen)
    tess.go(batch)
    tess.follow(re.compile(f"Nakijken.*{chosen}"))
    tess.reads(WHY)
    tess.answer({"ja, dit besluit geldt": "", "Waarom?": "Ik zie dat ook zo."}, "Vastleggen", to=batch)
    pim.go(batch)
    taken = pim.open()
    pim.press("Voorstel overnemen", to=batch)
    pim.stands(taken, "akkoord")
    chose = choose_itself(pim)
    pim.follow("Alle besluiten")
    paper = PdfReader(io.BytesIO(pim.page.pdf(prefer_css_page_size=True)))
    said = " ".join(page.extract_text() for page in paper.pages)
    for household in (held, locked, rejected, chosen, taken, chose):
        assert household in said
    assert WHY.split()[-1] in said


def choose_plans(desk: Desk, title: str) -> None:
    """Read a list of which the plans differ, take another plan, and then the first again."""
    desk.go("/plaatsen/")
    desk.follow("Plaatsingsronde inlezen")
    desk.page.get_by_label("Naam van de plaatsingsronde").fill(title)
    desk.page.get_by_label("Bestand").set_input_files(sent("druk", crowded()))
    desk.press("Lees het bestand", to=r"/plaatsen/\d+/$")
    batch = desk.page.url
    desk.follow("Andere varianten bekijken")
    desk.follow(re.compile("Variant gebruiken"))
    desk.answer({"Waarom?": "De buurten vroegen om rust."}, "Variant gebruiken", to=batch)
    expect(desk.page.get_by_role("status")).to_contain_text("Het advies volgt nu deze variant.")
    desk.follow("Andere varianten bekijken")
    desk.reads("De buurten vroegen om rust.")
    desk.follow(re.compile("Beste totaal"))
    desk.answer({"Waarom?": "Toch samen."}, "Variant gebruiken", to=batch)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_beside_the_advice(
    open_page: Callable[..., Page],
    accessible: Callable[[Page], None],
    look: Callable[[Page, str], None],
    width: int,
) -> None:
    def seen(page: Page) -> None:
        regarded(page, f"plaatsen-{Path(page.url.partition('?')[0]).name}", accessible, look)

    pim = Desk(open_page(width=width), "pim", seen)
    pim.go("/plaatsen/")
    pim.follow(re.compile("Week 48"))
    batch = pim.page.url
    pim.reads("Deze huishoudens wachten langer:")
    pim.follow("Woningen aanvragen")
    pim.reads("Zonder keuze vooraf", "Met deze aanvraag", "Aanvraag per corporatie en buurt")
    asked = pim.main.get_by_role("table").inner_text()
    assert "Wonen Waterdam" in asked
    assert "Haven Wonen" in asked
    pim.go(batch)
    pim.follow("Andere varianten bekijken")
    pim.reads("Beste totaal", "Plaatsingsruimte eerst", "hetzelfde advies")
    choose_plans(pim, f"Druk {width}")
    pim.go(batch)
    for link, words in (
        ("Knelpunten", "Meeste winst van één extra plaats"),
        ("Uitleg van het advies", "Gegevens die het advies niet gebruikt"),
    ):
        pim.follow(link)
        pim.reads(words)
        pim.go(batch)
    pim.follow("Printversie")
    paper = PdfReader(io.BytesIO(pim.page.pdf(prefer_css_page_size=True)))
    said = " ".join(page.extract_text() for page in paper.pages)
    assert len(set(re.findall(r"H-\d{4}", said))) == 24, "every household stands on paper"
    assert [round(float(side)) for side in paper.pages[0].mediabox[2:]] == [595, 842]


def test_a_corporation_sees_its_homes_and_a_colleague_only_bands(
    open_page: Callable[..., Page],
    accessible: Callable[[Page], None],
    look: Callable[[Page, str], None],
    foreseen: set[str],
) -> None:
    foreseen.add(REFUSED)

    def seen(page: Page) -> None:
        regarded(page, f"plaatsen-{Path(page.url).name}", accessible, look)

    pim = Desk(open_page(), "pim", lambda page: None)
    batch = read_in(pim, "Week 50")
    own = {cells[0] for _line, cells in sheets()["homes"][1:] if cells[2] == "wonen-waterdam"}
    fatima = Seat(open_page(width=360), "fatima", seen)
    fatima.go(batch)
    told = fatima.main.inner_text()
    assert set(re.findall(r"W-\d+", told)) == own
    assert not re.search(r"H-\d", told)
    samira = Seat(open_page(), "samira", seen)
    samira.go(batch)
    samira.reads("alleen zichtbaar voor plaatsingscoördinatoren.")
    told = samira.page.content()
    assert not re.search(r"[HW]-\d{4}", told)
    assert not re.search(r"\d+ (huishoudens|woningen|voorstellen)", told)
