"""Releases in the store: made aside, frozen, published by one switch, undone, found quickly, never half."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.observation import SCHEMA
from buurtbalans.figures.release import disk
from buurtbalans.figures.release import store as store_module
from buurtbalans.figures.release.manifest import Manifest
from buurtbalans.figures.release.store import NoSuchRelease, ReleaseStore, State
from tests.figures.release_parts import CATALOGUE, CODES, delivery, division, frame, row, rows


@pytest.fixture
def store(tmp_path):
    return ReleaseStore(tmp_path / "releases", CATALOGUE)


def add(store, observations=None, **more):
    return store.add([delivery(observations or rows())], [division()], title="Proef", **more)


def test_import_check_publish(store):
    id = add(store)
    assert store.states() == {id: State.READY}
    assert store.current() is None
    assert store.check(id) == []
    assert store.publish(id) == []
    assert store.states() == {id: State.PUBLISHED}
    assert store.current().id == id
    assert store.current() is store.current()


def test_the_manifest_tells_what_is_in_the_release(store):
    note = Finding(Severity.NOTE, "Eén kolom kennen wij niet.", file="a.csv", column="x", times=3)
    id = store.add([delivery(rows(), findings=[note])], [division()], title="Kerncijfers", invented=True)
    manifest = ReleaseStore(store.root, CATALOGUE).get(id).manifest
    assert (manifest.title, manifest.invented, manifest.periods) == ("Kerncijfers", True, (2024,))
    assert manifest.indicators == ("people", "young")
    assert manifest.counts == {"observations": 16, "values": 16}
    assert manifest.regions == {"land": 1, "gemeente": 1, "wijk": 2, "buurt": 4}
    assert manifest.findings == (note,)
    assert manifest.sources[0].files == (("a.csv", "ab"),)
    assert manifest.created.utcoffset().total_seconds() == 0
    names = {"observations.parquet", "areas-2024.parquet", "areas_named.parquet", "inside.parquet"}
    assert set(manifest.sha256s) == names
    assert Manifest.from_json(manifest.to_json()) == manifest


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"format": 2}', b'{"format": 1, "id": "x"}'])
def test_what_is_no_manifest_is_refused(content):
    with pytest.raises(ValueError, match=r".+"):
        Manifest.from_json(content)


def test_a_release_is_read_only(store):
    folder = store.root / add(store)
    assert oct(folder.stat().st_mode)[-3:] == "555"
    assert {oct(file.stat().st_mode)[-3:] for file in folder.iterdir()} == {"444"}


def test_figures_come_back_by_area_and_by_indicator(store):
    release = store.get(add(store, [*rows(), *rows(2023)]))
    everything = release.figures()
    assert everything.schema == SCHEMA
    assert len(everything) == 32
    assert release.figures(areas=["BU99990101"])["period"].to_list() == [2023, 2024, 2023, 2024]
    one = release.figures(indicators=["people"], periods=[2024], level="buurt")
    assert (len(one), one.schema) == (4, SCHEMA)
    assert release.figures(areas=[]).is_empty()
    assert release.figures(indicators=["unknown"]).schema == SCHEMA
    assert len(release.figures(areas=["NL00", "GM9999"], indicators=["young"], periods=[2023])) == 2
    assert len(release.figures(level="wijk")) == 8


ASKED = st.none() | st.sets(st.sampled_from([*CODES, "BU00000000"]))


@given(
    ASKED,
    st.none() | st.sets(st.sampled_from(["people", "young", "odd"])),
    st.none() | st.sets(st.integers(2022, 2025)),
    st.none() | st.sampled_from(["land", "wijk", "buurt", "stadsdeel"]),
)
@pytest.mark.slow
def test_every_question_has_the_answer_of_a_plain_filter(lookup, areas, indicators, periods, level):
    answer, table = lookup.find(areas, indicators, periods, level), lookup.find(None, None, None, None)
    conditions = [
        pl.col(name).is_in(list(allowed))
        for name, allowed in (("area", areas), ("indicator", indicators), ("period", periods))
        if allowed is not None
    ]
    expected = table.filter(*conditions, pl.lit(True) if level is None else pl.col("level") == level)
    assert answer.equals(expected)


@pytest.fixture(scope="module")
def lookup(tmp_path_factory):
    from buurtbalans.figures.release.lookup import Lookup

    file = tmp_path_factory.mktemp("lookup") / "observations.parquet"
    frame([*rows(2022), *rows(2023), *rows(2024, ["people"])]).sample(fraction=1, shuffle=True, seed=1).write_parquet(
        file
    )
    return Lookup(file)


def test_maps_and_names_come_back(store):
    release = store.get(store.add([delivery(rows())], [division(2022), division(2019)], title="Proef"))
    assert release.divisions == (2019, 2022)
    assert release.division(2022).year == 2022
    assert release.division(2024).year == 2022
    assert release.division(2024) is release.division(2022)
    with pytest.raises(KeyError):
        release.division(1999)
    assert release.areas.filter(pl.col("area") == "GM9999")["name"].to_list() == ["Plaats GM9999"]


def test_maps_of_one_year_complete_one_another(store):
    id = store.add([delivery(rows())], [division(codes=CODES[:4]), division(codes=CODES[4:])], title="Proef")
    assert len(store.get(id).division(2024)) == len(CODES)


def test_what_is_refused_is_not_kept(store):
    with pytest.raises(Refused) as refused:
        add(store, [*rows(), row("BU99990101", value=1.0), row("BU99990101", "share_young", 200.0)])
    assert len([finding for finding in refused.value.findings if finding.weight is Severity.REFUSE]) == 2
    assert store.states() == {}
    assert not store.root.exists()


def test_nothing_to_import_is_refused(store):
    with pytest.raises(Refused, match="geen enkel cijfer"):
        store.add([], [], title="Leeg")


def test_a_table_with_other_columns_is_refused(store):
    odd = delivery(rows())
    odd.observations.drop_in_place("absence")
    with pytest.raises(Refused, match="vaste kolommen"):
        store.add([odd], [], title="Anders")


def test_a_failure_half_way_leaves_nothing_behind(store, monkeypatch):
    kept = add(store)
    monkeypatch.setattr(store_module.disk, "settle", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(OSError, match="No space left"):
        add(store)
    assert sorted(os.listdir(store.root)) == [".lock", kept]


def test_leftovers_are_swept_and_a_builder_at_work_is_left_alone(store):
    left = store.root / ".building-left"
    left.mkdir(parents=True)
    (left / "observations.parquet").write_bytes(b"half")
    left.chmod(0o555)
    (store.root / ".building-published.json").write_bytes(b"{")
    with disk.building(store.root) as at_work:
        id = add(store)
        assert sorted(os.listdir(store.root)) == sorted([at_work.name, ".lock", id])


def test_two_builders_of_one_day_get_two_names(store):
    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(lambda _: add(ReleaseStore(store.root, CATALOGUE)), range(8)))
    assert len(set(ids)) == 8
    assert set(store.states().values()) == {State.READY}


def test_a_name_that_is_taken_is_not_overwritten(store):
    id = add(store)
    with disk.building(store.root) as folder:
        (folder / "x").write_bytes(b"x")
        with pytest.raises(FileExistsError):
            disk.settle(folder, store.root / id)
    assert store.verify(id) == []


def test_publishing_again_changes_nothing(store):
    id = add(store)
    store.publish(id)
    before = (store.root / "published.json").read_bytes()
    store.publish(id)
    assert (store.root / "published.json").read_bytes() == before


def test_undo_goes_back_step_by_step(store):
    first, second = add(store), add(store)
    assert (first.rsplit("-", 1)[1], second.rsplit("-", 1)[1]) == ("1", "2")
    store.publish(first)
    store.publish(second)
    assert store.states() == {second: State.PUBLISHED, first: State.EARLIER}
    assert store.previous_id() == first
    assert store.undo() == first
    assert store.states() == {second: State.EARLIER, first: State.PUBLISHED}
    assert store.undo() is None
    assert store.current() is None
    with pytest.raises(Refused, match="nog niets gepubliceerd"):
        store.undo()


def test_the_tenth_release_of_a_day_is_the_newest(store):
    ids = [add(store) for _ in range(3)]
    os.rename(store.root / ids[1], store.root / f"{ids[1][:-2]}-10")
    assert next(iter(store.states())).endswith("-10")
    assert store._next_id().endswith("-11")


def test_an_open_release_goes_on_while_another_is_published(store):
    store.publish(add(store))
    opened = store.current()
    store.publish(add(store, rows(indicators=["people"])))
    assert len(opened.figures()) == 16
    assert len(store.current().figures()) == 8


def test_another_process_sees_the_switch(store):
    other = ReleaseStore(store.root, CATALOGUE)
    for _ in range(2):
        id = add(store)
        store.publish(id)
        assert other.current().id == id


def test_only_a_few_releases_stay_open(store):
    for _ in range(store_module.OPEN + 2):
        store.get(add(store))
    assert len(store._open) == store_module.OPEN


@pytest.mark.parametrize("name", ["observations.parquet", "areas-2024.parquet", "areas_named.parquet", "manifest.json"])
@pytest.mark.parametrize("how", ["changed", "gone", "empty"])
def test_a_damaged_release_is_not_opened_and_not_published(store, name, how):
    published, damaged = add(store), add(store)
    store.publish(published)
    file = store.root / damaged / name
    file.chmod(0o644)
    file.parent.chmod(0o755)
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-1] + b"?" if how == "changed" else b"")
    store = ReleaseStore(store.root, CATALOGUE)
    [finding] = store.verify(damaged)
    assert finding.file == name
    for act in (store.get, store.check, store.publish):
        with pytest.raises(Refused, match="beschadigd"):
            act(damaged)
    assert store.current().id == published


def test_damage_after_the_check_is_found_when_publishing(store):
    id = add(store)
    assert store.check(id) == []
    file = store.root / id / "observations.parquet"
    file.chmod(0o644)
    file.write_bytes(b"other")
    with pytest.raises(Refused, match="beschadigd"):
        store.publish(id)
    assert store.published_id() is None


def test_a_manifest_that_changed_after_publishing_is_found(store):
    id = add(store)
    store.publish(id)
    file = store.root / id / "manifest.json"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(b"Proef", b"Proof"))
    with pytest.raises(Refused, match="manifest"):
        ReleaseStore(store.root, CATALOGUE).current()
    assert [finding.file for finding in store.verify(id)] == ["manifest.json"]


def test_undo_refuses_a_damaged_release_and_leaves_the_published_one(store):
    first, second = add(store), add(store)
    store.publish(first)
    store.publish(second)
    (store.root / first / "observations.parquet").unlink()
    with pytest.raises(Refused, match="beschadigd"):
        store.undo()
    assert store.published_id() == second
    assert store.states()[first] is State.DAMAGED


@pytest.mark.parametrize(
    "id", ["", "..", "2024-01-01-1", "../2024-01-01-1", "/etc", "2024-01-01-1/..", "2024-01-01-1\n"]
)
def test_a_name_that_is_no_release_is_refused(store, id):
    for act in (store.get, store.check, store.publish, store.verify):
        with pytest.raises(NoSuchRelease):
            act(id)


def test_a_damaged_current_release_is_said_and_not_taken_for_nothing(store):
    store.publish(add(store))
    (store.root / "published.json").write_text("{")
    with pytest.raises(Refused, match="lijst van gepubliceerde"):
        store.current()


def test_the_history_keeps_every_switch(store):
    id = add(store)
    store.publish(id)
    store.undo()
    store.publish(id)
    history = json.loads((store.root / "published.json").read_text())["history"]
    assert [(step["step"], step["release"]) for step in history] == [("publish", id), ("undo", None), ("publish", id)]
    assert all(datetime.fromisoformat(step["at"]).tzinfo for step in history)


def test_the_check_of_a_release_looks_at_what_is_published(store):
    small = add(store, rows(indicators=["people"]))
    assert store.check(small) == []
    store.publish(add(store, rows(indicators=["people", "young", "cbs:a"])))
    assert [finding.weight for finding in store.check(small)] == [Severity.WARN]
    assert [finding.weight for finding in store.publish(small)] == [Severity.WARN]


def test_computed_figures_are_frozen_with_the_rest(tmp_path):
    counts = [
        row("BU99990101", name, value)
        for name, value in (("population", 200.0), ("population_65_plus", 50.0), ("women", 205.0))
    ]
    store = ReleaseStore(tmp_path)
    release = store.get(store.add([delivery(counts)], [], title="Proef"))
    assert "share_65_plus" in release.manifest.indicators
    assert release.figures(indicators=["share_65_plus"])["value"].to_list() == [25.0]
    assert release.figures(indicators=["share_women"])["absence"].to_list() == ["withheld_at_source"]
    assert any("Door afronding" in finding.what for finding in release.manifest.findings)
