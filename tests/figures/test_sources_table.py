"""Any table: by its own words, by a mapping file, and refused where one of the two leaves doubt."""

import json
from pathlib import Path

import polars as pl
import pytest

from buurtbalans.figures import output
from buurtbalans.figures.findings import Refused
from buurtbalans.figures.sources import read_files
from buurtbalans.figures.sources.delivery import SourceData
from buurtbalans.figures.sources.mapping import SHIPPED, read_mapping

WIDE = "Buurtcode;Naam;Jaar;Meldingen;Tevreden (%)\nBU99010000;Kade;2023;12;61,5\nBU99010001;Markt;2023;.;x\n"
LONG = "gebied,jaar,variabele,waarde\nWK990100,2022,A,1.5\nWK990100,2023,A,2.5\nWK990100,2023,B,\n"
MAPPING = """
id = "buurtteams"
publisher = "Buurtteams Waterdam"
area = "buurt"
prefix = "BU"
period = "Jaar"
division = 2022
decimal = ","
{more}
"""


def written(folder: Path, content: str, name: str = "tabel.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def mapped(folder: Path, content: str, more: str = "") -> SourceData:
    mapping = written(folder, MAPPING.format(more=more), "koppeling.toml")
    return read_files([written(folder, content)], mapping=read_mapping(mapping))


def figures(delivery: SourceData) -> dict[tuple[str, str, int], float | str | None]:
    rows = delivery.observations.iter_rows(named=True)
    return {(row["area"], row["indicator"], row["period"]): row["absence"] or row["value"] for row in rows}


def refusals(folder: Path, content: str, *, mapping: str | None = None) -> str:
    with pytest.raises(Refused) as caught:
        read_files([written(folder, content)]) if mapping is None else mapped(folder, content, mapping)
    return " ".join(f"{finding.row} {finding.column} {finding.what}" for finding in caught.value.findings)


def test_a_wide_table_speaks_for_itself(tmp_path: Path) -> None:
    found = read_files([written(tmp_path, WIDE.replace(";x\n", ";70,0\n"))])
    assert found.source.id == "table"
    assert figures(found) == {
        ("BU99010000", "table:Meldingen", 2023): 12.0,
        ("BU99010001", "table:Meldingen", 2023): "withheld_at_source",
        ("BU99010000", "table:Tevreden (%)", 2023): 61.5,
        ("BU99010001", "table:Tevreden (%)", 2023): 70.0,
    }
    assert found.areas["name"].to_list() == ["Kade", "Markt"]


def test_a_long_table_of_several_years_says_whose_borders_it_takes(tmp_path: Path) -> None:
    found = read_files([written(tmp_path, LONG)])
    assert figures(found)["WK990100", "table:A", 2022] == 1.5
    assert figures(found)["WK990100", "table:B", 2023] == "withheld_at_source"
    assert set(found.observations["division"]) == {2023}
    assert any("van welk jaar de grenzen" in finding.what for finding in found.findings)


def test_a_mapping_says_area_year_borders_and_reasons(tmp_path: Path) -> None:
    more = '[absence]\n"<5" = "too_few"\n[indicators]\nKlanten = "buurtteams:klanten"'
    found = mapped(tmp_path, "buurt;Jaar;Klanten;Wachttijd\n99010000;2023;<5;2,5\n", more)
    assert figures(found) == {
        ("BU99010000", "buurtteams:klanten", 2023): "too_few",
        ("BU99010000", "buurtteams:Wachttijd", 2023): 2.5,
    }
    assert set(found.observations["division"]) == {2022}
    assert found.source.publisher == "Buurtteams Waterdam"


def test_with_a_decimal_comma_a_point_is_no_number(tmp_path: Path) -> None:
    content = "buurt;Jaar;Klanten\n99010000;2023;1.250\n"
    assert "“1.250” is geen getal" in refusals(tmp_path, content, mapping='indicators = { Klanten = "buurtteams:k" }')


def test_thousands_or_decimals_is_asked(tmp_path: Path) -> None:
    content = "code;jaar;inkomen\nBU99010000;2023;31.500\nBU99010001;2023;28.900\n"
    assert "kan duizendtallen of decimalen scheiden" in refusals(tmp_path, content)


def test_two_decimal_marks_in_one_column_are_refused(tmp_path: Path) -> None:
    content = "code;jaar;km\nBU99010000;2023;1.5\nBU99010001;2023;2,5\n"
    assert "met een punt (“1.5”) en met een komma (“2,5”)" in refusals(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (WIDE.replace("BU99010001", "BU9901001"), "3 Buurtcode “BU9901001” is geen code"),
        (WIDE.replace("BU99010001", "BU99010000"), "regel 2, 3"),
        (WIDE.replace("Markt;2023", "Markt;23"), "3 Jaar “23” is geen jaar"),
        (WIDE.replace("12;61,5", "12;61,5;1"), "2 None Deze regel heeft 6 kolommen"),
        (WIDE[:-3], "is afgebroken"),
        (WIDE.replace("Naam", "Meldingen"), "twee keer dezelfde naam: Meldingen"),
        ("a;b\n1;2\n", "geen kolom met codes van gebieden"),
        ("code;jaar;naam\nBU99010000;2023;Kade\n", "geen kolom met cijfers"),
        ("code;code 2;n\nBU99010000;BU99010001;1\n", "geen kolom met codes"),
    ],
)
def test_a_table_in_doubt_is_refused(tmp_path: Path, content: str, says: str) -> None:
    assert says in refusals(tmp_path, content)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ('id = "buurtteams"', "“area” ontbreekt"),
        ('id = "cbs-kwb"\narea = "x"', "hebben wij zelf al"),
        ('id = "Buurt Teams"\narea = "x"', "alleen kleine letters"),
        ('id = "b"\narea = "x"\nindicator = "y"', "“indicator” en ook “value”"),
        ('id = "b"\narea = "x"\ncolour = "y"', "“colour” kennen wij niet"),
        ('id = "b"\narea = "x"\nprefix = "PV"', "Bij “prefix” staat iets"),
        ('id = "b"\narea = "x"\n[absence]\n"." = "secret"', "“secret” is geen reden"),
        ('id = "b"\narea = "x"\n[indicators]\na = "population"', "“population” is geen indicator van bron “b”"),
        ("id = ", "geen geldig TOML"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(tmp_path: Path, change: str, says: str) -> None:
    with pytest.raises(Refused) as caught:
        read_mapping(written(tmp_path, change, "koppeling.toml"))
    assert says in str(caught.value)


def test_every_shipped_mapping_is_right() -> None:
    found = {path.stem: read_mapping(path, shipped=True) for path in SHIPPED.glob("*.toml")}
    assert set(found) == {"cbs_kwb_xlsx", "leefbaarometer", "pdok_wijken_en_buurten", "politie", "ses_woa"}
    assert [name for name, mapping in found.items() if mapping.tried] == ["ses_woa"]
    assert all(mapping.recognise and mapping.publisher for mapping in found.values())


@pytest.mark.parametrize(
    ("content", "source", "figure"),
    [
        ("bu_code;bu_naam;jaar;lbm\nBU99010000;Kade;2022;4.1\n", "leefbaarometer", "leefbaarometer:lbm"),
        (
            "gwb_code_10;gwb_code;regio;gm_naam;recs;a_inw\nBU99010000;99010000;Kade;Waterdam;Buurt;95\n",
            "cbs-kwb",
            "population",
        ),
        (
            "WijkenEnBuurten;SoortMisdrijf;Perioden;GeregistreerdeMisdrijven_1\nBU99010000;1.1.1 ;2023JJ00;4\n",
            "politie",
            "politie:1.1.1",
        ),
        (
            "buurtcode;buurtnaam;jrstatcode;jaar;aantalInwoners\nBU99010000;Kade;2023BU99010000;2023;-99997\n",
            "pdok-wijken-en-buurten",
            "pdok-wijken-en-buurten:aantalInwoners",
        ),
    ],
)
def test_shipped_mappings_know_their_files(tmp_path: Path, content: str, source: str, figure: str) -> None:
    found = read_files([written(tmp_path, content, "bestand-2023.csv")])
    assert found.source.id == source
    assert found.observations["indicator"].unique().to_list() == [figure]


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".xlsx", ".json", ".parquet"])
def test_a_table_is_the_same_in_every_format(tmp_path: Path, ending: str) -> None:
    whole = WIDE.replace(";x\n", ";70,0\n")
    as_text = read_files([written(tmp_path, whole)])
    frame = pl.DataFrame(
        {
            "Buurtcode": ["BU99010000", "BU99010001"],
            "Naam": ["Kade", "Markt"],
            "Jaar": [2023, 2023],
            "Meldingen": [12, None],
            "Tevreden (%)": [61.5, 70.0],
        }
    )
    path = tmp_path / f"tabel{ending}"
    output.write_table(frame, path)
    assert figures(read_files([path])) == figures(as_text)


@pytest.mark.slow
def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tabel.xlsx"
    output.write_table(pl.DataFrame({"Buurtcode": ["BU99010000"], "Jaar": [2023], "Aantal": [5]}), path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(Refused, match="beschadigd of afgebroken"):
        read_files([path])


@pytest.mark.parametrize("content", ["[{", '{"a": 1, "a": 2}', "[1]", '[{"a": NaN}]', '{"value": [{"a": {}}]}'])
def test_json_that_is_no_table(tmp_path: Path, content: str) -> None:
    with pytest.raises(Refused):
        read_files([written(tmp_path, content, "x.json")])


def test_records_in_json(tmp_path: Path) -> None:
    rows = [{"code": "BU99010000", "jaar": 2023, "n": 1.25}, {"code": "BU99010001", "jaar": 2023, "n": None}]
    found = read_files([written(tmp_path, json.dumps({"value": rows}), "x.json")])
    assert list(figures(found).values()) == [1.25, "withheld_at_source"]


def test_files_of_two_sources_are_no_one_delivery(tmp_path: Path) -> None:
    lbm = written(tmp_path, "bu_code;bu_naam;jaar;lbm\nBU99010000;Kade;2022;4.1\n", "lbm.csv")
    with pytest.raises(Refused, match="van de bron"):
        read_files([written(tmp_path, LONG), lbm])


def test_another_source_than_asked(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="niet van de bron “bbga”"):
        read_files([written(tmp_path, LONG)], source="bbga")
