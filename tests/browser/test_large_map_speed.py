"""The large map with 2,000 stories, 500 feelings and 500 buurten: it moves, answers at once, its list is its keyboard.

How long that takes is measured by `make bench`; here nothing is asked of the server that need not be asked.
"""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from bench.crowd import ACROSS, DOWN, FEELINGS, STORIES
from bench.large_map import crowded
from tests.browser.test_journey import sign_in

pytestmark = pytest.mark.slow
Check = Callable[[Page], None]
GRAPHICS = """const known = WebGL2RenderingContext.prototype.getParameter;
WebGL2RenderingContext.prototype.getParameter = function (name) {
  return name === 0x9246 ? "A graphics card" : known.call(this, name);
};"""


@pytest.fixture(scope="module")
def full(site: str, demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A copy of the demo with a crowd in it: its address, and that of the map of the crowd."""
    assert site
    folder = tmp_path_factory.mktemp("crowd")
    shutil.copytree(demo_folder / "releases", folder / "releases")
    shutil.copy(demo_folder / "secret", folder / "secret")
    name = "buurtbalans.sqlite3"
    with closing(sqlite3.connect(demo_folder / name)) as from_, closing(sqlite3.connect(folder / name)) as to:
        from_.backup(to)
    with crowded(folder) as addresses:
        yield addresses


@pytest.fixture
def full_page(browser: Browser, full: tuple[str, str]) -> Iterator[Page]:
    """The large map of the crowd, as its guide sees it on a projector."""
    context = browser.new_context(
        base_url=full[0], viewport={"width": 1920, "height": 1080}, reduced_motion="reduce", locale="nl-NL"
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    sign_in(page)
    page.goto(full[1])
    yield page
    context.close()
    assert wrong == []


def lies(page: Page) -> str:
    """Return how the drawing was laid elsewhere."""
    page.wait_for_timeout(300)
    laid: str = page.locator("svg.kaart--groot").evaluate("svg => svg.style.transform")
    return laid


@pytest.mark.long  # axe reads every row
def test_axe_finds_nothing_on_a_full_map(full_page: Page, accessible: Check) -> None:
    accessible(full_page)


@pytest.mark.long
def test_a_full_map_moves_and_answers_from_its_list(full_page: Page) -> None:
    page = full_page
    rows, signs = page.locator("#lijst [data-kies]"), page.locator("large-map a.speld")
    assert rows.count() == STORIES + FEELINGS
    assert page.locator("large-map a[data-gebied]").count() >= ACROSS * DOWN
    inside = signs.evaluate_all("all => all.map((a) => (a.dataset.tekens || a.dataset.kies).split(' ').length)")
    assert sum(inside) == STORIES + FEELINGS
    assert len(inside) < 700  # of one square, and farther away of more, one sign: else nobody can read it
    asked: list[Request] = []
    page.on("request", lambda each: asked.append(each))
    box = page.locator("large-map").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y - 60, steps=6)
    page.mouse.up()
    assert lies(page) == "translate(120px, -60px) scale(1)"
    page.locator("large-map").focus()
    page.keyboard.press("ArrowLeft")
    assert lies(page) == "translate(210px, -60px) scale(1)"
    page.keyboard.press("+")
    assert "scale(1.5)" in lies(page)
    page.locator("[data-doe='0']").click()
    assert lies(page) == "translate(0px, 0px) scale(1)"
    assert asked == []  # moving asks nothing of the server

    row = rows.nth(1200)
    key = row.get_attribute("data-kies")
    row.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#gekozen:focus .gk-kop")  # `expect` would describe thousands of rows while it waits
    told = [re.sub(r".*/kaart/|\?.*", "", each.url) for each in asked if "/static/" not in each.url]
    assert told == [f"teken/{key}/"]
    assert f"kies={key}" in page.url
    assert page.locator("large-map .gekozen-speld").count() == 1
    page.keyboard.press("Escape")
    page.wait_for_selector(f"#lijst [data-kies='{key}']:focus")
    assert page.locator("large-map .gekozen-speld").count() == 0


@pytest.mark.long
def test_a_choice_of_layers_counts_at_once_under_its_own_address(full_page: Page) -> None:
    page = full_page
    page.evaluate("document.documentElement.dataset.same = 'yes'")
    page.locator(".gk-laag", has_text="Verhalen").click()
    expect(page.locator("#lijst [data-kies]")).to_have_count(FEELINGS)
    expect(page.locator(".gk-laag", has_text="Verhalen")).to_be_focused()
    assert "verhalen" not in page.url.split("lagen=")[1]
    page.go_back()
    expect(page.locator("#lijst [data-kies]")).to_have_count(STORIES + FEELINGS)
    page.locator(".gk-dag a", has_text="avonds").click()
    expect(page.locator("#lijst [data-kies]")).to_have_count(STORIES)  # all feelings are of the day
    assert page.evaluate("document.documentElement.dataset.same") == "yes"  # it is still the same page


def test_webgl_draws_the_same_where_there_is_a_graphics_card(browser: Browser, site: str) -> None:
    context = browser.new_context(
        base_url=site, viewport={"width": 1000, "height": 700}, reduced_motion="reduce", locale="nl-NL"
    )
    context.add_init_script(GRAPHICS)
    page, elsewhere, wrong = context.new_page(), [], []
    page.on("request", lambda asked: elsewhere.append(asked.url) if not asked.url.startswith((site, "blob:")) else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    sign_in(page)
    page.goto("/rondes/weverskwartier/kaart/?deel=avond")
    expect(page.locator("large-map[data-webgl]")).to_have_count(1, timeout=30_000)
    expect(page.locator(".gk-gl canvas")).to_be_visible()
    expect(page.locator("svg.kaart--groot").first).to_be_hidden()
    page.locator("#lijst [data-kies]").first.click()
    expect(page.locator("#gekozen .gk-kop")).to_be_visible()
    assert (elsewhere, wrong) == ([], [])
    context.close()


def test_without_script_and_without_webgl_the_drawing_of_the_server_is_there(
    open_page: Callable[..., Page], site: str
) -> None:
    page = open_page(width=1280)
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.url))
    sign_in(page)
    page.goto(f"{site}/rondes/weverskwartier/kaart/")
    expect(page.locator("large-map[tabindex]")).to_be_visible()
    expect(page.locator("large-map[data-webgl]")).to_have_count(0)
    assert [each for each in asked if "large-map-gl" in each or "gegevens" in each] == []  # no megabyte for nothing


MAP = "/rondes/weverskwartier/kaart/"


def test_in_the_hall_escape_closes_what_is_chosen_before_it_leaves(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    page.goto(f"{MAP}?zaal=1")
    page.evaluate("document.documentElement.dataset.same = 'yes'")
    page.locator("large-map a.speld").last.dispatch_event("click")
    expect(page.locator("#gekozen .gk-kop")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#gekozen .gk-tip")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.same") == "yes"
    page.locator(".gk-dag a", has_text="avonds").click()
    expect(page).to_have_url(re.compile("deel=avond"))
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"kaart/\?deel=avond$"))  # what was chosen in the hall stays chosen


def test_a_figure_counts_without_another_page(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    page.goto(MAP)
    page.evaluate("document.documentElement.dataset.same = 'yes'")
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.resource_type))
    page.locator("#gk-kies-cijfer").select_option(index=2)
    expect(page).to_have_url(re.compile("cijfer="))
    expect(page.locator("large-map:not([aria-busy])")).to_have_count(1)
    assert page.evaluate("document.documentElement.dataset.same") == "yes"
    assert "document" not in asked


def test_what_the_address_chose_can_be_chosen_again(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page)
    page.goto(MAP)
    rows = page.locator("#lijst [data-kies]")
    first, other = (rows.nth(at).get_attribute("data-kies") for at in (0, 1))
    page.goto(f"{MAP}?kies={first}")
    for key in (other, first):
        page.locator(f"#lijst [data-kies='{key}']").click()
        expect(page.locator("#lijst [aria-current]")).to_have_attribute("data-kies", str(key))
        assert page.url.endswith(f"?kies={key}")


def test_of_two_quick_choices_the_last_one_stays(open_page: Callable[..., Page]) -> None:
    page, held = open_page(), list[Route]()
    sign_in(page)
    page.goto(MAP)
    stories, feelings = (page.locator(".gk-laag--aan", has_text=layer) for layer in ("Verhalen", "Gevoelens"))
    page.route(re.compile(r"/kaart/\?lagen="), lambda route: held.append(route), times=1)
    stories.click()
    feelings.click()
    expect(feelings).to_have_count(0)
    with page.expect_response(held[0].request.url):
        held[0].continue_()
    page.wait_for_timeout(300)
    assert (stories.count(), feelings.count()) == (1, 0)


def test_a_choice_while_webgl_starts_is_drawn_too(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, reduced_motion="reduce", locale="nl-NL")
    context.add_init_script(GRAPHICS)
    page, held = context.new_page(), list[Route]()
    sign_in(page)
    page.route("**/gegevens.json*", lambda route: held.append(route), times=1)
    page.goto(MAP)
    page.locator(".gk-laag--aan", has_text="Verhalen").click()
    expect(page.locator(".gk-laag--aan", has_text="Verhalen")).to_have_count(0)
    held[0].continue_()
    expect(page.locator("large-map[data-webgl]")).to_have_count(1, timeout=30_000)
    features = page.evaluate("document.querySelector('large-map').drawn.data.marks.features")
    assert {each["properties"]["layer"] for each in features} == {"gevoelens", "voorzieningen", "werk"}
    context.close()
