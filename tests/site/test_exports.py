"""Figures to take along: the same in three kinds of files, with a reason for what is absent, and nothing that runs."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from python_calamine import CalamineWorkbook

from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.queries import figures as figures_queries
from buurtbalans.method.datasets.queries import releases
from buurtbalans.site.exports.download_response import download_response, file_name
from buurtbalans.site.exports.figure_rows import COLUMNS, Export, figure_namer, figure_row, record
from buurtbalans.site.exports.writers import KINDS, harmless, risky
from buurtbalans.site.pages import area_figures, city_comparison, download

pytestmark = pytest.mark.django_db
STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "\u200b=",
    "\ufeff+",
    "＝",
    "＋",
    "－",
    "＠",
    "\x01=",
    "|",
    "%0A-",
    "\xa0@",
)
BODIES = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x.test","klik")')
PAYLOADS = [start + body for start in STARTS for body in BODIES]
PATHS = [
    "/kaart/tabel.{}?indicator=feels_at_home",
    "/kaart/alle-cijfers.{}?niveau=wijk",
    "/buurt/2025/BU99990101/cijfers.{}",
    "/buurt/2025/BU99990101/vergelijking.{}?cijfer=feels_at_home&naast=BU99990102",
]


def table(answer: HttpResponse, kind: str) -> list[dict[str, Any]]:
    """Return the rows of a saved file, whatever its kind, with empty cells as None."""
    body = answer.getvalue()
    if kind == "json":
        return list(json.loads(body)["figures"])
    if kind == "xlsx":
        return [record([cell if cell != "" else None for cell in each]) for each in sheet(body, "Cijfers")[1:]]
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0] == list(COLUMNS)
    return [record([cell or None for cell in each]) for each in rows[1:]]


def sheet(body: bytes, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_name(name).to_python()


@pytest.fixture
def one(waterdam: Release) -> Shown:
    [shown] = releases.shown(waterdam, areas=["BU99990101"], indicators=["feels_at_home"], periods=[2025])
    return shown


def with_text(one: Shown, text: str) -> Shown:
    """Return a figure of which every text is this one."""
    about = replace(one.indicator, name=text, unit=text, caveat=text)
    source = replace(one.source, title=text, publisher=text, licence=text)
    return replace(one, area=text, indicator=about, source=source)


@pytest.mark.parametrize("kind", KINDS)
def test_forty_formulas_in_every_text_run_in_no_file(waterdam: Release, one: Shown, kind: str) -> None:
    assert len(PAYLOADS) >= 40
    figures = [with_text(one, text) for text in PAYLOADS]
    export = Export("=1+1", "x", waterdam, figures, names=lambda shown: shown.area)
    body = download_response(export, kind).getvalue()
    if kind == "csv":
        cells = [
            cell
            for line in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";")
            for cell in line
        ]
        assert not [cell for cell in cells if risky(cell)]
        assert sum(cell.startswith("'") for cell in cells) == 8 * len(PAYLOADS)
    elif kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            assert "<f>" not in "".join(packed.read(name).decode() for name in packed.namelist() if "xml" in name)
            assert 'quotePrefix="1"' in packed.read("xl/styles.xml").decode()
            assert not [name for name in packed.namelist() if "externalLink" in name or "hyperlink" in name.lower()]
    else:
        assert json.loads(body)["figures"][0]["areaName"] == PAYLOADS[0]  # no program runs a text of JSON


@pytest.mark.parametrize("path", PATHS)
def test_the_three_kinds_say_the_same(client: Client, waterdam: Release, path: str) -> None:
    found = {kind: table(client.get(path.format(kind)), kind) for kind in KINDS}
    assert found["json"]
    for kind in ("csv", "xlsx"):
        assert [each["area"] for each in found[kind]] == [each["area"] for each in found["json"]]
        for each, same in zip(found[kind], found["json"], strict=True):
            value = each["value"]
            number = float(value.replace(",", ".")) if isinstance(value, str) else value
            assert number == same["value"]
            assert each["absence"] == same["absence"]
    for each in found["json"]:
        assert (each["value"] is None) == (each["absence"] is not None) == bool(each["absenceText"])
        assert all(each[name] for name in ("source", "licence", "caveat", "period", "division"))
        assert each["release"] == waterdam.id


def test_numbers_are_numbers_in_excel(client: Client, waterdam: Release) -> None:
    body = client.get("/kaart/tabel.xlsx?indicator=population").getvalue()
    found = sheet(body, "Cijfers")
    assert {type(each[found[0].index("cijfer")]) for each in found[1:]} <= {int, float}
    assert {type(each[0]) for each in found} == {str}
    assert f"{waterdam.id}: {waterdam.manifest.title}" in [each[1] for each in sheet(body, "Uitleg")]


def test_dutch_excel_reads_the_csv(client: Client, waterdam: Release) -> None:
    body = client.get("/kaart/tabel.csv?indicator=feels_at_home").getvalue()
    assert body.startswith(b"\xef\xbb\xbf")
    assert any("," in (each["value"] or "") for each in table(client.get(PATHS[0].format("csv")), "csv"))


def test_a_value_stands_in_its_unit_without_an_exponent(waterdam: Release, one: Shown) -> None:
    euros = replace(one, indicator=catalogue()["home_value"], value=312.0, low=None, high=None)
    assert record(figure_row(euros, "x", "r"))["value"] == 312_000
    tiny = replace(one, value=0.00001, low=-3.5, high=None)
    body = download_response(Export("x", "x", waterdam, [tiny]), "csv").getvalue().decode("utf-8-sig")
    assert ";0,00001;-3,5;;" in body


def test_the_name_says_what_and_which_release(client: Client, waterdam: Release) -> None:
    answer = client.get("/kaart/tabel.csv?indicator=feels_at_home&niveau=wijk")
    wanted = f'filename="feels-at-home-waterdam-wijk-2025-uitgave-{waterdam.id}.csv"'
    assert wanted in answer.headers["Content-Disposition"]
    odd = Export("x", '../"Curaçao"\r\nX: y/', waterdam, [])
    assert file_name(odd, "csv") == f"curacao-x-y-uitgave-{waterdam.id}.csv"


def test_origin_is_in_no_file_not_even_that_it_is_withheld(client: Client, waterdam: Release) -> None:
    asked = releases.shown(waterdam, areas=["BU99990101"])
    hidden = replace(asked[0], indicator=catalogue()["origin_turkey"], value=None, absence=Absence.NOT_SHARED)
    assert hidden not in download._open([*asked, hidden])
    assert client.get("/kaart/tabel.csv?indicator=origin_turkey").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/kaart/tabel.pdf",
        "/kaart/alle-cijfers.exe",
        "/kaart/alle-cijfers.csv?niveau=x",
        "/kaart/alle-cijfers.csv?jaar=1812",
        "/buurt/2025/BU00000000/cijfers.csv",
        "/buurt/2025/NL00/cijfers.csv",
        "/gebied/niets/cijfers.csv",
    ],
)
def test_what_is_not_there_is_not_there(client: Client, waterdam: Release, path: str) -> None:
    assert client.get(path).status_code == 404


def test_before_the_first_release_there_is_nothing_to_save(client: Client, data: object) -> None:
    assert client.get("/kaart/tabel.csv").status_code == 404


def test_a_whole_city_comes_in_pieces(client: Client, waterdam: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = releases.shown

    def counting(release: Release, areas: list[str], **more: Any) -> list[Shown]:
        asked.append(len(areas))
        return real(release, areas=areas, **more)

    monkeypatch.setattr(releases, "shown", counting)
    answer = client.get("/kaart/alle-cijfers.csv")
    assert asked == []
    pieces: Iterator[bytes] = iter(answer.streaming_content)  # type: ignore[attr-defined]
    next(pieces)
    next(pieces)
    assert asked == [download.AREAS_AT_ONCE]
    assert sum(1 for _piece in pieces) > 3
    assert max(asked) <= download.AREAS_AT_ONCE


def test_many_large_excels_at_once_are_asked_to_wait(client: Client, waterdam: Release) -> None:
    held = [download.LARGE.acquire(blocking=False) for _number in range(2)]
    try:
        assert all(held)
        answer = client.get("/kaart/alle-cijfers.xlsx")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        assert client.get("/kaart/alle-cijfers.csv").status_code == 200
    finally:
        for _each in held:
            download.LARGE.release()
    assert client.get("/kaart/alle-cijfers.xlsx").status_code == 200


def test_each_page_of_figures_leads_to_its_files(client: Client, waterdam: Release) -> None:
    area = client.get("/buurt/2025/BU99990101/?cijfer=feels_at_home&naast=BU99990102").content.decode()
    assert 'href="/buurt/2025/BU99990101/cijfers.xlsx"' in area
    assert 'href="/buurt/2025/BU99990101/vergelijking.csv?cijfer=feels_at_home&amp;naast=BU99990102"' in area
    page = client.get("/kaart/?indicator=feels_at_home&niveau=wijk").content.decode()
    assert 'href="/kaart/tabel.json?indicator=feels_at_home&amp;jaar=2025&amp;niveau=wijk"' in page
    assert 'href="/kaart/alle-cijfers.xlsx?jaar=2025&amp;niveau=wijk"' in page


def test_an_ordinary_text_stays_as_it_is(waterdam: Release, one: Shown) -> None:
    assert harmless("De Meent (2025), 50 % van 3-6") == "De Meent (2025), 50 % van 3-6"
    assert figure_namer(waterdam)(one) == "Rietoever"


@pytest.fixture
def forgetting() -> Iterator[Callable[[], None]]:
    """Let the pages forget what they read of a release: nothing of it changes, so they keep it."""

    def forget() -> None:
        for module in (area_figures, city_comparison):
            for each in vars(module).values():
                getattr(each, "cache_clear", lambda: None)()

    yield forget
    forget()


def test_a_value_of_an_earlier_release_says_so_wherever_it_stands(
    waterdam: Release, client: Client, monkeypatch: pytest.MonkeyPatch, forgetting: Callable[[], None]
) -> None:
    square, words = "people_on_square", "uit een eerdere cijferset"
    seen = releases.shown(waterdam, level="buurt", indicators=[square], periods=[2025])
    one = next(each for each in seen if each.value)
    area = f"/buurt/{one.division}/{one.area}/"
    ways = [
        area,
        f"{area}?cijfer={square}",
        f"/kaart/?indicator={square}&gekozen={one.area}",
        f"{area}cijfers.json",
        f"/kaart/tabel.csv?indicator={square}",
        f"/api/v1/figures?indicator={square}&area={one.area}",
    ]
    for kept in (frozenset(), frozenset({(one.area, one.division, square, one.period)})):
        forgetting()
        monkeypatch.setattr(Release, "kept", kept)
        monkeypatch.setitem(vars(waterdam), "kept", kept)
        silent = [way for way in ways if (words in client.get(way).getvalue().decode()) != bool(kept)]  # type: ignore[attr-defined]
        assert silent == []
    parts = [each.area for each in releases.shown(waterdam, level="buurt", indicators=[square]) if each.value]
    together = figures_queries.shown_together(waterdam, {one.area, *parts[:3]})
    marked = {(each.indicator.id, each.period) for each in together if each.kept}
    assert marked == {(square, one.period)}
