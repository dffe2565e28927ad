"""The quality page of a release for data stewards, and the tick that large changes ask for before publishing."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from buurtbalans.cli.app import app
from buurtbalans.figures.findings import Refused
from buurtbalans.figures.quality.doubt import Concern
from buurtbalans.figures.release.store import NoSuchRelease
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.datasets import actions
from buurtbalans.method.datasets.models import Publication
from buurtbalans.method.datasets.queries import releases
from buurtbalans.method.people.models import Person
from tests.figures.release_parts import delivery, row
from tests.site.people_fixtures import World

BUURTEN = [f"BU999901{number:02d}" for number in range(1, 31)]
GREW = BUURTEN[6]
TICK = "Ik heb dit bekeken."


@pytest.fixture
def steward(world: World) -> Person:
    return world["data_steward"]


@pytest.fixture
def signed_in(client: Client, steward: Person) -> Client:
    client.force_login(steward)
    return client


def add(grew: float = 700.0, *, years: tuple[int, ...] = (2023, 2024), women: float | None = None) -> str:
    """Put a release in the store in which one buurt grows by this much, beside ordinary changes."""
    counts = []
    for place, code in enumerate(BUURTEN):
        change = grew if code == GREW else 15.0 * (-1) ** place
        people = {2023: 1000.0, 2024: 1000.0 + change}
        counts += [row(code, "population", people[year], period=year) for year in years]
    if women is not None:
        counts += [row(GREW, "men", 500.0, period=2023), row(GREW, "women", women, period=2023)]
    return releases.store().add([delivery(counts)], [], title="Kerncijfers")


def page_of(client: Client, name: str, id: str) -> str:
    return client.get(reverse(f"datasets:{name}", args=[id])).content.decode()


def test_the_page_lists_every_doubt_with_both_values(data: Path, signed_in: Client) -> None:
    id = add(women=800.0)
    page = page_of(signed_in, "quality", id)
    assert reverse("datasets:quality", args=[id]) == f"/cijfers/{id}/kwaliteit/"
    assert f'Plaats {GREW} <span class="klein">{GREW}</span>' in page
    assert "<td>1.700</td><td>1.000</td>" in page
    assert "Dit verandert veel meer dan elders sinds 2023." in page
    assert "<td>1.000</td><td>1.300</td>" in page
    assert "Mannen en vrouwen zijn samen niet gelijk aan het aantal inwoners." in page
    assert "Eén cijfer verandert veel meer dan elders." in page
    assert page.count("Niets viel op.") == 2  # between levels, and beyond the plausible
    assert [doubt.concern for doubt in releases.doubts_of(id)] == [Concern.YEARS, Concern.INDICATORS]


def test_the_list_of_releases_leads_to_it(data: Path, signed_in: Client) -> None:
    id = add()
    listed = signed_in.get(reverse("datasets:releases")).content.decode()
    assert f'href="{reverse("datasets:quality", args=[id])}"' in listed


def test_sound_figures_have_a_short_page(data: Path, signed_in: Client) -> None:
    page = page_of(signed_in, "quality", add(grew=15.0))
    assert page.count("Niets viel op.") == 4
    assert "vinkt u aan" not in page


def test_a_long_list_says_that_there_is_more(data: Path, signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("buurtbalans.method.datasets.views.LISTED", 1)
    counts = [row(code, "household_size", 9.0 + place) for place, code in enumerate(BUURTEN[:3])]
    page = page_of(signed_in, "quality", releases.store().add([delivery(counts)], [], title="Kerncijfers"))
    assert "Hier staan de 1 sterkste." in page
    assert BUURTEN[2] in page
    assert BUURTEN[0] not in page


def test_the_page_is_for_data_stewards_and_of_a_release_that_is_there(
    data: Path, client: Client, world: World, signed_in: Client
) -> None:
    assert signed_in.get("/cijfers/2020-01-01-1/kwaliteit/").status_code == 404
    with pytest.raises(NoSuchRelease):
        releases.doubts_of("2020-01-01-1")
    client.force_login(world["member"])
    assert client.get(reverse("datasets:quality", args=[add()])).status_code == 403


def test_a_damaged_release_cannot_be_looked_at(data: Path, signed_in: Client) -> None:
    id = add()
    (data / "releases" / id / "observations.parquet").unlink()
    assert "Daarom kunnen we de cijfers niet nakijken." in page_of(signed_in, "quality", id)


def test_a_large_change_asks_for_a_tick(data: Path, signed_in: Client) -> None:
    id = add()
    asked = page_of(signed_in, "publish", id)
    assert TICK in asked
    assert reverse("datasets:quality", args=[id]) in asked
    address = reverse("datasets:publish", args=[id])
    refused = signed_in.post(address, {"note": "Nieuw jaar"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Bekijk de grote veranderingen. Vink dan dit vakje aan." in page
    assert "Nieuw jaar" in page
    assert releases.store().published_id() is None
    done = signed_in.post(address, {"note": "Nieuw jaar", "confirmed": "on"})
    assert done.status_code == 302
    assert releases.store().published_id() == id


def test_without_large_changes_no_tick_is_asked(data: Path, signed_in: Client) -> None:
    id = add(grew=15.0)
    assert TICK not in page_of(signed_in, "publish", id)
    assert signed_in.post(reverse("datasets:publish", args=[id])).status_code == 302


def test_the_year_before_is_in_the_release_that_is_published(data: Path, signed_in: Client, steward: Person) -> None:
    actions.publish_release(by=steward, release=add(years=(2023,)))
    id = add(years=(2024,))
    assert [(doubt.other, doubt.value) for doubt in releases.doubts_of(id)] == [(1000.0, 1700.0)]
    assert TICK in page_of(signed_in, "publish", id)


def test_a_damaged_release_before_is_nothing_to_compare_with(data: Path, steward: Person) -> None:
    first = add(years=(2023,))
    actions.publish_release(by=steward, release=first)
    (data / "releases" / first / "observations.parquet").write_bytes(b"")
    assert releases.doubts_of(add(years=(2024,))) == []


def test_the_action_refuses_what_nobody_looked_at(data: Path, steward: Person) -> None:
    id = add()
    with pytest.raises(Refused, match="Eén verandering is veel groter dan elders"):
        actions.publish_release(by=steward, release=id)
    assert not Publication.objects.exists()
    assert releases.store().published_id() is None
    actions.publish_release(by=steward, release=id, confirmed=True)
    row = AuditRow.objects.last()
    assert row is not None
    assert (row.verb, row.detail) == ("datasets.publish_release", {"release": id, "changes_seen": 1})


def test_the_command_asks_for_a_confirmation(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("buurtbalans.cli.release._connect_database", lambda data: False)
    monkeypatch.setenv("BUURTBALANS_DATA", str(data))
    id = add()
    refused = CliRunner().invoke(app, ["release", "publish", id])
    assert refused.exit_code == 2
    assert "--confirm" in refused.stderr
    assert "1700, eerst 1000" in refused.stderr
    assert releases.store().published_id() is None
    done = CliRunner().invoke(app, ["release", "publish", id, "--confirm"])
    assert done.exit_code == 0, done.stderr
    assert releases.store().published_id() == id


@pytest.mark.slow
def test_the_command_confirms_in_the_logbook_where_there_is_a_site(
    data: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUURTBALANS_DATA", str(data))
    (data / "buurtbalans.sqlite3").touch()
    id = add()
    assert CliRunner().invoke(app, ["release", "publish", id]).exit_code == 2
    assert CliRunner().invoke(app, ["release", "publish", id, "--confirm"]).exit_code == 0
    row = AuditRow.objects.last()
    assert row is not None
    assert row.detail["changes_seen"] == 1
