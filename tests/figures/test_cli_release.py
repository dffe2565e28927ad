"""`buurtbalans release`: from files to a published release and back, with exit codes that scripts can rely on."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from buurtbalans.cli import release
from buurtbalans.cli.app import app
from buurtbalans.figures import sources
from buurtbalans.figures.release.store import ReleaseStore, State
from tests.figures.release_parts import CODES, delivery, division, row, rows


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder without a database."""
    monkeypatch.setenv("BUURTBALANS_DATA", str(tmp_path))
    monkeypatch.setattr(release, "_connect_database", lambda data: False)
    return tmp_path


@pytest.fixture
def store(data: Path) -> ReleaseStore:
    return ReleaseStore(data / "releases")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["release", *map(str, arguments)])


def add(store: ReleaseStore) -> str:
    return store.add([delivery(rows(indicators=["population", "cbs:a"]))], [division()], title="Proef")


def buurten(path: Path) -> Path:
    """Write a map of one small square, in the shape in which Amsterdam gives its buurten."""
    square = {"type": "Polygon", "coordinates": [[[4.9, 52.3], [4.91, 52.3], [4.91, 52.31], [4.9, 52.3]]]}
    properties = {"cbsCode": "BU99990101", "naam": "Proefbuurt", "code": "AA01"}
    feature = {"type": "Feature", "properties": properties, "geometry": square}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return path


@pytest.mark.slow
def test_publish_list_verify_and_undo(store: ReleaseStore) -> None:
    first, second = add(store), add(store)
    for id in (first, second):
        assert run("check", id).exit_code == 0
        done = run("publish", id)
        assert (done.exit_code, done.stderr) == (0, f"Cijferset {id} is gepubliceerd.\n")
    assert store.published_id() == second
    listed = run("list")
    assert [line.split()[0] for line in listed.stdout.splitlines()[1:]] == [second, first]
    assert "eerder gepubliceerd" in listed.stdout
    assert "16 cijfers, 2 indicatoren (land 1, gemeente 1, wijk 2, buurt 4)" in listed.stdout
    assert run("verify", second).exit_code == 0
    assert f"Cijferset {first} is weer te zien." in run("undo").stderr
    careful = run("undo")
    assert careful.exit_code == 2
    assert "geen cijfers meer" in careful.stderr
    assert "release undo --confirm" in careful.stderr
    assert "geen cijferset gepubliceerd" in run("undo", "--confirm").stderr
    refused = run("undo")
    assert refused.exit_code == 2
    assert "nog niets gepubliceerd" in refused.stderr


def test_publishing_twice_is_no_mistake(store: ReleaseStore) -> None:
    id = add(store)
    assert run("publish", id).exit_code == run("publish", id).exit_code == 0


def test_the_data_folder_can_be_named(store: ReleaseStore, tmp_path: Path) -> None:
    add(store)
    assert "klaargezet" in run("list", "--data", tmp_path).stdout
    assert "nog geen cijfersets" in run("list", "--data", tmp_path / "elsewhere").stderr


@pytest.mark.parametrize("command", ["check", "publish", "verify"])
@pytest.mark.parametrize("id", ["2020-01-01-1", "..", "x"])
def test_a_release_that_is_not_there_is_refused(command: str, id: str) -> None:
    refused = run(command, id)
    assert refused.exit_code == 2
    assert f"Er is geen uitgave ‘{id}’" in refused.stderr


def test_a_damaged_release_is_refused_and_not_published(store: ReleaseStore) -> None:
    id = add(store)
    file = store.root / id / "observations.parquet"
    file.chmod(0o644)
    file.write_bytes(b"broken")
    assert run("verify", id).exit_code == 2
    for command in ("check", "publish"):
        refused = run(command, id)
        assert refused.exit_code == 2
        assert "beschadigd" in refused.stderr
    file.unlink()
    assert str(State.DAMAGED) in run("list").stdout


def test_import_says_what_stands_out_and_where_to_go_on(
    store: ReleaseStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sources, "read_files", lambda files, **how: delivery([row(CODES[4], "population", 5.0)]))
    done = run("import", "a.csv", "--areas", f"{buurten(tmp_path / 'kaart.geojson')}@2022", "--title", "Kerncijfers")
    assert done.exit_code == 0, done.stderr
    [id] = store.states()
    assert done.stdout == f"{id}\n"
    assert f"buurtbalans release publish {id}" in done.stderr
    assert "De kaart van 2022 past op" in done.stderr
    assert (store.get(id).manifest.title, store.get(id).divisions) == ("Kerncijfers", (2022,))


def test_import_of_bad_files_says_everything_and_keeps_nothing(store: ReleaseStore, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n")
    (tmp_path / "map.json").write_text("{")
    refused = run("import", tmp_path / "empty.csv", tmp_path / "odd.csv")
    assert refused.exit_code == 2
    assert {"empty.csv", "odd.csv"} <= set(refused.stderr.split())
    refused = run("import", tmp_path / "empty.csv", "--areas", tmp_path / "map.json", "--areas", tmp_path / "gone.json")
    assert refused.exit_code == 2
    assert "map.json" in refused.stderr
    assert "gone.json" in refused.stderr
    assert store.states() == {}


def test_doubled_figures_are_refused_at_import(store: ReleaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "read_files", lambda files, **how: delivery(rows(indicators=["population"])))
    refused = run("import", "a.csv", "a.csv")
    assert refused.exit_code == 2
    assert "twee keer" in refused.stderr
    assert store.states() == {}


def test_a_full_disk_is_said_and_keeps_nothing(store: ReleaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sources, "read_files", lambda files, **how: delivery(rows(indicators=["population"])))
    monkeypatch.setattr("buurtbalans.figures.release.disk.settle", full)
    failed = run("import", "a.csv")
    assert failed.exit_code == 1
    assert "Maak ruimte" in failed.stderr
    assert store.states() == {}


def test_a_mapping_says_what_the_columns_of_any_table_are(store: ReleaseStore, tmp_path: Path) -> None:
    table, mapping = tmp_path / "eigen.csv", tmp_path / "eigen.toml"
    table.write_text("plek;hoeveel\nBU99990101;41\n")
    mapping.write_text('id = "eigen"\narea = "plek"\nyear = 2024\n[indicators]\nhoeveel = "eigen:bankjes"\n')
    areas = buurten(tmp_path / "kaart.json")
    done = run("import", str(table), "--areas", f"{areas}@2024", "--mapping", str(mapping))
    assert done.exit_code == 0, done.stderr
    found = store.get(done.stdout.strip()).figures(indicators=["eigen:bankjes"])
    assert found["value"].to_list() == [41.0]
    mapping.write_text('id = "eigen"\narea = "plek"\nonzin = 1\n')
    refused = run("import", str(table), "--mapping", str(mapping))
    assert refused.exit_code == 2
    assert "onzin" in refused.stderr


def test_deliveries_need_a_site(store: ReleaseStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "read_files", lambda files, **how: delivery(rows(indicators=["population"])))
    refused = run("import", "x.csv", "--delivery", "1")
    assert refused.exit_code == 4
    assert "buurtbalans migrate" in refused.stderr
