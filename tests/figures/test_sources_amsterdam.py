"""SES-WOA and the city's own base file: real files, held against an independent reading of their text."""

import csv
from pathlib import Path

import pytest

from buurtbalans.figures.findings import Refused
from buurtbalans.figures.sources import read_files
from buurtbalans.figures.sources.delivery import SourceData
from tests.shared import shared_data

SES = "cbs/ses-woa-2019-amsterdam.csv"
BBGA = "bbga/bbga_tableau.csv"
LIST = "bbga/metadata_utf8.csv"


def written(folder: Path, content: str, name: str = "bbga.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def rows(name: str, mark: str = ";") -> list[dict[str, str]]:
    with (shared_data() / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=mark))


def figures(delivery: SourceData) -> dict[tuple[str, int, str], float | str]:
    told = delivery.observations.iter_rows(named=True)
    return {(row["area"], row["period"], row["indicator"]): row["absence"] or row["value"] for row in told}


def test_ses_woa_as_its_text_says() -> None:
    found = read_files([shared_data() / SES])
    names = ["Particuliere huishoudens (Aantal)", "SES-WOA/Totaalscore/Gemiddelde score (Getal)"]
    expected = {}
    for row in rows(SES):
        for name, indicator in zip(names, ["ses_households", "ses_score"], strict=True):
            cell = row[name].strip()
            code = row["Regiocode (gemeente, wijk, buurt) (code)"].strip()
            expected[code, 2019, indicator] = "withheld_at_source" if cell == "." else float(cell)
    told = figures(found)
    assert {key: told[key] for key in expected} == expected
    scores = [value for key, value in told.items() if key[2] == "ses_score"]
    assert scores.count("withheld_at_source") == 90
    assert (found.source.id, found.source.period, found.areas.height, len(told)) == ("ses-woa", 2019, 579, 6 * 579)
    assert set(found.observations["division"]) == {2019}


def test_bbga_as_its_text_says() -> None:
    found = read_files([shared_data() / BBGA])
    words = {"BEV0_17": "bbga_population_0_17", "BEV0_17_P": "bbga_share_0_17", "BEV0_3_P": "bbga_share_0_3"}
    told = figures(found)
    for row in rows(BBGA):
        if row["variabele"] in words:
            assert told["GM0363", int(row["jaar"]), words[row["variabele"]]] == float(row["waarde"])
    assert len(told) == 64
    assert set(found.observations["division"]) == {2015}
    assert [name for name, _ in found.source.files] == ["bbga_tableau.csv", "metadata_utf8.csv"]


def test_the_list_of_variables_alone_holds_no_figures() -> None:
    with pytest.raises(Refused, match="beschrijft de variabelen"):
        read_files([shared_data() / LIST])
    both = read_files([shared_data() / LIST, shared_data() / BBGA])
    assert both.observations.height == 64


def test_codes_of_the_division_of_2015(tmp_path: Path) -> None:
    codes = ["STAD", "A", "DX01", "A00", "A00a", "Z"]
    lines = "".join(f"2019;{code};XX;{at}\n" for at, code in enumerate(codes, start=1))
    found = read_files([written(tmp_path, f"jaar;gebiedcode15;variabele;waarde\n{lines}")])
    assert found.observations.select("area", "level", "value").rows() == [
        ("GM0363", "gemeente", 1.0),
        ("SD0363A", "stadsdeel", 2.0),
        ("GB0363DX01", "gebied", 3.0),
        ("WK036300", "wijk", 4.0),
        ("BU03630000", "buurt", 5.0),
    ]
    assert any("zonder bekend adres" in finding.what for finding in found.findings)


def test_an_unknown_variable_keeps_its_name_with_what_the_list_says(tmp_path: Path) -> None:
    written(tmp_path, '"Variabele","Label","Definitie","Symbool"\n"XX","Iets","Wat\nhet is","%"\n', "lijst.csv")
    found = read_files([written(tmp_path, "jaar;gebiedcode15;variabele;waarde\n2019;A00a;XX;\n")])
    assert figures(found) == {("BU03630000", 2019, "bbga:XX"): "withheld_at_source"}
    told = found.described["bbga:XX"]
    assert (told.name, told.unit, told.definition) == ("Iets", "%", "Wat\nhet is")


def test_a_damaged_list_is_said_and_not_used(tmp_path: Path) -> None:
    written(tmp_path, '"Variabele","Label","Definitie"\n"XX","Iets","Wat', "lijst.csv")
    found = read_files([written(tmp_path, "jaar;gebiedcode15;variabele;waarde\n2019;A00a;XX;1\n")])
    assert not found.described
    assert any("beschadigd" in finding.what for finding in found.findings)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2019;A00?;XX;1", "“A00\\?” is geen code"),
        ("19;A00a;XX;1", "“19” is geen jaar"),
        ("2019;A00a;;1", "naam van het cijfer ontbreekt"),
        ("2019;A00a;XX;veel", "“veel” is geen getal"),
        ("2019;A00a;XX;1\n2019;A00a;XX;2", "meer dan één keer: regel 2, 3"),
        ("2019;A00a;XX", "3 kolommen"),
    ],
)
def test_what_is_wrong_is_refused(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_files([written(tmp_path, f"jaar;gebiedcode15;variabele;waarde\n{line}\n")])
