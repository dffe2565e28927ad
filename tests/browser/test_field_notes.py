"""Ten notes in a walk on a phone: written without a network, kept, and sent later; none lost and none double."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import WIDTHS
from tests.browser.test_journey import fits, sign_in

pytestmark = pytest.mark.slow
ROUND = "/rondes/weverskwartier"
NOTES = f"{ROUND}/veldnotities/"
SEND = "**/veldnotities/verstuur/"
WALK = [f"Wandeling {number}: de bank bij halte {number} is vol en het is er gezellig" for number in range(1, 11)]
WRONG = "Wandeling 4: een mevrouw met bsn 123456782 krijgt geen post"

# All that the phone keeps, as somebody would find it who copies it: text as it stands and bytes as text.
STORED = """async () => {
  const open = await new Promise((yes) => {
    const asked = indexedDB.open("veldnotities");
    asked.onsuccess = () => yes(asked.result);
  });
  const all = (name) => new Promise((yes) => {
    const asked = open.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => yes(asked.result);
  });
  const keys = await all("keys");
  const text = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? new TextDecoder("latin1").decode(value) : String(value);
  const kept = (await all("kept")).map((record) => Object.values(record).map(text).join(" "));
  open.close();
  return {
    keys: await Promise.all(keys.map((key) => crypto.subtle.exportKey("raw", key).then(() => "read", () => "closed"))),
    notes: kept.filter((record) => record.includes(":noot:")).length,
    text: kept.join(" ") + JSON.stringify(localStorage) + JSON.stringify(sessionStorage),
  };
}"""
CACHED = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) texts.push(request.url, await (await cache.match(request)).text());
  }
  return texts;
}"""


def ready(page: Page) -> None:
    page.locator("field-notes[data-ready]").wait_for()


def write(page: Page, text: str, *, place: bool = True) -> None:
    """Write one note as one walks: the text, what it is, where it is, and keep it."""
    page.get_by_role("button", name="Nieuwe notitie").click()
    page.get_by_role("textbox", name=re.compile("verteld of gezien")).fill(text)
    if place:
        further = page.get_by_role("button", name="Verder", exact=True)
        further.click()
        page.get_by_text("Kracht", exact=True).click()
        further.click()
        page.locator("map-pin .speld-vlak").press("Enter")
        page.get_by_role("textbox", name="In woorden").fill("bij de halte")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("De notitie is op deze telefoon opgeslagen.")).to_be_visible()


def on_phone(page: Page, number: int) -> None:
    expect(page.get_by_role("heading", name=f"Notities op deze telefoon: {number}")).to_be_visible()


def lose_one_answer(page: Page, at: int) -> list[int]:
    """Let the site get every note, and lose one answer on the way back."""
    seen: list[int] = []

    def pass_on(route: Route) -> None:
        answer = route.fetch()
        seen.append(answer.status)
        if len(seen) == at:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route(SEND, pass_on)
    return seen


def kept_apart(page: Page) -> None:
    """See that the phone holds ten notes and no word that can be read, and that the page it kept knows nobody."""
    stored = page.evaluate(STORED)
    assert (stored["notes"], stored["keys"]) == (10, ["closed"])
    for plain in ("Wandeling", "halte", "gezellig", "123456782", "Weverskwartier", "kracht"):
        assert plain not in stored["text"]
    cached = " ".join(page.evaluate(CACHED))
    assert "zonder-net" in cached
    for own in ("Wandeling", "Weverskwartier", "Samira", "csrfmiddlewaretoken"):
        assert own not in cached


def walk(page: Page) -> None:
    """Open the page, lose the network, open it again without, and write ten notes."""
    sign_in(page)
    page.goto(NOTES)
    ready(page)
    page.evaluate("navigator.serviceWorker.ready.then((one) => one.active.state)")
    page.wait_for_function("caches.match('/veldnotities/zonder-net/').then(Boolean)")
    page.context.set_offline(True)
    page.reload()
    ready(page)
    expect(page.get_by_text("U hebt geen verbinding")).to_be_visible()
    fits(page)
    for number, text in enumerate(WALK):
        write(page, WRONG if number == 3 else text, place=number < 3)
    on_phone(page, 10)


def opened_again(page: Page) -> Page:
    """Close the page and open it in another tab."""
    again = page.context.new_page()
    page.close()
    again.goto(NOTES)
    ready(again)
    return again


def mend(page: Page) -> None:
    """Change the note that was refused, and send it."""
    expect(page.get_by_role("listitem").get_by_text("Hier staat een burgerservicenummer.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Aanpassen")).click()
    page.get_by_role("textbox", name=re.compile("verteld of gezien")).fill(WALK[3])
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("button", name="1 notitie versturen").click()
    expect(page.get_by_text("1 notitie is verstuurd en van deze telefoon verwijderd.")).to_be_visible()


def test_ten_notes_without_a_network_arrive_once(
    open_page: Callable[..., Page],
    foreseen: set[str],
    accessible: Callable[[Page], None],
    look: Callable[[Page, str], None],
) -> None:
    foreseen |= {
        "error: Failed to load resource: net::ERR_INTERNET_DISCONNECTED",
        "error: Failed to load resource: net::ERR_FAILED",
        "error: Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)",
    }
    page = open_page(width=WIDTHS["phone"], height=760)
    walk(page)
    accessible(page)
    look(page, "veldnotities-zonder-net")
    page.get_by_role("button", name="10 notities versturen").click()
    expect(page.get_by_text("De site heeft niet geantwoord")).to_be_visible()
    page = opened_again(page)
    on_phone(page, 10)
    kept_apart(page)

    seen = lose_one_answer(page, at=6)
    page.context.set_offline(False)  # they go by themselves; an answer gets lost, and they go again
    page.evaluate("dispatchEvent(new Event('online'))")  # Chromium says it only where the page saw the network go
    expect(page.get_by_text("4 notities zijn verstuurd en van deze telefoon verwijderd.")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("De site heeft niet geantwoord")).to_be_visible()
    expect(page.get_by_text("5 notities zijn verstuurd en van deze telefoon verwijderd.")).to_be_visible(timeout=15_000)
    on_phone(page, 1)
    assert seen == [201, 201, 201, 422, 201, 201, 200, 201, 201, 201, 201]
    accessible(page)
    look(page, "veldnotities-geweigerd")
    mend(page)
    on_phone(page, 0)
    look(page, "veldnotities-verstuurd")
    assert page.evaluate(STORED)["notes"] == 0
    page.get_by_role("link", name="Verhalen bekijken").click()
    for text in WALK:
        expect(page.get_by_text(text)).to_have_count(1)
    expect(page.get_by_role("listitem").filter(has_text=WALK[0])).to_contain_text("op de kaart, op ongeveer 100 meter")


def test_a_name_that_leads_to_nobody_is_ticked_in_the_list_and_sent(
    open_page: Callable[..., Page], foreseen: set[str], accessible: Callable[[Page], None]
) -> None:
    foreseen.add("error: Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)")
    page = open_page(width=WIDTHS["phone"])
    sign_in(page)
    page.goto(NOTES)
    ready(page)
    write(page, "Op het bord staat nog mevrouw Jansen van vroeger", place=False)
    page.get_by_role("button", name="1 notitie versturen").click()
    tick = page.get_by_role("listitem").get_by_label(re.compile("er is niemand in te herkennen"))
    accessible(page)
    send = page.get_by_role("button", name="1 notitie versturen")
    tick.check()
    expect(send).to_be_visible()
    tick.uncheck()
    expect(send).to_be_hidden()
    tick.check()
    row = page.locator("[data-noot]").element_handle()
    page.evaluate("() => document.querySelector('field-notes').draw()")  # as another tab asks for
    assert row.evaluate("row => row.isConnected")
    expect(tick).to_be_checked()
    page.reload()
    ready(page)
    expect(tick).to_be_checked()
    send.click()
    expect(page.get_by_text("1 notitie is verstuurd en van deze telefoon verwijderd.")).to_be_visible()
    on_phone(page, 0)


def test_nobody_else_sees_them_and_two_tabs_send_once(open_page: Callable[..., Page], foreseen: set[str]) -> None:
    foreseen.add("error: Failed to load resource: net::ERR_INTERNET_DISCONNECTED")
    page = open_page(width=WIDTHS["phone"])
    sign_in(page)
    page.goto(NOTES)
    ready(page)
    page.wait_for_function("caches.match('/veldnotities/zonder-net/').then(Boolean)")
    write(page, WALK[0], place=False)
    page.goto("/uitloggen/")
    page.get_by_role("button", name="Uitloggen").click()
    expect(page).not_to_have_url(re.compile("uitloggen"))
    for who in ("", "woonconsulent"):
        if who:
            sign_in(page, who)
        page.context.set_offline(True)
        page.goto(NOTES)
        expect(page.get_by_role("heading", name="Nog geen notities te zien")).to_be_visible()
        expect(page.locator("body")).not_to_contain_text("Wandeling")
        page.context.set_offline(False)
    page.context.clear_cookies(name=re.compile("sess"))

    sign_in(page)
    page.goto(NOTES)
    on_phone(page, 1)
    other = page.context.new_page()
    other.goto(NOTES)
    on_phone(other, 1)
    held: list[Route] = []
    page.route(SEND, lambda route: held.append(route))
    with page.expect_request(SEND):
        page.get_by_role("button", name="1 notitie versturen").click()
    other.get_by_role("button", name="1 notitie versturen").click()
    expect(other.get_by_text("Een ander tabblad is uw notities al aan het versturen.")).to_be_visible()
    held[0].continue_()
    expect(page.get_by_text("1 notitie is verstuurd en van deze telefoon verwijderd.")).to_be_visible()
    on_phone(other, 0)

    write(other, WALK[1], place=False)
    page.context.clear_cookies(name=re.compile("sess"))
    other.get_by_role("button", name="1 notitie versturen").click()
    expect(other.get_by_text("U bent niet meer ingelogd")).to_be_visible()
    on_phone(other, 1)
    other.clock.set_fixed_time(datetime.now() + timedelta(days=31))
    other.goto("/kaart/")  # any page of the site throws away what is too old
    other.wait_for_function(f"async () => (await ({STORED})()).notes === 0")
