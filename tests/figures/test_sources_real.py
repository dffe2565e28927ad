"""The five published files of Kerncijfers, read whole and compared with their own text."""

import csv
import random
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from buurtbalans.figures.findings import Refused, Severity
from buurtbalans.figures.sources import read_files
from buurtbalans.figures.sources.delivery import SourceData
from tests.shared import shared_data

pytestmark = pytest.mark.slow

OLD_2016 = "kwb-2016-rotterdam-old-statline-layout.csv"
OLD_2018 = "kwb-2018-rotterdam-old-statline-layout.csv"
R_2019 = "kwb-2019-amsterdam-rewritten-by-r.csv"
ODATA_2020 = "84799NED-kwb-2020-odata3"
NEW_2024 = "kwb-2024-statline-export.csv"
TYPED = "cbs.v3.84799NED_TypedDataSet.parquet"


def path(name: str) -> Path:
    return shared_data() / "cbs" / name


@cache
def delivery(name: str) -> SourceData:
    return read_files([path(name)])


@pytest.mark.parametrize(
    ("name", "regions", "indicators", "period"),
    [
        (OLD_2016, 115, 106, 2016),
        (OLD_2018, 115, 103, 2018),
        (R_2019, 580, 113, 2019),
        (ODATA_2020, 17_341, 113, 2020),
        (NEW_2024, 18_310, 9, 2024),
    ],
)
def test_every_region_and_column_is_there(name: str, regions: int, indicators: int, period: int) -> None:
    found = delivery(name)
    assert found.areas.height == found.observations["area"].n_unique() == regions
    assert found.observations.height == regions * indicators
    assert found.observations["indicator"].n_unique() == indicators
    assert found.source.period == period


def test_the_country_of_2024_by_level() -> None:
    levels = dict(delivery(NEW_2024).areas["level"].value_counts().iter_rows())
    assert levels == {"land": 1, "gemeente": 342, "wijk": 3_393, "buurt": 14_574}


@pytest.mark.parametrize("name", [OLD_2016, OLD_2018, R_2019, ODATA_2020, NEW_2024])
def test_published_files_bring_no_warning_but_the_year(name: str) -> None:
    heavy = [finding.what for finding in delivery(name).findings if finding.weight is not Severity.NOTE]
    assert all("uit de naam van het bestand" in what for what in heavy)


@pytest.mark.parametrize("name", [OLD_2016, OLD_2018, R_2019, ODATA_2020, NEW_2024])
def test_only_codes_stay_outside_the_catalogue(name: str) -> None:
    own = [each for each in delivery(name).observations["indicator"].unique() if ":" in each]
    assert all("ndelingswijziging" in each or "ostcode" in each or "ekkingspercentage" in each for each in own)


def text_of(name: str, delimiter: str, header: int) -> tuple[list[str], dict[str, list[str]]]:
    """Return header and rows by code, straight from the text of a file."""
    with path(name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    names = rows[header]
    code = next(at for at, each in enumerate(names) if "Codering" in each)
    return names, {row[code].strip(): row for row in rows[header + 1 :]}


@pytest.mark.parametrize(
    ("name", "delimiter", "header", "columns"),
    [
        (OLD_2016, ";", 3, {"population": "||Aantal inwoners", "distance_supermarket": "Afstand tot grote supermarkt"}),
        (OLD_2018, ";", 3, {"households": "|||Huishoudens totaal", "home_value": "Gemiddelde woningwaarde"}),
        (
            R_2019,
            ",",
            0,
            {
                "home_value": "Wonen.Gemiddelde.WOZ.waarde.van.woningen..x.1.000.euro.",
                "gas_use_apartment": "Energie.Gemiddeld.aardgasverbruik.Naar.woningtype.Appartement..m..",
                "origin_non_western": "Bevolking.Personen.met.een.migratieachtergrond.Niet.westers.Niet.westers.totaal"
                "..aantal.",
                "household_size": "Bevolking.Particuliere.huishoudens.Gemiddelde.huishoudensgrootte..aantal.",
            },
        ),
        (
            NEW_2024,
            ";",
            0,
            {
                "population": "Bevolking/Aantal inwoners (aantal)",
                "population_65_plus": "Bevolking/Leeftijdsgroepen/65 jaar of ouder (aantal)",
            },
        ),
    ],
)
def test_spot_values_equal_the_text(name: str, delimiter: str, header: int, columns: dict[str, str]) -> None:
    names, rows = text_of(name, delimiter, header)
    codes = random.Random(2).sample(sorted(code for code in rows if code[:2] in {"NL", "GM", "WK", "BU"}), 60)
    found = delivery(name).observations.filter(pl.col("area").is_in(codes))
    for indicator, column in columns.items():
        values = dict(found.filter(pl.col("indicator") == indicator).select("area", "value").iter_rows())
        for code in codes:
            written = rows[code][names.index(column)].strip()
            expected = None if written in {"", ".", "NA"} else float(written.replace(",", "."))
            assert values[code] == expected, (code, column)


def test_typed_values_equal_the_table() -> None:
    table = pl.read_parquet(path(ODATA_2020) / TYPED)
    found = delivery(ODATA_2020).observations
    pairs = {"PersonenPerSoortUitkeringBijstand_83": "welfare", "AfstandTotGroteSupermarkt_106": "distance_supermarket"}
    for key, indicator in pairs.items():
        values = found.filter(pl.col("indicator") == indicator)
        assert values["value"].equals(table[key].cast(pl.Float64), check_names=False)
        assert values["area"].equals(table["WijkenEnBuurten"].str.strip_chars(), check_names=False)


def absences(name: str, indicator: str) -> set[str | None]:
    found = delivery(name).observations.filter(pl.col("indicator") == indicator)
    return set(found["absence"])


def test_what_an_early_snapshot_lacks_was_not_measured() -> None:
    assert absences(ODATA_2020, "income_per_resident") == {"not_measured"}
    assert absences(OLD_2018, "births") == {"not_measured"}
    assert absences(ODATA_2020, "welfare") == {None, "withheld_at_source"}
    assert absences(R_2019, "share_district_heating") == {None, "withheld_at_source"}


def test_blanks_of_statline_cannot_occur() -> None:
    assert "not_applicable" in absences(OLD_2016, "crime_theft_home")


def test_names_come_with_the_codes_of_the_typed_data_set() -> None:
    names = dict(delivery(ODATA_2020).areas.select("area", "name").iter_rows())
    assert names["BU03630000"] == "Kop Zeedijk"


def test_the_typed_data_set_alone_finds_what_lies_beside_it() -> None:
    alone = read_files([path(ODATA_2020) / TYPED])
    assert alone.observations.equals(delivery(ODATA_2020).observations)
    assert len(alone.source.files) == 4


@pytest.mark.parametrize("name", [OLD_2016, R_2019, NEW_2024])
def test_the_real_file_cut_in_the_middle_of_a_row(name: str, tmp_path: Path) -> None:
    data = path(name).read_bytes()
    for end in random.Random(3).sample(range(len(data) // 2, len(data)), 8):
        if data[end - 1 : end] == b"\n":
            continue
        cut = tmp_path / name
        cut.write_bytes(data[:end])
        with pytest.raises(Refused):
            read_files([cut])


def test_all_five_in_one_delivery() -> None:
    found = read_files([path(name) for name in (OLD_2016, OLD_2018, R_2019, ODATA_2020, NEW_2024)])
    assert set(found.observations["period"]) == {2016, 2018, 2019, 2020, 2024}
    assert found.source.period is None
