"""More than twenty bad behaviours of a publisher's server: what comes in is whole and right, or nothing comes in."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

from buurtbalans.figures.fetching import Fetched, FetchRequest, fetch
from buurtbalans.figures.fetching.client import Client
from buurtbalans.figures.fetching.limits import Limits
from buurtbalans.figures.findings import Refused
from buurtbalans.figures.sources import read_files
from tests.figures import fake_service as fake

LIMITS = Limits(silence=0.5, seconds=1, bytes=100_000, tries=3, wait=1, longest=60, pages=20)
LAST = (len(fake.AREAS) - 1) // fake.SIZE
TRUTH = {code: 5.0 * at for at, (code, _) in enumerate(fake.AREAS)}
NEVER: dict[str, tuple[fake.Handler, str]] = {
    "cut body": (fake.on(1, fake.cut), "is afgebroken"),
    "wrong length": (fake.on(1, fake.too_short_length), "geen hele JSON"),
    "half a page, then close": (fake.on(1, fake.half_then_close), "geen hele JSON"),
    "always 500": (fake.on(1, fake.failing), "storing \\(500\\)"),
    "endless slow drip": (fake.on(1, fake.drip), "duurt langer dan"),
    "silence": (fake.on(1, fake.silent), "zwijgt langer dan|verbinding viel weg"),
    "429 without an end": (fake.on(1, fake.busy), "heeft het druk"),
    "429 for too long": (fake.on(1, fake.busy_until("3600")), "heeft het druk"),
    "a web page": (fake.on(1, fake.web_page), "text/html"),
    "a web page that says it is JSON": (fake.on(1, fake.web_page_as_json), "webpagina"),
    "an empty page": (fake.on(1, fake.empty_page), "lege bladzijde"),
    "rows of the first page again": (fake.on(1, fake.same_page), "dubbel"),
    "a link in a loop": (fake.on(1, fake.loop), "in een kring"),
    "another total half way": (fake.on(1, fake.other_total), "veranderde tijdens het ophalen"),
    "fewer rows than promised": (fake.on(1, fake.promises_more), "belooft er"),
    "a gzip bomb": (fake.on(1, fake.bomb), "groter dan"),
    "bytes that are no UTF-8": (fake.on(1, fake.latin), "geen UTF-8"),
    "another encoding": (fake.on(1, fake.says_latin), "iso-8859-1"),
    "a redirect to another host": (fake.on(1, fake.elsewhere), "verwijst naar een ander adres"),
    "a next page on another host": (fake.on(0, fake.next_elsewhere), "op een ander adres"),
    "invalid JSON": (fake.on(1, fake.invalid), "geen hele JSON"),
    "double rows": (fake.on(1, fake.doubled), "dubbel"),
    "rows of another city": (fake.on(LAST, fake.stranger), "niemand om vroeg"),
}
OVER_SOON: dict[str, fake.Handler] = {
    "500, then good": fake.on(1, fake.failing, tries=2),
    "429 with Retry-After, then good": fake.on(1, fake.busy_until("7"), tries=1),
    "429 without, then good": fake.on(1, fake.busy, tries=2),
    "cut, then good": fake.on(1, fake.cut, tries=1),
    "a web page, then good": fake.on(0, fake.web_page, tries=1),
    "packed": fake.on(1, fake.packed),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an earlier fetch brought."""
    with fake.running() as service:
        request = FetchRequest("cbs-kwb", ("GM9901",), 2018, fake.TABLE, base=service.base)
        return fetch(request, tmp_path_factory.mktemp("eerder")).folder


@pytest.fixture
def service() -> Iterator[fake.Service]:
    with fake.running() as found:
        yield found


@pytest.fixture
def ask(service: fake.Service, tmp_path: Path) -> Callable[..., Fetched]:
    def asked(waits: list[float] | None = None, **more: object) -> Fetched:
        request = FetchRequest("cbs-kwb", ("GM9901",), 2018, fake.TABLE, base=service.base, **more)  # type: ignore[arg-type]
        client = Client(LIMITS, sleep=(waits if waits is not None else []).append)
        return fetch(request, tmp_path / "bronnen", client=client)

    return asked


def published(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("cbs-kwb-*"))


def residents(folder: Path) -> dict[str, float]:
    """Return the residents of each area in the table that was fetched."""
    tables = map(pl.read_parquet, folder.glob("*.parquet"))
    (table,) = (table for table in tables if "AantalInwoners_5" in table.columns)
    return {code.strip(): float(count) for code, count in table.select("WijkenEnBuurten", "AantalInwoners_5").rows()}


@pytest.mark.slow
def test_a_good_server(ask: Callable[..., Fetched], tmp_path: Path) -> None:
    found = ask()
    assert found.new
    assert residents(found.folder) == TRUTH
    rows = read_files([found.folder]).observations
    assert dict(rows.filter(indicator="population").select("area", "value").iter_rows()) == TRUTH
    assert (found.folder / "SHA256SUMS").is_file()
    assert found.folder.name == "cbs-kwb-2018-GM9901-1"
    again = ask()
    assert (again.new, again.folder) == (False, found.folder)


@pytest.mark.slow
@pytest.mark.parametrize("name", NEVER)
def test_nothing_bad_comes_in(
    name: str, service: fake.Service, ask: Callable[..., Fetched], tmp_path: Path, good: Path
) -> None:
    kept = Path(shutil.copytree(good, tmp_path / "bronnen" / good.name))
    before = {path.name: path.read_bytes() for path in kept.iterdir()}
    service.rows["TypedDataSet"][0]["AantalInwoners_5"] = 1000
    service.behave, says = NEVER[name]
    with pytest.raises(Refused, match=says):
        ask()
    assert published(tmp_path / "bronnen") == [kept]
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == before


@pytest.mark.slow
@pytest.mark.parametrize("name", ["another total half way", "cut body", "double rows"])
def test_after_trouble_the_next_fetch_is_right(
    name: str, service: fake.Service, ask: Callable[..., Fetched], tmp_path: Path, good: Path
) -> None:
    kept = Path(shutil.copytree(good, tmp_path / "bronnen" / good.name))
    service.rows["TypedDataSet"][0]["AantalInwoners_5"] = 1000
    service.behave, _ = NEVER[name]
    with pytest.raises(Refused):
        ask()
    service.behave = None
    after = ask()
    assert after.new
    assert residents(after.folder) == {**TRUTH, "GM9901": 1000.0}
    assert residents(kept) == TRUTH


@pytest.mark.slow
@pytest.mark.parametrize("name", OVER_SOON)
def test_what_is_over_soon_is_waited_for(name: str, service: fake.Service, ask: Callable[..., Fetched]) -> None:
    service.behave = OVER_SOON[name]
    waits: list[float] = []
    assert residents(ask(waits).folder) == TRUTH
    expected = {
        "429 with Retry-After, then good": [7],
        "packed": [],
        "500, then good": [1, 2],
        "429 without, then good": [1, 2],
    }
    assert waits == expected.get(name, [1])


@pytest.mark.slow
def test_a_half_download_is_gone_on_with(service: fake.Service, ask: Callable[..., Fetched], tmp_path: Path) -> None:
    service.behave = fake.on(1, fake.failing)
    with pytest.raises(Refused):
        ask()
    service.behave = None
    service.asked.clear()
    assert residents(ask().folder) == TRUTH
    first = [path for path in service.asked if "TypedDataSet" in path and "$skip" not in path]
    assert first == []
    assert not list((tmp_path / "bronnen").glob(".half*"))


@pytest.mark.slow
def test_a_half_download_of_another_version_begins_anew(service: fake.Service, ask: Callable[..., Fetched]) -> None:
    service.behave = fake.on(1, fake.failing)
    with pytest.raises(Refused):
        ask()
    service.behave = None
    service.rows["TableInfos"][0]["Modified"] = "2024-02-02"
    service.rows["TypedDataSet"][0]["AantalInwoners_5"] = 1000
    assert residents(ask().folder)["GM9901"] == 1000.0


@pytest.mark.slow
def test_a_damaged_half_page_is_fetched_again(
    service: fake.Service, ask: Callable[..., Fetched], tmp_path: Path
) -> None:
    service.behave = fake.on(1, fake.failing)
    with pytest.raises(Refused):
        ask()
    service.behave = None
    [page] = (tmp_path / "bronnen").glob(".half*/TypedDataSet/00001.json")
    page.write_bytes(page.read_bytes().replace(b'"AantalInwoners_5": 5', b'"AantalInwoners_5": 6'))
    assert residents(ask().folder) == TRUTH


@pytest.mark.slow
def test_what_the_reader_refuses_is_not_kept(
    service: fake.Service, ask: Callable[..., Fetched], tmp_path: Path
) -> None:
    for row in service.rows["TypedDataSet"]:
        row["Codering_3"] = "BU99019999"
    with pytest.raises(Refused, match="spreken elkaar tegen"):
        ask()
    assert published(tmp_path / "bronnen") == []


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (FetchRequest("cbs", ("GM0363",)), "halen wij niet op"),
        (FetchRequest("cbs-kwb", ("0363",)), "geen code van een gemeente"),
        (FetchRequest("cbs-kwb", ()), "geen gemeente"),
        (FetchRequest("cbs-kwb", ("GM0363",), 1999), "kennen wij geen tabel"),
        (FetchRequest("cbs-kwb", ("GM0363",), table="99999NED"), "Van welk jaar"),
    ],
)
def test_a_wrong_call_is_refused(call: FetchRequest, says: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=says):
        fetch(call, tmp_path)
