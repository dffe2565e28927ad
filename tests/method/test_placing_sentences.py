"""What the pages of a placing say holds: what is asked of a household, a tie, and who was locked out."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.figures.findings import Refused
from buurtbalans.figures.intake.reading import BYTES, read_tables
from buurtbalans.method.people.actions import grant
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.placements.actions.batches import close, import_batch, switch
from buurtbalans.method.placements.actions.deciding import decide
from buurtbalans.method.placements.models import PlacingBatch
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import case
from buurtbalans.method.placements.queries import proposals as page_queries
from tests.method.placings import FAR, HERE, Tables, tables, workbook
from tests.site.people_fixtures import World


@pytest.fixture
def desk(world: World) -> SimpleNamespace:
    """Somebody who places, where placing is on."""
    switch(by=world["privacy_officer"], on=True, reason="De DPIA is klaar.")
    return SimpleNamespace(by=world["placing_officer"], world=world)


def equals() -> Tables:
    """Return two equal households and one home that is dear to both."""
    sent = tables()
    first = sent["households"][1][1]
    sent["households"] = [sent["households"][0], (2, first), (3, ["H-2", *first[1:]])]
    sent["homes"] = [sent["homes"][0], (2, ["W-1", HERE, "woonstede", "2", "700", "0", ""])]
    return sent


def read(desk: SimpleNamespace, sent: Tables) -> PlacingBatch:
    return import_batch(by=desk.by, title="Week 48", tables=sent)


def test_a_tie_says_that_the_draw_decided(desk: SimpleNamespace) -> None:
    batch = read(desk, equals())
    advice = batch.advices.get()
    made = advice_queries.advised(batch, advice)
    left = next(place for place, id in enumerate(made.case.households.ids) if id not in dict(advice.proposals))
    told = page_queries.why(made, advice_queries.explained(batch, advice, made, left, 0))
    assert told["costs"] == "Beide verdelingen zijn precies even goed, dus de loting heeft beslist."


def test_what_is_asked_and_shown_of_a_home_is_what_is_less(desk: SimpleNamespace) -> None:
    batch = read(desk, equals())
    household = batch.advices.get().proposals[0][0]
    opened = page_queries.opened(advice_queries.advised(batch, batch.advices.get()), household, {})
    assert opened is not None
    assert opened.home is not None
    lost = [why for sign, why, _points, _most in opened.home.parts if sign == "min"]
    assert "is minder ruim betaalbaar" in lost
    assert "is betaalbaar" not in lost


def test_who_is_locked_out_reads_so(desk: SimpleNamespace) -> None:
    batch = read(desk, equals())
    household, home = batch.advices.get().proposals[0]
    decide(by=desk.by, batch=batch, household=household, choice="overnemen", proposed=home)
    decide(by=desk.by, batch=batch, household=household, choice="vastleggen", proposed=home)
    made = advice_queries.advised(batch, batch.advices.first())
    other = {"H-1": "H-2", "H-2": "H-1"}[household]
    assert page_queries.why_others(made, [other]) == {
        other: "W-1 is passend, maar is al toegewezen aan een ander huishouden."
    }


def test_the_template_explains_every_column_and_reading_passes_over_it(desk: SimpleNamespace) -> None:
    book = read_tables(case.template(), "x")
    told = {tuple(cells[:2]) for _line, cells in book["uitleg"]}
    assert told >= {
        (name, column) for name, rows in book.items() if name not in ("uitleg", "settings") for column in rows[0][1]
    }
    said = " ".join(cell for _line, cells in book["uitleg"] for cell in cells)
    for words in ("0 of leeg is nee", "3 is het dringendst", "met ; "):
        assert words in said
    plain, helped = (read(desk, tables() | more) for more in ({}, {"Uitleg": book["uitleg"]}))
    assert helped.files == plain.files


@pytest.mark.slow
def test_the_log_says_of_which_list_it_is_and_prints(desk: SimpleNamespace, client: Client) -> None:
    client.force_login(desk.by)
    batch = read(desk, tables())
    page = client.get(reverse("placements:log", args=[batch.pk])).content.decode()
    assert f"Week 48 van {batch.organisation} is ingelezen op " in page
    assert "Dit is de stand van " in page
    assert "data-print" in page


def above_a_ceiling() -> Tables:
    """Return six households that all can live in one area only, with a ceiling of three."""
    sent = tables()
    sent["households"] = sent["households"][:1]
    sent["households"] += [(at, [f"H-{at}", "", "1", "3", "800", "0", "", "1", "5", "", ""]) for at in range(2, 8)]
    homes = [(at, [f"W-{at}", HERE, "woonstede", "2", "600", "0", ""]) for at in range(2, 8)]
    sent["homes"] = [sent["homes"][0], *homes]
    sent["areas"][2][1][2] = "2"
    return sent | {"settings": [(1, ["name", "value"]), (2, ["rent.easy", "0.75"])]}


@pytest.mark.slow
def test_the_replay_says_why_a_simple_way_places_more(desk: SimpleNamespace, client: Client) -> None:
    client.force_login(desk.by)
    above, within = read(desk, above_a_ceiling()), read(desk, tables())
    assert above.advices.get().placed == 3
    pages = [client.get(reverse("placements:replay", args=[batch.pk])).content.decode() for batch in (above, within)]
    assert pages[0].count("komt boven het maximum van een gebied") == 1
    assert "Dit advies doet dat niet." in pages[0]
    assert "Dit advies doet dat niet." not in pages[1], "nobody places more there"
    assert "0,75, standaard is 0,8" in pages[0]
    assert 'class="klein zegel"' in pages[0]


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that knows one buurt by name."""
    division = Division(2025, [Area(HERE, "Hoge Akker", AreaLevel.BUURT, 2025, "")])
    release = SimpleNamespace(divisions=[2025], division=lambda year: division)
    monkeypatch.setattr("buurtbalans.method.placements.queries.references.current_release", lambda: release)


def test_the_name_of_an_area_is_refused_with_its_code(desk: SimpleNamespace, known: None) -> None:
    sent = tables()
    sent["homes"][1][1][1] = "Hoge Akker"
    sent["households"][2][1][10] = f"{HERE};hoge akker"
    sent["homes"][3][1][1] = "Nergens"
    with pytest.raises(Refused) as refused:
        read(desk, sent)
    told = {(one.file, one.row): one.todo for one in refused.value.findings}
    assert told["homes", 2].startswith(f"De code van Hoge Akker is {HERE}.")
    assert told["households", 3].startswith(f"De code van hoge akker is {HERE}.")
    assert not any("Nergens" in todo for todo in told.values())
    assert [(cells[0], cells[1]) for _line, cells in read_tables(case.template(), "x")["uitleg"]][-1] == (
        "Hoge Akker",
        HERE,
    )


def test_without_a_sheet_of_areas_a_name_is_told_where_it_stands(desk: SimpleNamespace, known: None) -> None:
    sent = {name: rows for name, rows in tables().items() if name != "areas"}
    sent["homes"][1][1][1] = "Hoge Akker"
    with pytest.raises(Refused) as refused:
        read(desk, sent)
    assert ("homes", 2) in {(one.file, one.row) for one in refused.value.findings}
    assert "areas" not in {one.file for one in refused.value.findings}


@pytest.mark.slow
def test_a_refusal_speaks_of_sheets_and_says_how_often(desk: SimpleNamespace, client: Client) -> None:
    client.force_login(desk.by)
    sent = tables()
    sent["households"] = sent["households"][:2] + [
        (at, [f"H-{at}", "geen", *sent["households"][1][1][2:]]) for at in range(3, 11)
    ]
    file = SimpleUploadedFile("week.xlsx", workbook(sent))
    page = client.post(reverse("placements:new"), {"title": "Week 49", "file": file}).content.decode()
    assert "“geen” staat niet in groups. Kijk de code na." in page
    assert page.count("“geen” staat niet in groups.") == 1
    assert "households, rij 3, kolom group, 8 keer" in page
    assert ".csv" not in page.partition("<main")[2].partition("<form")[0]


def test_reasons_of_the_engine_read_english_on_an_english_page(desk: SimpleNamespace, client: Client) -> None:
    sent = equals()
    sent["households"].append((4, ["H-3", "", "9", "", "300", "0", "", "1", "5", "", HERE]))
    batch = read(desk, sent)
    client.force_login(desk.by)
    client.cookies["django_language"] = "en"
    pages = {
        household: client.get(
            f"{reverse('placements:batch', args=[batch.pk])}?huishouden={household}&waarom=W-1"
        ).content.decode()
        for household in ("H-1", "H-2", "H-3")
    }
    told = pages["H-3"]
    assert "No home fits: too few rooms (1 home); the rent is too high (1 home)." in told
    assert "too few rooms; the rent is too high" in told
    assert "The only home that fits goes to another household." in told
    assert "is less easily affordable" in pages[batch.advices.get().proposals[0][0]]
    for dutch in ("te weinig kamers", "huur is te hoog", "ruim betaalbaar", "naar een ander huishouden"):
        assert dutch not in "".join(pages.values())


@pytest.mark.parametrize(("page", "more"), [("placements:new", {}), ("fairness:new_totals", {"office": "Bureau"})])
def test_a_large_file_is_refused_before_it_is_read(
    desk: SimpleNamespace, client: Client, page: str, more: dict[str, str]
) -> None:
    grant(by=None, person=desk.by, role=Role.PRIVACY_OFFICER, circle=desk.by.organisation.circle)
    client.force_login(desk.by)
    large = SimpleUploadedFile("week.xlsx", b"x" * (BYTES + 1))
    answer = client.post(reverse(page), {"title": "Week 49", "file": large} | more)
    assert answer.status_code == 422
    assert "Dit bestand is groter dan 10 MB." in answer.content.decode()


def test_the_day_of_erasing_reads_as_a_day(desk: SimpleNamespace, client: Client) -> None:
    batch = read(desk, equals())
    client.force_login(desk.by)
    shown = client.post(reverse("placements:close", args=[batch.pk]), {"left": 1}, follow=True).content.decode()
    batch.refresh_from_db()
    day = batch.erased_on
    assert f"Op {day.day} {date_format(day, 'F')} {day.year} wissen wij" in shown


def test_a_closed_list_says_so_and_offers_nothing_any_more(desk: SimpleNamespace, client: Client) -> None:
    sent = tables()
    sent["homes"].append((6, ["W-5", FAR, "woonstede", "2", "600", "0", ""]))
    batch = read(desk, sent)
    client.force_login(desk.by)
    page = f"{reverse('placements:batch', args=[batch.pk])}?huishouden=H-2"
    assert "Over elk voorstel neemt u zelf een besluit." in (shown := client.get(page).content.decode())
    assert "Keuze vastleggen" in shown
    close(by=desk.by, batch=batch)
    shown = client.get(page).content.decode()
    assert "Deze plaatsingsronde is afgerond." in shown
    assert "Over elk voorstel neemt u zelf een besluit." not in shown
    assert "Het huishouden mag ook" not in shown
