"""One person through the whole chain: tour, map, neighbourhood, comparison, round, claim, effort, back, paper."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS

pytestmark = pytest.mark.slow
Check = Callable[[Page], None]
Look = Callable[[Page, str], None]


def sign_in(page: Page, who: str = "gebiedsmakelaar") -> None:
    page.goto("/")
    page.get_by_role("button", name=re.compile(who)).first.click()
    expect(page).to_have_url(re.compile("mijn-buurten"))


def fits(page: Page) -> None:
    page.wait_for_load_state()
    expect(page.get_by_role("main")).to_be_visible()
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    high = page.evaluate("document.documentElement.scrollHeight - Math.max(document.body.offsetHeight, innerHeight)")
    assert high <= 1, f"{page.url} ends in {high} pixels of nothing"


def walk(page: Page, seen: Callable[[str], None]) -> None:
    """Go from the search to the effort and back to the figure, by what a person reads on the screen."""
    sign_in(page)
    seen("mijn-buurten")
    page.get_by_role("link", name="Buurt zoeken").click()
    page.get_by_label("Naam van een buurt, wijk, cijfer of ronde").fill("weversk")
    page.get_by_role("button", name="Zoeken", exact=True).click()
    expect(page).to_have_url(re.compile("q=weversk"))
    seen("zoeken")
    page.get_by_role("main").get_by_role("link", name="Weverskwartier").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Weverskwartier")
    seen("buurt")
    page.get_by_label("Vergelijken met een andere buurt").select_option(label="Bloemhof")
    page.get_by_role("button", name="Vergelijk").click()
    expect(page.get_by_role("link", name="Bloemhof weghalen uit de vergelijking")).to_be_visible()
    seen("vergelijken")
    page.get_by_role("link", name="Naar de ronde").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lindeplein")
    seen("ronde")
    page.get_by_role("link", name=re.compile(r"\d stellingen")).click()
    page.get_by_role("link", name=re.compile("Na negen uur")).first.click()
    for heading in ("Cijfers over deze buurt", "Wat de verhalen zeggen", "Conclusie van de kerngroep"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    seen("uitspraak")
    page.get_by_role("main").get_by_role("link", name=re.compile("Repareert de lampen")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Het plan")
    seen("plan")
    rests = page.get_by_role("main").locator("details", has_text="Onderbouwing").first
    if rests.get_attribute("open") is None:
        rests.get_by_text("Onderbouwing").click()
    rests.get_by_role("link", name="Weverskwartier", exact=True).first.click()
    expect(page).to_have_url(re.compile("/buurt/2025/"))
    page.get_by_text(re.compile("Cijfers over Leefbaarheid")).click()
    page.get_by_role("link", name=re.compile("Veilig voelen in de avond")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Veilig voelen in de avond")
    seen("bron")
    page.get_by_role("link", name="Terug naar de buurt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Weverskwartier")


def regarded(page: Page, name: str, accessible: Check, look: Look) -> None:
    """Hold a page to its width and to axe; what a laptop shows has to fit on a projector too."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    accessible(page)
    for wide in (width, WIDTHS["projector"])[: 2 if width == WIDTHS["laptop"] else 1]:
        page.set_viewport_size({"width": wide, "height": 900})
        fits(page)
        look(page, f"{name}-{wide}")
    page.set_viewport_size({"width": width, "height": 900})


@pytest.mark.parametrize("width", [360, 1280])
def test_the_whole_chain(open_page: Callable[..., Page], accessible: Check, look: Look, width: int) -> None:
    page = open_page(width=width)
    walk(page, lambda name: regarded(page, name, accessible, look))


def test_the_whole_chain_without_javascript(open_page: Callable[..., Page]) -> None:
    page = open_page(javascript=False)
    walk(page, lambda name: None)


@pytest.mark.parametrize("width", [360])
def test_the_tour_leads_on_and_back(open_page: Callable[..., Page], accessible: Check, look: Look, width: int) -> None:
    page = open_page(width=width)
    sign_in(page)
    page.goto("/rondleiding/")
    accessible(page)
    page.get_by_role("link", name="Rondleiding starten").click()
    titles = []
    card = page.get_by_role("complementary", name="Rondleiding")
    while True:
        page.wait_for_load_state()
        expect(card).to_be_visible()
        titles.append(card.locator("p.h3").inner_text())
        fits(page)
        accessible(page)
        look(page, f"halte-{len(titles)}-{width}")
        onward = card.get_by_role("link", name="Volgende halte")
        if not onward.count():
            break
        onward.click()
        expect(card).to_contain_text(f"Halte {len(titles) + 1} van")
    assert len(titles) == len(set(titles)) == 6
    card.get_by_role("link", name="Terug", exact=True).click()
    expect(card.locator("p.h3")).to_have_text(titles[-2])


def test_the_map_answers_the_keyboard(page: Page, accessible: Check) -> None:
    page.goto("/kaart/?indicator=feels_at_home")
    choice = page.get_by_label("Vraag")
    choice.focus()
    before = page.locator(".kaartblad .intro").inner_text()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("indicator=(?!feels_at_home)"))
    expect(page.locator(".kaartblad .intro")).not_to_have_text(before)
    expect(choice).to_be_focused()
    accessible(page)


def test_the_chosen_area_is_the_same_in_map_and_table(page: Page) -> None:
    page.goto("/kaart/?indicator=safe_in_evening")
    page.locator(".kaarttabel").get_by_role("link", name="Weverskwartier").click()
    expect(page.locator("#gekozen h2")).to_have_text("Weverskwartier")
    expect(page.locator("tr.gekozen th")).to_have_text("Weverskwartier")
    page.get_by_role("link", name="Weverskwartier sluiten").click()
    expect(page.locator("#gekozen")).to_have_count(0)


def test_a_page_of_a_neighbourhood_fits_on_paper(page: Page, look: Look) -> None:
    page.goto("/kaart/?indicator=safe_in_evening")
    page.get_by_role("link", name="Weverskwartier").first.click()
    page.get_by_role("link", name="Buurt bekijken").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_hidden()
    expect(page.get_by_role("button", name="Pagina printen")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, "papier")
    assert page.pdf(format="A4")[:5] == b"%PDF-"


def test_english_is_one_click_away(page: Page) -> None:
    page.goto("/kaart/?indicator=safe_in_evening")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Map", exact=True)).to_be_visible()
