"""Real maps: Amsterdam of 2019 and 2022, the country of 2014, and what they join."""

import json
import re

import polars as pl
import pytest
import shapely

from buurtbalans.figures.area.code_match import match_codes
from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Division
from buurtbalans.figures.area.rd import geometry_to_degrees
from buurtbalans.figures.area.reader import read_areas
from buurtbalans.figures.findings import Refused
from tests.figures.area_samples import borders
from tests.shared import shared_data


@pytest.fixture(scope="module")
def new() -> Division:
    (division,), _ = read_areas(shared_data() / "areas/amsterdam-buurten-2022.geojson")
    return division


@pytest.fixture(scope="module")
def old() -> Division:
    (division,), _ = read_areas(shared_data() / "areas/amsterdam-buurten-2019.geojson", year=2019)
    return division


def codes_in(file: str) -> set[str]:
    """Return every code of an area that stands in a file, read as plain text."""
    text = (shared_data() / file).read_text("utf-8-sig")
    return set(re.findall(r"\b(?:BU\d{4}[0-9A-Z]{4}|WK\d{4}[0-9A-Z]{2}|GM\d{4})\b", text))


def test_amsterdam_2022_has_518_buurten_and_says_its_own_year(new: Division) -> None:
    assert new.year == 2022
    assert len(new.of_level(AreaLevel.BUURT)) == 518
    assert len(new.of_level(AreaLevel.WIJK)) == 110
    assert new["BU0363MK06"].name == "Muidenbuurt-Oost"
    assert [area.code for area in new.ancestors("BU0363MK06")] == ["WK0363MK", "GM0363", "NL00"]


def test_amsterdam_2022_joins_all_517_codes_of_2024_and_one_has_no_figures(new: Division) -> None:
    join = match_codes(new, codes_in("cbs/kwb-2024-statline-export.csv"))
    assert len(join.matched) == 517
    assert join.without_figures == ("BU0363MK06",)
    assert join.unknown == ()


def test_amsterdam_2019_joins_479_of_479_by_the_rule(old: Division) -> None:
    join = match_codes(old, codes_in("cbs/kwb-2019-amsterdam-rewritten-by-r.csv"))
    assert len(join.matched) == 479
    assert [old[code].local for code in join.without_figures] == ["M50c", "M50e"]
    assert join.unknown == ()
    assert {a.code for a in old.of_level(AreaLevel.BUURT)}.isdisjoint(codes_in("cbs/kwb-2024-statline-export.csv"))


def test_amsterdam_2019_has_its_wijken_and_stadsdelen_with_borders(old: Division) -> None:
    assert [len(old.of_level(level)) for level in AreaLevel] == [1, 1, 8, 0, 99, 481]
    assert [area.code for area in old.ancestors("BU03638103")] == ["WK036381", "SD0363F", "GM0363", "NL00"]
    assert len(old.of_level(AreaLevel.BUURT, "SD0363F")) == sum(
        area.local.startswith("F") for area in old.of_level(AreaLevel.BUURT)
    )
    parts = shapely.area([area.geometry for area in old.of_level(AreaLevel.BUURT, "WK036381")]).sum()
    assert old["WK036381"].geometry.area == pytest.approx(parts)


def test_wijken_from_a_table_and_stadsdelen_from_a_map_fit_the_buurten(old: Division) -> None:
    (wijken,), _ = read_areas(shared_data() / "areas/amsterdam-wijken-2019-wkt.csv", year=2019)
    (stadsdelen,), _ = read_areas(shared_data() / "areas/amsterdam-stadsdelen-2019.geojson", year=2019)
    whole = old.completed(wijken).completed(stadsdelen)
    assert whole["WK036381"].name == "Osdorp-Oost"
    assert whole["SD0363F"].name == "Nieuw-West"
    for area in whole.of_level(AreaLevel.WIJK):
        assert wijken[area.code].geometry.intersection(area.geometry).area > 0.99 * area.geometry.area


def test_the_list_with_parents_gives_names_and_gebieden(new: Division) -> None:
    divisions, findings = read_areas(shared_data() / "areas/amsterdam-areas-2015-and-2022-with-parents.json")
    assert {division.year: len(division.of_level(AreaLevel.BUURT)) for division in divisions} == {
        2015: 481,
        2020: 0,
        2022: 518,
    }
    assert any(finding.times == 1272 and "andere gemeente" in finding.what for finding in findings)
    whole = new.completed(divisions[-1])
    assert [area.name for area in whole.ancestors("BU0363AA01")] == [
        "Haarlemmerbuurt",
        "Centrum",
        "Amsterdam",
        "Nederland",
    ]
    gebied = whole["GB0363GA01"]
    assert (gebied.name, gebied.parent, gebied.identity) == ("Centrum-West", "SD0363A", "03630950000022")
    assert "BU0363AA01" in {area.code for area in whole.children(gebied.code)}
    assert gebied.geometry.contains(whole["BU0363AA01"].geometry.representative_point())


@pytest.mark.slow
def test_the_country_of_2014_is_read_whole_with_its_coarse_borders_said() -> None:
    (country,), findings = read_areas(shared_data() / "areas/nl-buurten-2014.topojson", year=2014)
    assert len(country.of_level(AreaLevel.BUURT)) == 11_691
    lost = sum(area.geometry is None for area in country.of_level(AreaLevel.BUURT))
    assert {finding.times for finding in findings} == {lost, 436}
    assert all(finding.file == "nl-buurten-2014.topojson" for finding in findings)
    assert all(shapely.is_valid(borders(country)))
    figures = codes_in("cbs/kwb-2024-statline-export.csv")
    assert len(figures & {area.code for area in country.of_level(AreaLevel.BUURT)}) == 8_200


def test_the_invalid_map_of_rotterdam_is_refused_with_line_and_character() -> None:
    with pytest.raises(Refused) as refused:
        read_areas(shared_data() / "areas/rotterdam-buurten-INVALID-JSON.geojson", year=2019)
    (finding,) = refused.value.findings
    assert (finding.row, finding.column, finding.file) == (83, "3660", "rotterdam-buurten-INVALID-JSON.geojson")
    assert "regel 83" in finding.what
    assert finding.todo == "Haal de komma op regel 83 weg."


def test_a_division_survives_a_table(old: Division) -> None:
    again = Division.from_frame(old.to_frame())
    assert again.to_frame().equals(old.to_frame())
    assert again.to_frame().schema["level"] == pl.Enum([level.value for level in AreaLevel])
    assert again["BU03638103"].geometry.equals_exact(old["BU03638103"].geometry)


def test_the_mapped_city_in_the_national_grid_lies_where_the_map_in_degrees_says() -> None:
    api = json.loads((shared_data() / "amsterdam-api/signals/centrum.json").read_text("utf-8"))
    turned = geometry_to_degrees(shapely.geometry.shape(api["geometrie"]))
    (stadsdelen,), _ = read_areas(shared_data() / "areas/amsterdam-stadsdelen-2019.geojson", year=2019)
    both = turned.intersection(stadsdelen["SD0363A"].geometry).area / turned.union(stadsdelen["SD0363A"].geometry).area
    assert both > 0.995
