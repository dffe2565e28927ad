"""A corporation counts a list in its own browser: no row leaves it, the counts are those of the command."""

import json
import re
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import FilePayload, Page, Request, expect

from buurtbalans.figures.catalogue.indicator import SourceKind
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.policy import disclosure_rule
from tests.browser import lists
from tests.browser.test_journey import Check, Look, fits, sign_in

pytestmark = pytest.mark.slow
MANY = 5_000
CIRCLES = {"De kerngroep": Audience.CORE, "De betrokkenen": Audience.RING, "Iedereen": Audience.PUBLIC}
TITLE = "Onze woningen, 2025"
Said = tuple[str, str, str]


@pytest.fixture
def borders(site: str) -> lists.Borders:
    """The borders of the demo town, as the site gives them to everybody; only the page tells where they are."""
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    start = visitor.open(f"{site}/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', start)
    assert token
    visitor.open(f"{site}/kijk-als/woonconsulent/", f"csrfmiddlewaretoken={token[1]}".encode())
    found = re.search(r'data-grenzen="([^"]+)"', visitor.open(f"{site}/cijfers/tellen/").read().decode())
    assert found
    exact: lists.Borders = json.loads(urllib.request.urlopen(site + found[1]).read())
    return exact


def heard(page: Page) -> list[Request]:
    """Return a list that fills with every request from here on, of the page and of its worker."""
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.context.on("request", note)
    return asked


def told(asked: list[Request]) -> list[Said]:
    """Return what each request said: its method and address, its headers, and its body, with all signs undone."""
    return [
        (
            f"{request.method} {unquote_plus(request.url)}",
            unquote_plus("\n".join(f"{name}: {value}" for name, value in request.all_headers().items())),
            unquote_plus((request.post_data_buffer or b"").decode("utf-8", "replace")),
        )
        for request in asked
    ]


def file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def counted(page: Page) -> None:
    page.get_by_role("button", name="Tel per buurt").click()
    expect(page.get_by_role("heading", name="tellen mee")).to_be_visible()


def sent_counts(page: Page) -> dict[str, int]:
    lines = page.get_by_label("Precies deze tekst").input_value().split()
    assert lines[0] == "area,division,period,count"
    return {line.split(",")[0]: int(line.split(",")[3]) for line in lines[1:]}


def choose(page: Page, name: str, content: bytes) -> None:
    page.get_by_label("Uw lijst", exact=True).set_input_files(file(name, content))


def test_a_list_is_counted_shared_and_withdrawn_and_no_row_leaves(
    page: Page, borders: lists.Borders, accessible: Check, look: Look, tmp_path: Path
) -> None:
    rows = lists.homes(borders, MANY)
    asked = heard(page)
    begin = time.monotonic()
    sign_in(page, "woonconsulent")
    page.goto("/cijfers/tellen/")
    expect(page.get_by_text("Uw lijst blijft op deze computer.")).to_be_visible()
    accessible(page)
    choose(page, "woningen-2025.csv", lists.as_csv(rows))
    expect(page.get_by_text("5.000 rijen, 7 kolommen")).to_be_visible()
    expect(page.get_by_label("Oost-west")).to_have_value("4")
    expect(page.get_by_label("Noord-zuid")).to_have_value("3")
    expect(page.get_by_text("Bewoonster É000000")).to_be_visible()
    accessible(page)
    counted(page)
    accessible(page)
    look(page, "tellen-uitkomst-1280")
    expected = lists.by_the_command(tmp_path, rows, borders)
    assert sent_counts(page) == expected
    table = page.locator("[data-deel='tabel'] tbody tr")
    shown = {row.get_attribute("data-code"): row.locator("td.getal").inner_text().strip() for row in table.all()}
    assert {code: int(text.replace(".", "")) for code, text in shown.items() if code} == expected
    send(page)
    see_per_circle(page, expected, look, accessible)
    share_and_withdraw(page)
    seconds = time.monotonic() - begin
    assert seconds < 180
    said = told(asked)
    assert not leaks(rows, said)
    print(f"\n5,000 homes counted, shared, withdrawn in {seconds:.1f} s; {len(said)} requests, no cell in any of them")


def send(page: Page) -> None:
    """Send the counts, keep them for one round, and come to the page that shows what circles see."""
    page.get_by_label("Waar gaan de cijfers over?").fill(TITLE)
    page.get_by_label("Wat hebt u geteld in deze lijst?").fill("Huurwoningen van Wonen Waterdam")
    page.get_by_role("button", name="Stuur deze aantallen").click()
    expect(page).to_have_url(re.compile("/aanleveren/concept/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    page.get_by_label(re.compile("Kerngroep Weverskwartier")).first.check()
    page.get_by_role("button", name="Cijfers bewaren").click()
    expect(page).to_have_url(re.compile("/delen/"))


def see_per_circle(page: Page, counts: dict[str, int], look: Look, accessible: Check) -> None:
    """Hold what the page says of each circle beside the counts themselves and the thresholds of the gate."""
    expect(page.get_by_role("heading", name="Wat elke groep ziet")).to_be_visible()
    accessible(page)
    look(page, "delen-1280")
    rows = [row.locator("td").all_text_contents() for row in page.locator("main tbody tr").all()]
    assert sorted(int(own) for own, *_ in rows) == sorted(counts.values())
    for place, (circle, level) in enumerate(CIRCLES.items(), start=1):
        asked = disclosure_rule(SourceKind.PARTNER, level)
        seen = [(int(row[0]), figure_in(row[place])) for row in rows]
        hidden = [own for own, shown in seen if shown is None]
        small = [own for own in counts.values() if 0 < own < asked.minimum_frequency]
        assert set(small) <= set(hidden), f"{circle}: too small is hidden"
        assert all(
            abs(own - shown) < asked.rounding_base and shown % asked.rounding_base == 0
            for own, shown in seen
            if shown is not None
        )
        side = page.locator("section", has=page.get_by_role("heading", name=circle, exact=True))
        word = f"{len(hidden)} aantallen verborgen" if len(hidden) != 1 else "1 aantal verborgen"
        expect(side).to_contain_text(word if hidden else "Niets verborgen")
        assert ("ongeveer" in side.inner_text()) == (asked.rounding_base > 1)


def promise(page: Page) -> None:
    """Promise these counts in the agreement of the round, and come back to where one shares."""
    here = page.url
    page.goto("/rondes/weverskwartier/afspraak/")
    page.get_by_role("link", name="Toezegging toevoegen").click()
    page.get_by_label("Wat deelt uw organisatie?").fill("Huurwoningen per buurt")
    page.get_by_label("Hebt u hiervoor gegevens aangeleverd?").select_option(label=TITLE)
    page.get_by_role("button", name="Toezegging toevoegen").click()
    expect(page).to_have_url(re.compile("/afspraak/$"))
    page.goto(here)


def figure_in(cell: str) -> int | None:
    """Return the number that a circle sees, or nothing where it sees a reason."""
    found = re.fullmatch(r"(?:ongeveer )?([\d.]+)", " ".join(cell.split()))
    return int(found[1].replace(".", "")) if found else None


def share_and_withdraw(page: Page) -> None:
    """Share with one round, once its agreement holds these counts, with the four answers; then take them back."""
    promise(page)
    expect(page.get_by_role("radio", name=re.compile("Kerngroep Weverskwartier")).first).to_be_checked()
    for question in ("Mag het van de wet?", "Is het netjes?", "Is het een goed idee?", "Wie besloot dit?"):
        page.get_by_label(question).fill("Ja. Het zijn aantallen, geen mensen.")
    page.get_by_role("button", name="Deel de cijfers").click()
    expect(page.get_by_text("Uw cijfers zijn gedeeld.")).to_be_visible()
    expect(page.get_by_text(re.compile("Gedeeld met .*Weverskwartier"))).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Intrekken", exact=True).click()
    expect(page.get_by_text("Uw cijfers zijn ingetrokken.")).to_be_visible()
    expect(page.get_by_role("button", name="Herstellen").first).to_be_visible()


def leaks(rows: lists.Rows, asked: list[Said]) -> list[str]:
    """Return every request that holds a cell of the list: names, addresses, coordinates with a point or a comma."""
    assert any(address.endswith(".json") for address, _, _ in asked), "what the worker asks for is heard too"
    assert any("/aanleveren/telling/" in address and "area,division" in body for address, _, body in asked)
    assert any("user-agent" in headers for address, headers, _ in asked if "/aanleveren/telling/" in address)
    cells = {cell for row in rows for cell in row[:5] if cell}
    cells |= {cell.replace(".", ",") for cell in cells} | {"sociale huur", "VERTROUWELIJK", "Geheimestraat"}
    everything = [(said[0], "\n".join(said)) for said in asked]
    return [address for address, said in everything for cell in cells if cell in said]


def test_the_log_would_catch_a_leak() -> None:
    rows = [["VERTROUWELIJK-1", "Iemand", "Straat 1", "52.1234567", "5.1234567", "x", "1990"]]
    who = "user-agent: Chromium"
    fair = [("GET http://x/2025.json", who, ""), ("POST http://x/aanleveren/telling/", who, "counts=area,division\n")]
    assert not leaks(rows, fair)
    assert leaks(rows, [*fair, ("GET http://x/?q=52,1234567", who, "")])
    assert leaks(rows, [*fair, ("POST http://x/", who, "naam=Iemand")])
    assert leaks(rows, [*fair, ("GET http://x/", f"{who}\nreferer: http://x/?naam=Iemand", "")])


def test_a_list_is_counted_on_a_phone(
    open_page: Callable[..., Page], borders: lists.Borders, accessible: Check, look: Look, tmp_path: Path
) -> None:
    page = open_page(width=360)
    rows = lists.homes(borders, 500, seed=11)
    sign_in(page, "woonconsulent")
    page.goto("/cijfers/tellen/")
    fits(page)
    choose(page, "woningen.xlsx", lists.as_xlsx(rows))
    expect(page.get_by_text("500 rijen, 7 kolommen")).to_be_visible()
    fits(page)
    counted(page)
    fits(page)
    accessible(page)
    look(page, "tellen-360")
    assert sent_counts(page) == lists.by_the_command(tmp_path, rows, borders)


def test_codes_dates_and_kinds_are_counted(page: Page, borders: lists.Borders) -> None:
    one, two = (area["code"] for area in borders["areas"][:2])
    lines = ["gwb_code\tsoort\tdatum", *[f"{one}\thuur\t3-4-2024"] * 12, *[f"{two[2:]}\thuur\t2025-01-31"] * 3]
    lines += [f"{one}\tkoop\t1-1-2024", "BU00000000\thuur\t2024", "\thuur\t2024", f"{one}\thuur\tonbekend"]
    sign_in(page, "woonconsulent")
    page.goto("/cijfers/tellen/")
    choose(page, "lijst.txt", "\n".join(lines).encode("utf-16"))
    page.get_by_label("Soort").select_option(label="B · soort")
    page.get_by_label("Tel alleen").select_option(label="huur (18)")
    expect(page.get_by_label("Jaar of datum")).to_have_value("2")
    counted(page)
    text = page.get_by_label("Precies deze tekst").input_value()
    for line in (f"{one},2025,2024,12", f"{one},2025,2025,0", f"{two},2025,2024,0", f"{two},2025,2025,3"):
        assert line in text.split()
    for why in ("indeling niet kent", "geen buurtcode", "geen jaar of datum", "van een andere soort"):
        expect(page.get_by_text(why)).to_be_visible()
    expect(page.get_by_text("minder dan 10: niemand ziet dit")).to_be_visible()
    shown = page.locator("[data-deel='kringen'] li").all_inner_texts()
    assert [" ".join(each.split()) for each in shown] == [
        "De kerngroep 1 aantal blijft verborgen: minder dan 10.",
        "De betrokkenen 1 aantal blijft verborgen: minder dan 10. De rest ronden wij af op 5, met ‘ongeveer’ ervoor.",
        "Iedereen 2 aantallen blijven verborgen: minder dan 20. De rest ronden wij af op 5, met ‘ongeveer’ ervoor.",
    ]


def test_metres_of_the_dutch_grid_are_counted(page: Page, borders: lists.Borders, tmp_path: Path) -> None:
    rows = lists.homes(borders, 400, seed=5)
    sign_in(page, "woonconsulent")
    page.goto("/cijfers/tellen/")
    choose(page, "rd-2025.csv", lists.in_metres(rows))
    expect(page.get_by_label("Oost-west")).to_have_value("1")
    expect(page.get_by_label("Noord-zuid")).to_have_value("2")
    counted(page)
    assert sent_counts(page) == lists.by_the_command(tmp_path, rows, borders)


def test_a_list_is_dragged_onto_the_page(page: Page, accessible: Check) -> None:
    sign_in(page, "woonconsulent")
    page.goto("/cijfers/tellen/")
    room = page.locator("[data-deel='neerzetten']")
    carried = page.evaluate_handle(
        """() => { const carried = new DataTransfer();
        carried.items.add(new File(["naam;lat;lng\\r\\nhuis;52,2;5,2\\r\\n"], "gesleept.csv")); return carried; }"""
    )
    room.dispatch_event("dragover", {"dataTransfer": carried})
    expect(room).to_have_class(re.compile("tel-boven"))
    room.dispatch_event("drop", {"dataTransfer": carried})
    expect(room).not_to_have_class(re.compile("tel-boven"))
    expect(page.get_by_text("gesleept.csv")).to_be_visible()
    expect(page.get_by_text("1 rij, 3 kolommen")).to_be_visible()
    accessible(page)


def test_the_page_of_deliveries_leads_to_counting(page: Page) -> None:
    sign_in(page, "woonconsulent")
    for address in ("/cijfers/aanleveren/", "/cijfers/aanleveren/nieuw/"):
        page.goto(address)
        page.get_by_role("main").get_by_role("link", name="Een lijst tellen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Tel uw lijst per buurt")


REFUSED = {
    "foto.csv": (b"\x89PNG\r\n\x1a\n\x00\x00", "Dit is geen tabel"),
    "leeg.csv": (b"", "Dit bestand is leeg"),
    "kop.csv": (b"lat;lng\r\n", "Onder de kop staat geen enkele rij"),
    "scheef.csv": (b"lat;lng\r\n52,1;5,2\r\n52,1;5,2;9\r\n", "Rij 3 heeft een ander aantal kolommen"),
    "half.csv": (b'naam;lat\r\n"half', "beschadigd of afgebroken"),
    "oud.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "oud Excel-bestand"),
    "stuk.xlsx": (b"PK\x03\x04 dit is geen werkmap", "beschadigd of afgebroken"),
}


def test_files_that_cannot_be_counted_are_refused_and_nothing_is_lost(page: Page, accessible: Check) -> None:
    sign_in(page, "woonconsulent")
    page.goto("/cijfers/tellen/")
    choose(page, "goed.csv", b"naam;lat;lng\r\nhuis;52,2;5,2\r\n")
    expect(page.get_by_text("1 rij, 3 kolommen")).to_be_visible()
    for name, (content, words) in REFUSED.items():
        choose(page, name, content)
        expect(page.get_by_role("alert")).to_contain_text(words)
        expect(page.get_by_text("goed.csv")).to_be_visible()
    half = lists.as_xlsx(lists.homes({"areas": [{"rings": [[5.0, 52.0, 5.1, 52.1, 5.0, 52.0]]}] * 2}, 50))
    choose(page, "half.xlsx", half[: len(half) // 2])
    expect(page.get_by_role("alert")).to_contain_text("beschadigd of afgebroken")
    accessible(page)


def test_a_list_without_a_place_is_refused_in_words(page: Page) -> None:
    sign_in(page, "woonconsulent")
    page.goto("/cijfers/tellen/")
    choose(page, "namen.csv", b"naam;bedrag\r\nhuis;12\r\n")
    expect(page.get_by_text("Wij herkennen geen plaats")).to_be_visible()
    page.get_by_role("button", name="Tel per buurt").click()
    expect(page.get_by_role("alert")).to_contain_text("Het is niet bekend bij welke buurt een rij hoort")
    choose(page, "om.csv", b"lat;lng\r\n5,2;52,2\r\n")
    page.get_by_role("button", name="Tel per buurt").click()
    expect(page.get_by_role("alert")).to_contain_text("omgewisseld")
    choose(page, "ver.csv", b"lat;lng\r\n51,0;4,0\r\n")
    page.get_by_role("button", name="Tel per buurt").click()
    expect(page.get_by_role("alert")).to_contain_text("Geen enkele rij valt in een buurt")
    expect(page.get_by_text("vallen buiten de buurten")).to_be_visible()


def test_the_invented_example_shows_who_has_no_list(page: Page, look: Look) -> None:
    sign_in(page, "woonconsulent")
    page.goto("/cijfers/tellen/")
    page.get_by_role("button", name=re.compile("verzonnen lijst")).click()
    expect(page.get_by_text("verzonnen-woningen.csv")).to_be_visible()
    counted(page)
    first = sent_counts(page)
    assert sum(first.values()) > 4_900
    assert any(0 < value < 10 for value in first.values())
    look(page, "tellen-voorbeeld-1280")


def test_what_cannot_be_sent_stays_on_the_page(page: Page, foreseen: set[str]) -> None:
    foreseen.add("error: Failed to load resource: the server responded with a status of 403 (Forbidden)")
    sign_in(page, "woonconsulent")
    page.goto("/cijfers/tellen/")
    page.get_by_role("button", name=re.compile("verzonnen lijst")).click()
    counted(page)
    before = sent_counts(page)
    page.get_by_label("Waar gaan de cijfers over?").fill(TITLE)
    page.get_by_label("Wat hebt u geteld in deze lijst?").fill("Huurwoningen")
    page.context.clear_cookies(name="demo_sessie")
    page.get_by_role("button", name="Stuur deze aantallen").click()
    expect(page.get_by_role("alert")).to_contain_text("niet meer aangemeld")
    assert sent_counts(page) == before
    assert page.get_by_label("Waar gaan de cijfers over?").input_value() == TITLE


def test_without_javascript_the_page_says_why_and_what_else(open_page: Callable[..., Page]) -> None:
    page = open_page(javascript=False)
    sign_in(page, "woonconsulent")
    page.goto("/cijfers/tellen/")
    expect(page.get_by_text("buurtbalans count")).to_be_visible()
    expect(page.get_by_role("button", name="Tel per buurt")).to_be_hidden()


@pytest.mark.long
def test_a_hundred_thousand_rows(page: Page, borders: lists.Borders, tmp_path: Path) -> None:
    rows = lists.homes(borders, 100_000)
    expected = lists.by_the_command(tmp_path, rows, borders)
    sign_in(page, "woonconsulent")
    for kind, write in {"csv": lists.as_csv, "xlsx": lists.as_xlsx}.items():
        path = tmp_path / f"veel-2025.{kind}"
        path.write_bytes(write(rows))
        page.goto("/cijfers/tellen/")
        begin = time.monotonic()
        page.get_by_label("Uw lijst", exact=True).set_input_files(path)
        expect(page.get_by_text("100.000 rijen, 7 kolommen")).to_be_visible(timeout=120_000)
        read = time.monotonic()
        counted(page)
        done = time.monotonic()
        assert sent_counts(page) == expected
        size = path.stat().st_size / 1e6
        print(f"\n100,000 rows of {kind} ({size:.1f} MB): read {read - begin:.1f} s, counted {done - read:.1f} s")
