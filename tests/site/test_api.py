"""The open API: figures by what one asks, page by page, with a reason for what is absent and problems in words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.release.frozen import Release
from buurtbalans.figures.release.store import ReleaseStore
from buurtbalans.method.datasets.queries import releases

pytestmark = pytest.mark.django_db
LISTS = ("releases", "areas", "indicators", "balance", "figures?indicator=feels_at_home")


def asked(client: Client, path: str, **more: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{path}", **more)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_it_describes_itself_for_programs(client: Client) -> None:
    about = asked(client, "openapi.json")
    assert about["openapi"].startswith("3.1")
    assert set(about["paths"]) == {"/releases", "/areas", "/indicators", "/balance", "/figures"}
    assert about["info"]["version"] == "1.0.0"
    assert about["info"]["contact"]
    for path, each in about["paths"].items():
        assert "/" not in path[1:]
        assert set(each) == {"get"}
        assert each["get"]["description"]
        assert set(each["get"]["responses"]) >= {"200", "400", "404"}
        for key in each["get"].get("parameters", ()):
            assert key["name"].isalpha()
            assert key["name"][0].islower()


@pytest.mark.parametrize("path", LISTS)
def test_every_answer_says_its_version_and_may_be_kept(client: Client, waterdam: Release, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.headers["API-Version"] == "1.0.0"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert waterdam.id in answer.headers["ETag"]
    again = client.get(f"/api/v1/{path}", headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["API-Version"]) == (304, b"", "1.0.0")
    assert client.head(f"/api/v1/{path}").status_code == 200


@pytest.mark.parametrize("path", LISTS)
def test_pages_lead_on_and_together_are_all(client: Client, waterdam: Release, path: str) -> None:
    mark = "&" if "?" in path else "?"
    first = asked(client, f"{path}{mark}pageSize=1000")
    found, link = [], f"http://testserver/api/v1/{path}{mark}pageSize={max(1, first['totalItems'] // 3)}"
    while link:
        page = asked(client, link.removeprefix("http://testserver/api/v1/"))
        found += page["items"]
        link = page["links"]["next"]
    assert found == first["items"]
    assert len(found) == first["totalItems"]


def test_figures_are_those_that_passed_the_gate(client: Client, waterdam: Release) -> None:
    found = asked(client, "figures?indicator=feels_at_home&period=2025&level=buurt&pageSize=1000")["items"]
    shown = releases.shown(waterdam, indicators=["feels_at_home"], periods=[2025], level="buurt")
    assert [(each["area"], each["value"], each["absence"]) for each in found] == [
        (one.area, one.value, one.absence and one.absence.value) for one in shown
    ]
    assert {each["absence"] for each in found if each["absence"]}
    assert all(bool(each["absence"]) == bool(each["absenceText"]) == (each["value"] is None) for each in found)
    assert all(each["source"] and each["licence"] and each["caveat"] for each in found)


def test_conditions_add_up(client: Client, waterdam: Release) -> None:
    path = (
        "figures?area=BU99990101&area=BU99990102&indicator=population&indicator=feels_at_home&period=2024&period=2025"
    )
    found = asked(client, path)["items"]
    assert len(found) == 8
    assert {each["area"] for each in found} == {"BU99990101", "BU99990102"}


def test_areas_have_the_year_of_their_borders(client: Client, waterdam: Release) -> None:
    found = asked(client, "areas?level=buurt&within=WK999901&division=2020&pageSize=1000")["items"]
    assert found
    assert {(each["level"], each["division"], each["parent"]) for each in found} == {("buurt", 2020, "WK999901")}


def test_origin_is_nowhere(client: Client, waterdam: Release) -> None:
    hidden = [one.id for one in catalogue().values() if one.restricted]
    listed = {each["id"] for each in asked(client, "indicators?pageSize=1000")["items"]}
    assert hidden
    assert not listed & set(hidden)
    known, unknown = (client.get(f"/api/v1/figures?indicator={name}") for name in (hidden[0], "niets"))
    assert known.status_code == unknown.status_code == 400
    assert known.content.replace(hidden[0].encode(), b"niets") == unknown.content


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("figures", 400, "area"),
        ("balance?within=GM0000", 404, "gemeente"),
        ("balance?level=land", 400, "level"),
        ("figures?indicator=niets", 400, "niets"),
        ("figures?area=BU99990101&level=dorp", 400, "level"),
        ("figures?area=BU99990101&period=vorig", 400, "period"),
        ("figures?area=BU99990101&pagina=2", 400, "pagina"),
        ("figures?area=BU99990101&page=0", 400, "page"),
        ("figures?area=BU99990101&pageSize=1001", 400, "pageSize"),
        ("figures?area=BU99990101&page=999", 404, "Bladzijde 999"),
        ("areas?division=1812", 404, "2025"),
        ("releases?x=%3Cscript%3E", 400, "kent de API"),
        ("niets", 404, "openapi.json"),
        ("releases/", 404, "openapi.json"),
        ("", 404, "openapi.json"),
    ],
)
def test_a_problem_says_in_plain_words_what_is_wrong(
    client: Client, waterdam: Release, path: str, status: int, word: str
) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["API-Version"] == "1.0.0"
    assert answer.headers["Cache-Control"] == "no-store"
    says = answer.json()
    assert says["status"] == status
    assert word in says["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_only_reads(client: Client, waterdam: Release, method: str) -> None:
    answer = getattr(client, method)("/api/v1/releases")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_without_a_release_it_says_so(client: Client, data: object) -> None:
    answer = client.get("/api/v1/releases")
    assert answer.status_code == 404
    assert "nog geen uitgave" in answer.json()["detail"]


def test_a_damaged_release_is_not_given(client: Client, data: Any, waterdam_folder: Any, settings: Any) -> None:
    import shutil

    shutil.copytree(waterdam_folder / "releases", data / "releases", symlinks=True)
    id = ReleaseStore(data / "releases").published_id()
    (data / "releases" / str(id) / "observations.parquet").write_bytes(b"x")
    answer = client.get("/api/v1/figures?indicator=population")
    assert answer.status_code == 503
    assert "beschadigd" in answer.json()["detail"]


def test_the_page_for_people_needs_nothing_from_elsewhere(client: Client, waterdam: Release) -> None:
    page = client.get(reverse("api:docs")).content.decode()
    assert "/api/v1/figures?indicator=population&amp;level=buurt" in page
    assert "//cdn" not in page
    assert "<script>" not in page
    for line in page.split('href="')[1:]:
        assert line.startswith(("/", "#"))


def test_a_portal_reads_what_the_set_is(client: Client, waterdam: Release) -> None:
    answer = client.get("/api/v1/catalog")
    assert answer.headers["Content-Type"] == "application/ld+json"
    about = answer.json()["dcat:dataset"]
    assert about["dct:identifier"] == waterdam.id
    assert about["dcat:distribution"]["dcat:accessURL"].endswith("/api/v1/figures")


def test_the_balance_gives_a_range_or_why_there_is_none(client: Client, waterdam: Release) -> None:
    found = asked(client, "balance?pageSize=1000&weights=green_near-0")["items"]
    assert {each["dimension"] for each in found} == {"composition", "facilities", "liveability"}
    for each in found:
        assert (each["why"] is None) == (each["low"] is not None)
        assert each["low"] is None or each["low"] <= each["middle"] <= each["high"]
        assert each["weights"] == "green_near-0"
    assert asked(client, "balance?level=wijk&pageSize=1")["totalItems"] % 3 == 0
    assert asked(client, "balance?level=stadsdeel")["totalItems"] == 0  # this town has none
    assert any("not_shared" in each["missing"] for each in found if each["why"])
