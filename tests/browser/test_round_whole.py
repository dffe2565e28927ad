"""Five people of five organisations go through a round: from the start to the agreed plan, and back to its reasons."""

import re
import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.table import Seat
from tests.browser.test_journey import Check, Look, fits

pytestmark = pytest.mark.slow

QUESTION = "Hoe leren nieuwe buren elkaar kennen?"
CLAIM = "Nieuwe buren kennen hier nog bijna niemand"
STORY = "Wij wonen hier een jaar. In de lift zegt iedereen hallo, maar ik ken geen naam."
DISSENT = "In onze portieken kennen mensen elkaar juist wel."
RESULT = "Meer mensen kennen iemand die helpt"
NUMBERS = re.compile(r"\d+")
SMALL = ("team", "afspraak", "uitspraken/N", "beeld", "keuze", "plan", "tekenen", "versies/N")  # also at 360 px
FOUR = {
    "fatima": "Wonen Waterdam",
    "joris": "Buurtteam Molenveld",
    "amina": "Zorggroep De Brug",
    "ruben": "Werk en Inkomen",
}
PLEDGES = {
    "samira": "Meldingen over overlast, per maand",
    "fatima": "Aantal verhuizingen per jaar",
    "joris": "Aantal hulpvragen per maand",
    "amina": "Aantal mensen met begeleiding",
    "ruben": "Aantal mensen met een uitkering",
}


class Looking:
    """Looks at every kind of page once: axe finds nothing, it fits, and some kinds fit on a phone too."""

    def __init__(self, accessible: Check, look: Look) -> None:
        self.accessible, self.look = accessible, look
        self.kinds: set[str] = set()
        self.wrong: list[str] = []

    def __call__(self, page: Page) -> None:
        path = page.url.partition("/rondes/")[2].partition("?")[0].partition("#")[0]
        kind = NUMBERS.sub("N", path.partition("/")[2].strip("/"))
        if kind in self.kinds:
            return
        self.kinds.add(kind)
        self._hold(page, kind)
        if kind.endswith(SMALL):
            wide = page.viewport_size
            page.set_viewport_size({"width": 360, "height": 800})
            self._hold(page, f"{kind}-360")
            assert wide
            page.set_viewport_size(wide)

    def _hold(self, page: Page, name: str) -> None:
        for holds in (fits, self.accessible):
            try:
                holds(page)
            except AssertionError as fault:  # told at the end, all together: a round is long
                self.wrong.append(f"{name}: {fault}")
        self.look(page, "ronde-" + (name or "start").replace("/", "-"))


class Table:
    """The round in the making, and who sits at the table."""

    def __init__(self, open_page: Callable[..., Page], seen: Callable[[Page], None]) -> None:
        self.seats = {name: Seat(open_page(), name, seen) for name in PLEDGES}
        self.guide = self.seats["samira"]
        self.root = self.claim = ""

    def begin(self) -> None:
        """The guide starts the round in a buurt and asks four others in."""
        guide = self.guide
        guide.go("/rondes/")
        guide.follow("Ronde starten")
        guide.answer(
            {"Welke buurt?": "Klaverveld", "Wat is de vraag?": QUESTION, "Waarom beginnen we nu?": "Er wordt gebouwd."},
            "Ronde starten",
            to=r"/rondes/klaverveld",
        )
        self.root = "/rondes/" + guide.page.url.partition("/rondes/")[2].partition("/")[0] + "/"
        guide.follow("Het hele team")
        for username in FOUR:
            guide.follow("Deelnemer toevoegen")
            who = guide.main.get_by_label("Deelnemer").locator("option", has_text=self.seats[username].name)
            guide.answer({"Deelnemer": who.first.inner_text()}, "Toevoegen", to="/team/$")
        guide.reads(*FOUR.values())

    def agree_on_sharing(self) -> None:
        """The agreement is written and laid before all; each promises something and signs."""
        guide, until = self.guide, date.today() + timedelta(days=200)
        guide.go(f"{self.root}afspraak/")
        guide.follow("Afspraak schrijven")
        guide.answer({"Tot en met wanneer?": until.isoformat()}, "Tekst opslaan", to="/afspraak/")
        guide.go(f"{self.root}afspraak/")
        guide.press("Tekst voorleggen", to="/afspraak/$")
        for username, seat in self.seats.items():
            seat.go(f"{self.root}afspraak/")
            seat.follow("Toezegging toevoegen")
            seat.answer({"Wat deelt uw organisatie?": PLEDGES[username]}, "Toezegging toevoegen", to="/afspraak/$")
            seat.follow("Ondertekenen")
            seat.answer({"In welke functie ondertekent u?": "manager"}, "Ondertekenen", to="/afspraak/$")
        guide.go(f"{self.root}afspraak/")
        guide.reads(*PLEDGES.values())
        expect(guide.main.get_by_text(re.compile("ondertekend op"))).to_have_count(len(self.seats))

    def judge_a_claim(self) -> None:
        """One tells a story, one brings a claim in with a figure; they judge together and one sees it otherwise."""
        joris, fatima, guide = (self.seats[name] for name in ("joris", "fatima", "samira"))
        joris.go(f"{self.root}verhalen/nieuw/")
        joris.answer(
            {
                "Wat is er in de buurt verteld of gezien?": STORY,
                "De kerngroep van deze ronde": "",
                "Ik heb dit gecontroleerd": "",
            },
            "Verhaal toevoegen",
            to="/verhalen/",
        )
        fatima.go(f"{self.root}stap/3/")
        fatima.follow("Stelling toevoegen")
        fatima.answer(
            {"Wat is de stelling?": CLAIM, "In de woorden van een bewoner of collega": "Ik ken geen naam."},
            "Stelling toevoegen",
            to=r"/\d+/$",
        )
        self.claim = fatima.page.url
        fatima.follow("Cijfer toevoegen")
        fatima.answer({"Cijfer zoeken": "helpt"}, "Zoeken", to="words=helpt")
        fatima.main.locator("label.keuze", has_text="van de 100").first.click()
        fatima.answer({"voor de stelling": ""}, "Dit cijfer toevoegen", to=r"/uitspraken/\d+/")
        joris.go(self.claim)
        joris.follow("Verhaal toevoegen")
        joris.answer({STORY: "", "gemengd: voor en tegen": ""}, "Dit verhaal toevoegen", to=r"/uitspraken/\d+/")
        for username, seat in self.seats.items():
            seat.go(self.claim)
            other = username == "ruben"
            reason = {"Waarom vindt uw organisatie dit?": DISSENT if other else "Dat zien wij."}
            seat.answer(
                {"klopt niet" if other else "klopt deels": "", **reason}, "Mening opslaan", to=r"/uitspraken/\d+/"
            )
        guide.go(self.claim)
        guide.answer(
            {"genuanceerd": "", "Waarom?": "Het verschilt per portiek."}, "Conclusie vastleggen", to=r"/uitspraken/\d+/"
        )
        guide.go(self.claim)
        guide.reads(DISSENT)

    def draw_the_picture(self) -> None:
        """The guide writes the picture and lays it before all; each says what it thinks and the version is closed."""
        guide = self.guide
        guide.go(f"{self.root}beeld/")
        guide.follow("Eerste regel schrijven")
        guide.answer(
            {"Zorgen": "", "In één zin": "Nieuwe buren staan er nog alleen voor", CLAIM: ""},
            "Toevoegen",
            to="/beeld/(#|$)",
        )
        guide.follow("Zinnen aanpassen")
        guide.answer({"Het beeld in één zin": "Vriendelijk, maar zonder namen"}, "Opslaan", to="/beeld/$")
        guide.press("Voorleggen aan de organisaties", to="/beeld/")
        for username, seat in self.seats.items():
            seat.go(f"{self.root}beeld/versies/1/")
            seat.follow(re.compile("Mening van .* geven"))
            seat.answer(
                {"oneens": "", "In uw eigen woorden": DISSENT} if username == "ruben" else {"eens": ""},
                "Mening opslaan",
                to=r"/versies/1/",
            )
        guide.go(f"{self.root}beeld/versies/1/")
        guide.press("Beeld vaststellen", to="/versies/1/")
        guide.reads(DISSENT, "namens de kerngroep")

    def choose(self) -> None:
        """They weigh openly what comes first; the guide writes the choice down."""
        guide, joris = self.guide, self.seats["joris"]
        guide.go(f"{self.root}beeld/keuze/")
        guide.press("Voorstel overnemen", to="/keuze/$")
        joris.go(f"{self.root}beeld/keuze/")
        joris.follow(re.compile("Punten van .* geven"))
        for field in joris.main.locator("select").all():
            field.select_option(label="3")
        joris.press("Punten opslaan", to="/keuze/$")
        guide.go(f"{self.root}beeld/keuze/")
        guide.follow(re.compile("Keuze vastleggen"))
        guide.answer(
            {"ja, als eerste": "", "Waarom?": "Hier kan iedereen iets aan doen."},
            "Keuze vastleggen",
            to="/keuze/(#|$)",
        )

    def agree_a_plan(self) -> None:
        """A result with where it begins, its target and how it is measured; efforts; and the plan is agreed."""
        guide, joris, amina = (self.seats[name] for name in ("samira", "joris", "amina"))
        guide.go(f"{self.root}plan/")
        guide.follow("Doel toevoegen")
        figures = guide.main.get_by_label("Met welk cijfer meten we dit doel?").locator("option")
        measured = figures.filter(has_text="buren elkaar helpen").first.inner_text()
        year = date.today().year + 1
        guide.answer(
            {
                "Wat willen we bereiken?": RESULT,
                "Waarvan is dit een deel?": "van de 100 mensen",
                "Met welk cijfer meten we dit doel?": measured,
                "Streefwaarde van": "70",
                "Streefwaarde tot": "80",
                "In welk jaar?": str(year),
                CLAIM: "",
                "Hoe gaan we meten of het doel is bereikt?": "Met dezelfde vraag.",
                "Wanneer meten we dit?": f"{year}-11-01",
                "Welke organisatie meet dit?": "Gemeente Waterdam",
            },
            "Toevoegen",
            to="/plan/(#|$)",
        )
        self._effort(joris, "Belt aan met een welkomsttas.", "Buurtteam Molenveld")
        self._effort(joris, "Eet elke maand samen in de hal.", "Zorggroep De Brug")
        amina.go(f"{self.root}plan/")
        amina.press("Toezeggen", to="/plan/(#|$)")
        guide.go(f"{self.root}plan/")
        expect(guide.main.get_by_text("voorstel", exact=True)).to_have_count(0)
        guide.follow("Plan vaststellen")
        guide.reads("Wat nog ontbreekt")
        guide.press("Vaststellen", to=r"/plan/versies/1/")
        guide.reads(RESULT, "Belt aan met een welkomsttas.", "Eet elke maand samen in de hal.")

    def _effort(self, seat: Seat, what: str, organisation: str) -> None:
        seat.go(f"{self.root}plan/")
        seat.follow(re.compile("Actie toevoegen"))
        answers = {"Welke organisatie doet dit?": organisation, "Wat gaat er gebeuren?": what, CLAIM: ""}
        seat.answer(
            answers | {"Eerste teken dat het werkt": "acht bewoners doen mee", "Trekker": "nog niet bekend"},
            "Toevoegen",
            to="/plan/(#|$)",
        )


def back_to_story_and_figure(seat: Seat, plan: str) -> int:
    """Go from a line of the plan to its story, and to its figure with source; return the most clicks that it took."""
    seat.go(plan)
    row = seat.main.locator("tr", has_text="Belt aan met een welkomsttas.")
    row.get_by_role("link", name=re.compile("^ *verhaal")).click()  # one
    expect(seat.page).to_have_url(re.compile("#verhalen$"))
    expect(seat.main.get_by_text(STORY)).to_be_visible()
    story, figure = 1, 0
    seat.go(plan)
    row.get_by_role("link", name=re.compile("^ *cijfer")).click()
    figure += 1
    expect(seat.page).to_have_url(re.compile("#cijfers$"))
    expect(seat.main.locator(".bewijs-rij").get_by_text(re.compile("van de 100")).first).to_be_visible()
    seat.main.locator(".bewijs-rij").get_by_role("link", name="Bron en uitleg").first.click()
    figure += 1
    expect(seat.page).to_have_url(re.compile("/cijfers/catalogus/"))
    return max(story, figure)


def walk(table: Table) -> int:
    """Go through the whole round, and back."""
    table.begin()
    table.agree_on_sharing()
    table.judge_a_claim()
    table.draw_the_picture()
    table.choose()
    table.agree_a_plan()
    return back_to_story_and_figure(table.seats["ruben"], f"{table.root}plan/")


def test_a_round_from_question_to_agreed_plan(open_page: Callable[..., Page], accessible: Check, look: Look) -> None:
    begun, seen = time.monotonic(), Looking(accessible, look)
    assert walk(Table(open_page, seen)) <= 3
    assert seen.wrong == []
    assert len(seen.kinds) >= 25
    print(f"\none round of five organisations: {time.monotonic() - begun:.0f} s, {len(seen.kinds)} kinds of pages")
