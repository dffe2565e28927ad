"""Kerncijfers on invented samples: four layouts tell the same, and every absence keeps its reason."""

import hashlib
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.observation import KEY, SCHEMA
from buurtbalans.figures.sources import read_files
from buurtbalans.figures.sources.delivery import AREAS, SourceData
from buurtbalans.figures.sources.names import catalogue_names
from tests.figures import kwb_samples as kwb

LAYOUTS = ("new", "old", "r", "odata")


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SourceData]:
    """Return the sample as read in every layout."""
    folder = tmp_path_factory.mktemp("kwb")
    return {layout: read_files([kwb.written(layout, kwb.Sample(), folder)], period=2018) for layout in LAYOUTS}


def figure(frame: pl.DataFrame, area: str, indicator: str) -> tuple[float | None, str | None]:
    """Return value and absence of one observation."""
    found = frame.filter(pl.col("area") == area, pl.col("indicator") == indicator)
    return found.select("value", "absence").row(0)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_values_under_the_same_ids(layout: str, delivered: dict[str, SourceData]) -> None:
    found = delivered[layout].observations
    assert found.schema == SCHEMA
    assert found.height == len(kwb.AREAS) * len(kwb.TOPICS)
    assert figure(found, "BU99010000", "population") == (95.0, None)
    assert figure(found, "BU99010001", "distance_supermarket") == (1.4, None)
    assert figure(found, "GM9901", "electricity_use_apartment") == (2000.0, None)
    assert figure(found, "GM9901", "gas_use_apartment") == (800.0, None)
    assert set(found["division"]) == set(found["period"]) == {2018}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_exactly_one_of_value_and_absence_is_filled(layout: str, delivered: dict[str, SourceData]) -> None:
    found = delivered[layout].observations
    assert (found["value"].is_null() != found["absence"].is_null()).all()
    assert found.select(KEY).is_unique().all()


@pytest.mark.parametrize("layout", ["new", "old"])
def test_blank_cannot_occur_and_a_dot_is_withheld(layout: str, delivered: dict[str, SourceData]) -> None:
    found = delivered[layout].observations
    assert figure(found, "BU99010000", "home_value") == (None, "withheld_at_source")
    assert figure(found, "BU99010001", "home_value") == (None, "not_applicable")


@pytest.mark.parametrize("layout", ["r", "odata"])
def test_a_layout_that_lost_the_difference_says_withheld(layout: str, delivered: dict[str, SourceData]) -> None:
    found = delivered[layout].observations
    assert figure(found, "BU99010000", "home_value") == (None, "withheld_at_source")
    assert figure(found, "BU99010001", "home_value") == (None, "withheld_at_source")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_column_without_any_value_was_not_measured(layout: str, delivered: dict[str, SourceData]) -> None:
    found = delivered[layout].observations
    assert figure(found, "BU99010000", "social_support") == (None, "not_measured")


def test_dots_in_a_handful_of_neighbourhoods_stay_withheld(tmp_path: Path) -> None:
    topics = [replace(topic, cells=topic.cells[2:]) for topic in kwb.TOPICS]
    sample = kwb.Sample(kwb.AREAS[2:], topics)
    found = read_files([kwb.written("new", sample, tmp_path)], period=2018).observations
    assert figure(found, "BU99010000", "social_support") == (None, "withheld_at_source")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_areas_have_name_level_and_municipality(layout: str, delivered: dict[str, SourceData]) -> None:
    areas = delivered[layout].areas
    assert areas.schema == AREAS
    assert areas.rows()[0] == ("GM9901", "Waterdam", "gemeente", 2018, "GM9901")
    assert areas.rows()[3] == ("BU99010001", "Markt; oost", "buurt", 2018, "GM9901")


def test_an_unknown_column_is_kept_under_its_own_name_with_one_note(tmp_path: Path) -> None:
    other = kwb.Topic("Nieuw", "Aantal bankjes", "aantal", "AantalBankjes_7", ("1", "2", "3", "4"))
    delivery = read_files([kwb.written("new", kwb.Sample(topics=[kwb.TOPICS[0], other]), tmp_path)], period=2018)
    assert figure(delivery.observations, "BU99010000", "cbs-kwb:Nieuw/Aantal bankjes (aantal)") == (3.0, None)
    assert [finding.weight for finding in delivery.findings] == [Severity.NOTE]


def test_an_unknown_column_of_words_is_left_out_and_said(tmp_path: Path) -> None:
    other = kwb.Topic("Nieuw", "Opmerking", "tekst", "Opmerking_7", ("klopt", "klopt", ".", "na te kijken"))
    delivery = read_files([kwb.written("new", kwb.Sample(topics=[kwb.TOPICS[0], other]), tmp_path)], period=2018)
    assert delivery.observations["indicator"].unique().to_list() == ["population"]
    assert "tekst" in delivery.findings[-1].what


def test_the_source_says_who_what_and_which_bytes(tmp_path: Path) -> None:
    path = kwb.written("old", kwb.Sample(), tmp_path)
    source = read_files([path]).source
    assert (source.id, source.publisher, source.licence, source.period) == ("cbs-kwb", "CBS", "CC BY 4.0", 2018)
    assert source.files == (("old.csv", hashlib.sha256(path.read_bytes()).hexdigest()),)


def test_the_year_comes_from_the_file_before_the_name(tmp_path: Path) -> None:
    path = kwb.written("old", kwb.Sample(), tmp_path)
    assert read_files([path.rename(tmp_path / "kwb-2024.csv")]).source.period == 2018


def test_the_year_from_the_name_is_said(tmp_path: Path) -> None:
    path = kwb.written("new", kwb.Sample(), tmp_path)
    delivery = read_files([path.rename(tmp_path / "kwb-2024.csv")])
    assert delivery.source.period == 2024
    assert "2024 uit de naam" in delivery.findings[0].what


def test_several_years_make_one_delivery(tmp_path: Path) -> None:
    first = kwb.written("old", kwb.Sample(), tmp_path)
    second = kwb.written("new", kwb.Sample(), tmp_path).rename(tmp_path / "kwb-2024.csv")
    delivery = read_files([first, second])
    assert delivery.source.period is None
    assert set(delivery.observations["division"]) == {2018, 2024}
    assert delivery.areas.height == 2 * len(kwb.AREAS)


def test_the_same_figures_in_two_files_count_once(tmp_path: Path) -> None:
    once = read_files([kwb.written("old", kwb.Sample(), tmp_path)])
    again = tmp_path / "again.csv"
    again.write_bytes((tmp_path / "old.csv").read_bytes())
    twice = read_files([tmp_path / "old.csv", again])
    assert twice.observations.equals(once.observations)
    assert twice.areas.equals(once.areas)


def test_two_files_that_contradict_are_refused(tmp_path: Path) -> None:
    first = kwb.written("old", kwb.Sample(), tmp_path)
    other = replace(kwb.TOPICS[0], cells=("170", "170", "105", "65"))
    second = tmp_path / "other.csv"
    second.write_text(kwb.old(kwb.Sample(topics=[other])))
    with pytest.raises(Refused, match=r"3 cijfers van dit jaar zijn anders dan in old\.csv"):
        read_files([first, second])


def test_names_serve_when_codes_lack_and_no_name_is_double(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text(kwb.new(kwb.Sample()).replace("Regioaanduiding/Codering (code)", "Regioaanduiding/Jaar (code)"))
    delivery = read_files([path], period=2018)
    assert figure(delivery.observations, "Kade", "population") == (95.0, None)
    assert delivery.findings[0] == Finding(
        Severity.WARN,
        "Het bestand heeft geen codes. Wij gebruiken de namen; die passen niet op een kaart.",
        "Haal het bestand opnieuw op bij de bron, met de kolom “Codering”.",
        "new.csv",
    )


def test_a_closing_line_of_the_publisher_is_no_row(tmp_path: Path) -> None:
    path = kwb.written("old", kwb.Sample(), tmp_path)
    with path.open("ab") as file:
        file.write("© CBS\r\n".encode())
    assert read_files([path]).areas.height == len(kwb.AREAS)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_do_not_matter(end: str, mark: str, tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_bytes((mark + kwb.new(kwb.Sample()).lstrip("\ufeff").replace("\r\n", end)).encode())
    assert figure(read_files([path], period=2018).observations, "BU99010000", "population") == (95.0, None)


def test_a_quoted_header_may_run_over_lines(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text(kwb.new(kwb.Sample()).replace("Geslacht/Mannen", "Geslacht/\nMannen"))
    delivery = read_files([path], period=2018)
    assert figure(delivery.observations, "BU99010000", "men") == (45.0, None)


def test_a_total_that_disagrees_with_its_parts_is_warned(tmp_path: Path) -> None:
    wrong = replace(kwb.TOPICS[1], cells=("75", "75", "405", "30"))
    delivery = read_files([kwb.written("old", kwb.Sample(topics=[kwb.TOPICS[0], wrong, kwb.TOPICS[2]]), tmp_path)])
    assert [(one.weight, one.row, one.column) for one in delivery.findings] == [(Severity.WARN, 8, "Aantal inwoners")]


def test_an_area_without_its_municipality_is_warned(tmp_path: Path) -> None:
    areas = (*kwb.AREAS[:3], ("BU01230001", "Ver weg", "Buurt"))
    delivery = read_files([kwb.written("new", kwb.Sample(areas), tmp_path)], period=2018)
    assert [(one.weight, one.row) for one in delivery.findings] == [(Severity.WARN, 5)]


@pytest.mark.slow
def test_typed_data_without_descriptions_says_what_it_misses(tmp_path: Path) -> None:
    path = kwb.written("odata", kwb.Sample(), tmp_path)
    for other in path.parent.iterdir():
        if other != path:
            other.unlink()
    delivery = read_files([path], period=2018)
    assert figure(delivery.observations, "BU99010000", "population") == (95.0, None)
    assert figure(delivery.observations, "GM9901", "cbs-kwb:Appartement_48") == (2000.0, None)
    assert [finding.weight for finding in delivery.findings] == [Severity.WARN, Severity.WARN, Severity.NOTE]


@pytest.mark.slow
def test_a_folder_and_its_data_file_tell_the_same(tmp_path: Path) -> None:
    path = kwb.written("odata", kwb.Sample(), tmp_path)
    assert read_files([path.parent]).observations.equals(read_files([path]).observations)


def test_the_catalogue_names_columns_without_spaces() -> None:
    assert catalogue_names("cbs-kwb")["nettoarbeidsparticipatie"] == "labour_participation"
