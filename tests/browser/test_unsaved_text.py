"""Text that was not saved yet comes back to who typed it, in the same tab, and to nobody else."""

import re
from base64 import b64encode
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from tests.browser.conftest import WIDTHS
from tests.browser.test_journey import fits, sign_in

pytestmark = pytest.mark.slow
ROUND = "/rondes/weverskwartier"
PARK = f"{ROUND}/voor-later/nieuw/"
TEXT = "Nog uitzoeken wie de sleutel van het buurthuis heeft"


def stored(page: Page) -> str:
    """Return all that the tab keeps, as somebody would see it who looks there."""
    return str(page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)"))


def kept(page: Page) -> int:
    return int(page.evaluate("Object.keys(sessionStorage).filter((name) => name.startsWith('typ:')).length"))


def write(page: Page, text: str = TEXT) -> None:
    """Type a text and wait until it is kept."""
    page.goto(PARK)
    page.locator("kept-typing[data-ready]").wait_for(state="attached")
    page.locator("main form[method='post'] :is(input[type='text'], textarea)").first.fill(text)
    until_kept(page)


def until_kept(page: Page, *, there: bool = True) -> None:
    """Wait until something typed is kept, or nothing; `wait_for_function` evaluates a string, which is forbidden."""
    for _moment in range(50):
        if bool(kept(page)) is there:
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing was kept" if there else "something was kept")


def field(page: Page) -> str:
    return page.locator("main form[method='post'] :is(input[type='text'], textarea)").first.input_value()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_what_was_not_saved_is_offered_again(
    open_page: Callable[..., Page], accessible: Callable[[Page], None], look: Callable[[Page, str], None], width: int
) -> None:
    page = open_page(width=width)
    sign_in(page)
    write(page)
    assert TEXT not in stored(page)
    page.reload()
    expect(page.get_by_text("U hebt hier nog niet-opgeslagen tekst")).to_be_visible()
    fits(page)
    accessible(page)
    look(page, f"teruggevonden-{width}")
    assert field(page) == ""
    page.get_by_role("button", name="Mijn tekst terugzetten").click()
    assert field(page) == TEXT
    page.reload()
    page.get_by_role("button", name="Tekst weggooien").click()
    assert kept(page) == 0
    page.reload()
    page.locator("kept-typing[data-ready]").wait_for(state="attached")
    expect(page.get_by_text("U hebt hier nog niet-opgeslagen tekst")).to_have_count(0)


def test_what_was_wiped_out_again_is_not_offered(page: Page) -> None:
    sign_in(page)
    write(page)
    before = stored(page)
    page.locator("main form[method='post'] :is(input[type='text'], textarea)").first.fill("")
    for _moment in range(50):
        if stored(page) != before:
            break
        page.wait_for_timeout(100)
    assert kept(page) == 1
    page.reload()
    page.locator("kept-typing[data-ready]").wait_for(state="attached")
    page.wait_for_timeout(300)
    expect(page.get_by_text("U hebt hier nog niet-opgeslagen tekst")).to_have_count(0)


def test_a_session_that_ended_gives_the_text_back_twice(
    page: Page, foreseen: set[str], accessible: Callable[[Page], None], look: Callable[[Page, str], None]
) -> None:
    foreseen.add("error: Failed to load resource: the server responded with a status of 403 (Forbidden)")
    sign_in(page)
    write(page)
    page.context.clear_cookies(name=re.compile("sess"))
    page.get_by_role("main").get_by_role("button", name="Op de lijst zetten").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("niet meer ingelogd")
    assert page.locator("textarea[readonly]").first.input_value() == TEXT
    accessible(page)
    look(page, "niet-meer-ingelogd")
    sign_in(page)
    page.goto(PARK)
    page.get_by_role("button", name="Mijn tekst terugzetten").click()
    assert field(page) == TEXT


UNLOCK = """async (key) => {
  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const name = Object.keys(sessionStorage).find((each) => each.startsWith("typ:"));
  const [at, locked] = sessionStorage.getItem(name).split(".");
  const cipher = { name: "AES-GCM", iv: bytes(locked.slice(0, 24)), additionalData: new TextEncoder().encode(at) };
  const opens = await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["decrypt"]);
  const said = await crypto.subtle.decrypt(cipher, opens, bytes(locked.slice(24))).catch(() => null);
  return said && new TextDecoder().decode(said);
}"""


def key_of(page: Page) -> str:
    return page.request.get("/account/sleutel/").text()


def test_what_is_kept_can_be_read_with_the_key_of_its_writer_only(page: Page, open_page: Callable[..., Page]) -> None:
    sign_in(page)
    write(page)
    written = (TEXT, "buurthuis", TEXT.encode().hex(), b64encode(TEXT.encode()).decode()[:40], key_of(page))
    assert not [form for form in written if form in stored(page)]
    assert TEXT in page.evaluate(UNLOCK, key_of(page))
    another = open_page()
    sign_in(another, "woonconsulent")
    assert page.evaluate(UNLOCK, key_of(another)) is None


def test_what_is_too_old_goes_on_any_page(page: Page) -> None:
    sign_in(page)
    write(page)
    page.clock.install()
    page.clock.fast_forward("11:59:00")
    page.goto(f"{ROUND}/")
    assert kept(page) == 1
    page.clock.fast_forward("00:02:00")
    page.goto(f"{ROUND}/")
    assert kept(page) == 0


def test_what_is_typed_before_the_key_comes_is_kept(page: Page) -> None:
    sign_in(page)
    waiting: list[Route] = []
    page.route("**/account/sleutel/", lambda route: waiting.append(route))
    with page.expect_request("**/account/sleutel/"):
        page.goto(PARK)
    page.locator("main form[method='post'] :is(input[type='text'], textarea)").first.fill(TEXT)
    assert kept(page) == 0
    waiting[0].continue_()
    until_kept(page)
    assert TEXT in page.evaluate(UNLOCK, key_of(page))


def test_a_stored_page_gives_no_key_after_its_session(page: Page) -> None:
    """Back may show a page as the browser stored it: what is kept stays locked and nothing is added to it."""
    sign_in(page)
    write(page)
    before, html = stored(page), page.request.get(PARK).text()
    assert "kept-typing" in html
    assert not re.search("[0-9a-f]{64}", html)
    page.context.clear_cookies(name=re.compile("sess"))
    page.route(f"**{PARK}", lambda route: route.fulfill(body=html, content_type="text/html"))
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/account/sleutel/")):
        page.goto(PARK)  # sent to where one signs in, which the script does not follow
    page.locator("main form[method='post'] :is(input[type='text'], textarea)").first.fill("Nu door iemand anders")
    page.wait_for_timeout(300)
    expect(page.get_by_text("U hebt hier nog niet-opgeslagen tekst")).to_have_count(0)
    assert page.locator("kept-typing[data-ready]").count() == 0
    assert stored(page) == before


def test_nobody_else_gets_it(page: Page) -> None:
    sign_in(page)
    write(page)
    page.context.clear_cookies(name=re.compile("sess"))
    sign_in(page, "woonconsulent")
    assert kept(page) == 0
    page.goto(PARK)
    page.locator("kept-typing[data-ready]").wait_for(state="attached")
    expect(page.get_by_text("U hebt hier nog niet-opgeslagen tekst")).to_have_count(0)


def test_who_signs_out_leaves_nothing_also_not_in_another_tab(page: Page) -> None:
    sign_in(page)
    write(page)
    other = page.context.new_page()
    other.goto(f"{ROUND}/uitspraken/nieuw/")
    other.locator("kept-typing[data-ready]").wait_for(state="attached")
    other.locator("main textarea, main input[type='text']").first.fill(TEXT)
    until_kept(other)
    page.goto("/uitloggen/")
    page.get_by_role("button", name="Uitloggen").click()
    expect(page).not_to_have_url(re.compile("uitloggen"))
    assert kept(page) == 0
    until_kept(other, there=False)
    other.locator("main textarea, main input[type='text']").first.press_sequentially(" en nog wat")
    other.wait_for_timeout(300)
    assert kept(other) == 0


def test_saved_text_is_kept_no_longer_and_only_unsaved_text_warns(page: Page) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    sign_in(page)
    write(page)
    page.goto(f"{ROUND}/")
    assert asked == ["beforeunload"]
    write(page)
    page.get_by_role("main").get_by_role("button", name="Op de lijst zetten").click()
    expect(page.locator(".melding .gelukt")).to_be_visible()
    assert kept(page) == 0
    page.goto(f"{ROUND}/")
    assert asked == ["beforeunload"]
    page.goto(f"{ROUND}/voor-later/")
    page.locator("li", has_text=TEXT).get_by_role("button").first.click()
    expect(page.get_by_text("staat niet meer op de lijst")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(TEXT)


def test_a_refused_text_stays_kept_and_is_not_offered_twice(page: Page, foreseen: set[str]) -> None:
    foreseen.add("error: Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)")
    sign_in(page)
    write(page, "Bel mij op 06-12345678 of mail naar iemand@voorbeeld.nl")
    page.get_by_role("main").get_by_role("button", name="Op de lijst zetten").click()
    page.locator("kept-typing[data-ready]").wait_for(state="attached")
    expect(page.locator(".errorlist").first).to_be_visible()
    assert kept(page) == 1
    expect(page.get_by_text("U hebt hier nog niet-opgeslagen tekst")).to_have_count(0)


def test_every_form_with_text_is_kept(page: Page) -> None:
    """The pages with free text of a round, its stories and its plan: each has a form that the tab looks after."""
    sign_in(page)
    for each in ("uitspraken/nieuw", "verhalen/nieuw", "aanpassen", "plan/voorwaarden/nieuw", "afspraak/schrijven"):
        page.goto(f"{ROUND}/{each}/")
        page.locator("kept-typing[data-ready]").wait_for(state="attached")
        typed = page.locator("main form[method='post'] :is(input[type='text'], textarea)").first
        typed.fill(f"Getypt bij {each}")
        until_kept(page)
        page.reload()
        expect(page.get_by_role("button", name="Mijn tekst terugzetten")).to_be_visible()
        page.get_by_role("button", name="Tekst weggooien").click()
