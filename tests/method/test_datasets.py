"""Releases on the site: read through the gate, published and undone by data stewards, with an audit row."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from typer.testing import CliRunner

from buurtbalans.cli.app import app
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.figures.findings import Refused
from buurtbalans.figures.release.store import NoSuchRelease
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.datasets import actions, rules
from buurtbalans.method.datasets.models import Publication, PublicationKind
from buurtbalans.method.datasets.queries import releases
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission, Role
from tests.figures.release_parts import BUURTEN, delivery, division, row, rows
from tests.site.people_fixtures import World

OTHERS = [role for role in Role if role is not Role.DATA_STEWARD]


@pytest.fixture
def steward(world: World) -> Person:
    return world["data_steward"]


@pytest.fixture
def signed_in(client: Client, steward: Person) -> Client:
    client.force_login(steward)
    return client


def add(name: str = "cbs:a") -> str:
    """Put a release on the site's store."""
    counts = rows(indicators=["population", "population_65_plus", name])
    return releases.store().add([delivery(counts)], [division()], title="Kerncijfers")


def last() -> tuple[str, str, dict[str, object]]:
    row = AuditRow.objects.last()
    assert row is not None
    return row.verb, row.about, row.detail


# reading


def test_before_the_first_release_there_is_none(data: Path) -> None:
    assert releases.current_release() is None
    assert releases.releases() == []
    with pytest.raises(NoSuchRelease):
        releases.release("r1")


def test_the_release_stays_open_and_a_switch_elsewhere_is_seen(data: Path) -> None:
    first, second = add(), add()
    releases.store().publish(first)
    opened = releases.current_release()
    assert opened is releases.current_release()
    from buurtbalans.figures.release.store import ReleaseStore

    ReleaseStore(data / "releases").publish(second)
    now = releases.current_release()
    assert now is not None
    assert now.id == second
    assert releases.release(first) is opened


def test_the_names_of_areas_are_those_of_the_release_that_is_published_now(data: Path) -> None:
    first = add()
    renamed = Division(2024, [Area(area.code, f"Nieuw {area.code}", area.level, 2024) for area in division()])
    counts = rows(indicators=["population", "population_65_plus", "cbs:a"])
    second = releases.store().add([delivery(counts)], [renamed], title="Met nieuwe namen")
    old, new = ({area.name for area in releases.release(id).division(2024)} for id in (first, second))
    assert releases.area_names() == set()
    for id, names in ((first, old), (second, new), (first, old)):
        releases.store().publish(id)
        assert releases.area_names() == names
        assert releases.area_names() is releases.area_names()
    while releases.store().published_id():
        releases.store().undo()
    assert releases.area_names() == set()
    assert old.isdisjoint(new)


def test_figures_pass_the_gate_with_their_denominators(data: Path) -> None:
    release = releases.release(add())
    [one] = releases.shown(release, areas=BUURTEN[:1], indicators=["share_65_plus"], periods=[2024])
    assert (one.area, one.value, one.indicator.id, one.base) == (BUURTEN[0], 100.0, "share_65_plus", 100.0)
    assert len(releases.shown(release, level="wijk")) == 6
    assert releases.shown(release, areas=[]) == []


def test_a_partners_small_count_and_an_unknown_column_stay_inside(data: Path) -> None:
    counts = [row(BUURTEN[0], "population", 100.0), row(BUURTEN[0], "cbs:a", 3.0)]
    release = releases.release(releases.store().add([delivery(counts)], [], title="Proef"))
    assert [one.indicator.id for one in releases.shown(release)] == ["population"]
    assert releases.shown(release, indicators=["cbs:a"]) == []


# rules


def test_only_a_data_steward_publishes(world: World) -> None:
    assert [name for name, person in world.people.items() if rules.may_publish(person)] == ["data_steward"]


# actions


def test_publishing_leaves_a_row_and_an_audit_row(data: Path, steward: Person) -> None:
    id = add()
    made = actions.publish_release(by=steward, release=id, note="Nieuwe jaargang")
    assert (made.kind, made.release, made.title, made.note, made.by) == (
        PublicationKind.PUBLISHED,
        id,
        "Kerncijfers",
        "Nieuwe jaargang",
        steward,
    )
    assert releases.store().published_id() == id
    assert last() == ("datasets.publish_release", f"datasets.publication:{made.pk}", {"release": id})


def test_undoing_leaves_a_row_and_an_audit_row(data: Path, steward: Person) -> None:
    first, second = add(), add()
    for id in (first, second):
        actions.publish_release(by=steward, release=id)
    made = actions.undo_release(by=steward)
    assert (made.kind, made.release, made.title) == (PublicationKind.UNDONE, first, "Kerncijfers")
    assert releases.store().published_id() == first
    assert last() == (
        "datasets.undo_release",
        f"datasets.publication:{made.pk}",
        {"release": first, "undone": second},
    )
    assert actions.undo_release(by=steward).release == ""
    assert releases.store().published_id() is None


def test_the_command_line_acts_as_the_system(data: Path, db: None) -> None:
    id = add()
    assert actions.publish_release(by=None, release=id).by is None
    assert actions.undo_release(by=None).by is None


@pytest.mark.slow
@pytest.mark.parametrize("role", OTHERS)
def test_others_are_refused_and_nothing_changes(data: Path, world: World, role: Role) -> None:
    id = add()
    actions.publish_release(by=None, release=id)
    rows_before = AuditRow.objects.count()
    with pytest.raises(PermissionDenied):
        actions.publish_release(by=world[role], release=add())
    with pytest.raises(PermissionDenied):
        actions.undo_release(by=world[role])
    assert releases.store().published_id() == id
    assert (AuditRow.objects.count(), Publication.objects.count()) == (rows_before, 1)


def test_a_refused_switch_leaves_nothing_in_the_database(data: Path, steward: Person) -> None:
    id, damaged = add(), add()
    actions.publish_release(by=steward, release=id)
    (data / "releases" / damaged / "observations.parquet").unlink()
    before = AuditRow.objects.count()
    for release, words in ((id, "al gepubliceerd"), (damaged, "beschadigd"), ("2020-01-01-1", "Er is geen uitgave")):
        with pytest.raises(Refused, match=words):
            actions.publish_release(by=steward, release=release)
    assert (AuditRow.objects.count(), Publication.objects.count()) == (before, 1)
    assert releases.store().published_id() == id


def test_a_disk_that_fails_at_the_switch_leaves_no_row(
    data: Path, steward: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = add()
    monkeypatch.setattr(
        "buurtbalans.figures.release.disk.replace_atomically", lambda *_: (_ for _ in ()).throw(OSError(28, "full"))
    )
    with pytest.raises(OSError, match="full"):
        actions.publish_release(by=steward, release=id)
    assert not Publication.objects.exists()
    assert releases.store().published_id() is None


def test_there_is_nothing_to_undo(data: Path, steward: Person) -> None:
    with pytest.raises(Refused, match="nog niets gepubliceerd"):
        actions.undo_release(by=steward)
    assert not Publication.objects.exists()


def test_a_publication_names_its_release(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(kind=PublicationKind.PUBLISHED, release="")


# the command line beside a database


@pytest.fixture
def beside(data: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in which the site keeps its database."""
    monkeypatch.setenv("BUURTBALANS_DATA", str(data))
    (data / "buurtbalans.sqlite3").touch()
    return data


def test_an_import_leaves_an_audit_row(steward: Person, world: World) -> None:
    actions.note_import(by=steward, release="2026-11-24-1")
    assert last() == ("datasets.import_release", "", {"release": "2026-11-24-1"})
    with pytest.raises(PermissionDenied):
        actions.note_import(by=world["member"], release="2026-11-24-1")


def test_the_page_warns_before_the_site_is_left_without_figures(data: Path, signed_in: Client) -> None:
    first, second = add(), add()
    actions.publish_release(by=None, release=first)
    page = signed_in.get(reverse("datasets:undo")).content.decode()
    assert page.index("De site heeft daarna geen cijfers meer.") < page.index('<button class="knop">')
    actions.publish_release(by=None, release=second)
    assert "geen cijfers meer" not in signed_in.get(reverse("datasets:undo")).content.decode()


@pytest.mark.slow
def test_the_command_writes_the_publication_where_there_is_a_site(beside: Path) -> None:
    id = add()
    done = CliRunner().invoke(app, ["release", "publish", id, "--note", "Nieuw jaar"])
    assert done.exit_code == 0, done.stderr
    assert Publication.objects.get().note == "Nieuw jaar"
    assert last()[0] == "datasets.publish_release"
    careful = CliRunner().invoke(app, ["release", "undo"])
    assert careful.exit_code == 2
    assert "geen cijfers meer" in careful.stderr
    assert releases.store().published_id() == id
    assert CliRunner().invoke(app, ["release", "undo", "--confirm"]).exit_code == 0
    assert last()[0] == "datasets.undo_release"
    refused = CliRunner().invoke(app, ["release", "undo"])
    assert refused.exit_code == 2
    assert Publication.objects.count() == 2


# pages


def page_of(client: Client, address: str) -> str:
    """Return a page as text."""
    return client.get(address).content.decode()


@pytest.mark.slow
def test_the_page_is_for_data_stewards(data: Path, world: World, client: Client) -> None:
    page = reverse("datasets:releases")
    assert page == "/cijfers/"
    assert client.get(page).status_code == 302
    client.force_login(world["member"])
    answer = client.get(page)
    assert answer.status_code == 403
    assert "cijfers publiceren" in answer.content.decode()


def test_an_empty_store_says_what_to_do(data: Path, signed_in: Client) -> None:
    answer = page_of(signed_in, reverse("datasets:releases"))
    assert "Nog geen cijfersets" in answer
    assert "buurtbalans release import" in answer


@pytest.mark.slow
def test_publish_and_undo_without_javascript(data: Path, signed_in: Client, steward: Person) -> None:
    first, second = add(), add()
    listed = page_of(signed_in, reverse("datasets:releases"))
    assert reverse("datasets:publish", args=[first]) in listed
    assert "a.csv" in listed
    for id in (first, second):
        asked = page_of(signed_in, reverse("datasets:publish", args=[id]))
        assert "alle controles zijn goed" in asked
        done = signed_in.post(reverse("datasets:publish", args=[id]), {"note": "Waarom & hoe"}, follow=True)
        assert f"De {releases.release_words(id)} is nu voor iedereen te zien." in done.content.decode()
    assert "Waarom &amp; hoe" in done.content.decode()
    assert "eerder gepubliceerd" in done.content.decode()
    now, before = releases.release_words(second), releases.release_words(first)
    asked = page_of(signed_in, reverse("datasets:undo"))
    assert f"Nu is de {now} te zien. Daarna is de {before} weer te zien." in asked
    done = signed_in.post(reverse("datasets:undo"), follow=True).content.decode()
    assert f"De {releases.release_words(first)} is weer voor iedereen te zien." in done
    assert "De site heeft daarna geen cijfers meer." in page_of(signed_in, reverse("datasets:undo"))
    done = signed_in.post(reverse("datasets:undo"), follow=True).content.decode()
    assert "Er is op dit moment geen cijferset gepubliceerd." in done
    assert [each.by for each in Publication.objects.all()] == [steward] * 4


def test_a_release_is_called_by_its_day() -> None:
    called = [releases.release_words(id) for id in ("2026-11-27-1", "2026-11-27-12", "r1")]
    assert called == ["cijferset van 27 november 2026", "cijferset 12 van 27 november 2026", "cijferset r1"]
    with override("en"):
        assert releases.release_words("2026-11-27-1").endswith("27 November 2026")


def test_what_stands_out_is_read_before_publishing(data: Path, signed_in: Client) -> None:
    id = releases.store().add([delivery(rows(indicators=["population"]))], [], title="Zonder kaart")
    assert "Er is geen kaart bij deze cijfers." in page_of(signed_in, reverse("datasets:publish", args=[id]))


def test_a_damaged_release_cannot_be_published(data: Path, signed_in: Client) -> None:
    id = add()
    (data / "releases" / id / "observations.parquet").unlink()
    assert "Deze cijferset is beschadigd." in page_of(signed_in, reverse("datasets:releases"))
    page = reverse("datasets:publish", args=[id])
    assert "kan nu niet worden gepubliceerd" in page_of(signed_in, page)
    answer = signed_in.post(page, {})
    assert answer.status_code == 422
    assert '<form method="post"' not in answer.content.decode().split("<main")[1].split("</main")[0]


def test_publishing_what_is_published_is_refused_with_words(data: Path, signed_in: Client) -> None:
    id = add()
    actions.publish_release(by=None, release=id)
    page = reverse("datasets:publish", args=[id])
    assert "nu al voor iedereen te zien" in page_of(signed_in, page)
    answer = signed_in.post(page, {})
    assert answer.status_code == 422
    assert "al gepubliceerd" in answer.content.decode()


def test_nothing_to_undo_is_said(data: Path, signed_in: Client) -> None:
    assert "Er valt niets terug te draaien." in page_of(signed_in, reverse("datasets:undo"))
    answer = signed_in.post(reverse("datasets:undo"))
    assert answer.status_code == 422
    assert "Terugdraaien kan nu niet." in answer.content.decode()


def test_undo_is_refused_when_somebody_published_meanwhile(data: Path, signed_in: Client) -> None:
    first, second = add(), add()
    actions.publish_release(by=None, release=first)
    assert f'value="{first}"' in page_of(signed_in, reverse("datasets:undo"))
    actions.publish_release(by=None, release=second)
    answer = signed_in.post(reverse("datasets:undo"), {"seen": first})
    assert answer.status_code == 422
    assert "Intussen is er een andere uitgave gepubliceerd." in answer.content.decode()
    assert releases.store().published_id() == second


def test_a_release_that_is_not_there_is_404(data: Path, signed_in: Client) -> None:
    for id in ("2020-01-01-1", "x"):
        assert signed_in.get(reverse("datasets:publish", args=[id])).status_code == 404
        assert signed_in.post(reverse("datasets:publish", args=[id])).status_code == 404


def test_a_reason_that_is_too_long_is_refused_and_kept(data: Path, signed_in: Client) -> None:
    id = add()
    answer = signed_in.post(reverse("datasets:publish", args=[id]), {"note": "w" * 301})
    assert answer.status_code == 422
    assert "w" * 301 in answer.content.decode()
    assert releases.store().published_id() is None


def test_the_permission_is_the_one_of_publishing_figures() -> None:
    assert Permission.PUBLISH_FIGURES.words == "cijfers publiceren"
