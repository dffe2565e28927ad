"""Damaged and strange Kerncijfers: refused whole, with every finding, its row, its column and what to do."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.sources import cbs, cbs_text, read_files
from buurtbalans.figures.sources.names import catalogue_names
from tests.figures import kwb_samples as kwb

NEW = kwb.new(kwb.Sample())
OLD = kwb.old(kwb.Sample())
R = kwb.r(kwb.Sample())


def refused(content: str | bytes, folder: Path) -> tuple[Finding, ...]:
    """Read content as a file and return why it is refused; there must be a reason, and something to do."""
    path = folder / "kwb-2018.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(Refused) as caught:
        read_files([path])
    heavy = tuple(finding for finding in caught.value.findings if finding.weight is Severity.REFUSE)
    assert heavy
    assert all(finding.file == "kwb-2018.csv" and finding.todo for finding in heavy)
    return heavy


def topic(at: int, *cells: str) -> kwb.Sample:
    """Return the sample with other cells in one column."""
    topics = list(kwb.TOPICS)
    topics[at] = replace(topics[at], cells=cells)
    return kwb.Sample(topics=topics)


@pytest.mark.parametrize("content", [b"", b"\r\n \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file(content: bytes, tmp_path: Path) -> None:
    assert refused(content, tmp_path)[0].what == "Het bestand is leeg."


@pytest.mark.parametrize("content", [NEW, OLD, R])
def test_a_header_without_rows(content: str, tmp_path: Path) -> None:
    header = content[: content.index("Waterdam")]
    header = header[: header.rindex("\n") + 1]
    assert refused(header, tmp_path)[0].what == "Onder de kop staat geen enkele regel."


@pytest.mark.parametrize("content", [NEW, OLD, R])
def test_rows_without_a_header(content: str, tmp_path: Path) -> None:
    body = content[content.index("Waterdam") :]
    assert "herkennen dit bestand niet" in refused(body[body.index("\n") + 1 :], tmp_path)[0].what


@pytest.mark.slow
@pytest.mark.parametrize("content", [NEW, OLD, R], ids=["new", "old", "r"])
def test_a_cut_at_every_byte_is_seen(content: str) -> None:
    data = content.encode()
    for end in range(len(data)):
        if data[:end].endswith(b"\n") and end > data.index(b"Waterdam"):
            continue  # a whole number of rows: no cut in the middle of one
        try:
            sheet = cbs_text.parsed(data[:end], "cut.csv")
        except Refused:
            continue
        assert sheet is None or any(finding.weight is Severity.REFUSE for finding in sheet.findings), end


@pytest.mark.parametrize(("content", "row"), [(NEW, 5), (OLD, 9), (R, 5)], ids=["new", "old", "r"])
def test_a_cut_names_its_row(content: str, row: int, tmp_path: Path) -> None:
    found = refused(content.encode()[:-4], tmp_path)
    assert [(finding.what, finding.row) for finding in found] == [
        ("Het bestand is afgebroken: de laatste regel houdt midden in op.", row)
    ]


def test_a_quote_that_never_closes_names_its_row(tmp_path: Path) -> None:
    found = refused(NEW.replace('"Kade"', '"Kade'), tmp_path)
    assert found[0].row == 4


@pytest.mark.parametrize(("mark", "word"), [(",", "komma"), ("\t", "tab")])
@pytest.mark.parametrize("content", [NEW, OLD], ids=["new", "old"])
def test_a_wrong_delimiter_is_named(content: str, mark: str, word: str, tmp_path: Path) -> None:
    found = refused(content.replace(";", mark), tmp_path)
    assert f"gescheiden met een {word}. Hier hoort een puntkomma." in found[0].what


def test_a_wrong_delimiter_in_a_table_of_r(tmp_path: Path) -> None:
    assert "Hier hoort een komma" in refused(R.replace(",", ";"), tmp_path)[0].what


def test_no_delimiter_at_all(tmp_path: Path) -> None:
    assert "niet gescheiden" in refused(NEW.replace(";", " "), tmp_path)[0].what


def test_columns_that_do_not_fit_their_header(tmp_path: Path) -> None:
    rows = NEW.split("\r\n")
    rows[2] += ";7"
    rows[3] = rows[3].rpartition(";")[0]
    found = refused("\r\n".join(rows), tmp_path)
    assert [(finding.row, finding.what) for finding in found] == [
        (3, "Deze regel heeft 13 kolommen; de kop heeft er 12."),
        (4, "Deze regel heeft 11 kolommen; de kop heeft er 12."),
    ]


def test_a_row_of_units_that_does_not_fit(tmp_path: Path) -> None:
    found = refused(OLD.replace("naam;omschrijving", "naam"), tmp_path)
    assert found[0].row == 5


def test_doubled_rows_name_both_rows(tmp_path: Path) -> None:
    rows = NEW.split("\r\n")
    found = refused("\r\n".join([*rows[:4], rows[2], *rows[4:]]), tmp_path)
    assert [(finding.what, finding.row, finding.column) for finding in found] == [
        ("Gebied WK990100 staat 2 keer in het bestand: regel 3 en 5.", 5, "Regioaanduiding/Codering (code)")
    ]


@pytest.mark.parametrize("code", ["XX99010000", "BU9901", "BU9901000é", "", "12345", "bu99010000"])
def test_a_code_that_is_none_names_row_and_column(code: str, tmp_path: Path) -> None:
    found = refused(NEW.replace("BU99010000", code), tmp_path)
    assert [(finding.row, finding.column) for finding in found] == [(4, "Regioaanduiding/Codering (code)")]


def test_a_code_that_contradicts_its_kind(tmp_path: Path) -> None:
    areas = (*kwb.AREAS[:3], ("BU99010001", "Markt", "Wijk"))
    assert refused(kwb.new(kwb.Sample(areas)), tmp_path)[0].row == 5


@pytest.mark.parametrize("cell", ["veel", "1.234", "12,", "1,2,3", "NaN", "inf", "NA", "0x10", "1e5", "9" * 400])
def test_what_is_no_number_names_row_and_column(cell: str, tmp_path: Path) -> None:
    found = refused(kwb.old(topic(0, "160", "160", cell, "65")), tmp_path)
    assert [(finding.row, finding.column) for finding in found] == [(8, "Aantal inwoners")]
    assert found[0].what == f"“{cell[:40]}” is geen getal."


def test_every_finding_comes_at_once(tmp_path: Path) -> None:
    rows = kwb.new(topic(0, "160", "veel", "95", "65")).replace("BU99010001", "ZZ").split("\r\n")
    rows.insert(2, "te kort;1")
    found = refused("\r\n".join(rows), tmp_path)
    assert {finding.row for finding in found} == {3, 4, 6}


def test_many_equal_findings_are_taken_together(tmp_path: Path) -> None:
    areas = [(f"ZZ{number}", f"Buurt {number}", "Buurt") for number in range(40)]
    sample = kwb.Sample(areas, [replace(kwb.TOPICS[0], cells=["veel"] * 30 + ["5"] * 10)])
    found = refused(kwb.new(sample), tmp_path)
    numbers = [finding for finding in found if "geen getal" in finding.what]
    assert len(numbers) == 11
    assert sum(finding.times for finding in numbers) == 30


def test_bytes_that_are_no_utf8_name_the_row(tmp_path: Path) -> None:
    assert refused(NEW.encode().replace(b"Kade", b"Kad\xe9"), tmp_path)[0].row == 4


def test_a_nul_names_the_row(tmp_path: Path) -> None:
    assert refused(NEW.replace("Kade", "Ka\0de"), tmp_path)[0].row == 4


@pytest.mark.parametrize(
    ("content", "word"), [(NEW.encode("utf-16"), "UTF-16"), (b"PK\x03\x04 zip", "Excel"), (b"%PDF-1.7", "PDF")]
)
def test_another_kind_of_file_is_named(content: bytes, word: str, tmp_path: Path) -> None:
    assert word in refused(content, tmp_path)[0].what


def test_names_that_clash_without_codes_are_all_named(tmp_path: Path) -> None:
    areas = [("", name, "Buurt") for name in ("Kade", "Markt", "Kade", "Markt", "Plein")]
    sample = kwb.Sample(areas, [replace(kwb.TOPICS[0], cells=["5"] * 5)])
    content = kwb.new(sample).replace("Regioaanduiding/Codering (code)", "Regioaanduiding/Jaar (code)")
    found = refused(content, tmp_path)
    assert [(finding.what, finding.row) for finding in found] == [
        ("Zonder codes moet elke naam uniek zijn. “Kade” staat 2 keer in het bestand.", 4),
        ("Zonder codes moet elke naam uniek zijn. “Markt” staat 2 keer in het bestand.", 5),
    ]


def test_two_columns_that_tell_the_same(tmp_path: Path) -> None:
    double = replace(kwb.TOPICS[0], group="Mensen")
    found = refused(kwb.new(kwb.Sample(topics=[kwb.TOPICS[0], double])), tmp_path)
    assert found[0].column == "Mensen/Aantal inwoners (aantal)"


def test_two_years_in_one_file(tmp_path: Path) -> None:
    assert "meer dan één jaar: 2016, 2018" in refused(OLD.replace(";2018;", ";2016;", 1), tmp_path)[0].what


def test_a_year_that_contradicts_the_file(tmp_path: Path) -> None:
    path = kwb.written("old", kwb.Sample(), tmp_path)
    with pytest.raises(Refused, match="gaat over 2018, u vraagt om 2024"):
        read_files([path], period=2024)


def test_no_year_anywhere(tmp_path: Path) -> None:
    path = kwb.written("new", kwb.Sample(), tmp_path)
    with pytest.raises(Refused, match="noemt geen jaar") as caught:
        read_files([path])
    assert "--period" in caught.value.findings[0].todo


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Dit bestand is er niet"):
        read_files([tmp_path / "weg.csv"])


def test_a_source_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="kennen wij niet"):
        read_files([kwb.written("old", kwb.Sample(), tmp_path)], source="iets")


def test_one_bad_file_stops_the_good_one_too(tmp_path: Path) -> None:
    good = kwb.written("old", kwb.Sample(), tmp_path)
    with pytest.raises(Refused) as caught:
        read_files([good, tmp_path / "weg.csv", tmp_path / "ook weg.csv"])
    assert len([finding for finding in caught.value.findings if finding.weight is Severity.REFUSE]) == 2


def test_a_checksum_beside_the_file_is_held_to(tmp_path: Path) -> None:
    path = kwb.written("old", kwb.Sample(), tmp_path)
    beside = tmp_path / "SHA256SUMS"
    beside.write_text(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  old.csv\n")
    assert read_files([path]).areas.height == len(kwb.AREAS)
    path.write_bytes(path.read_bytes().replace(b";95;", b";96;"))
    with pytest.raises(Refused, match="controlesom"):
        read_files([path])


def regions_read(read: Callable[[], int]) -> int | None:
    """Return how many regions were read, or None after a refusal; any other error is a crash and comes through."""
    try:
        return read()
    except Refused:
        return None


@pytest.mark.slow
@given(at=st.integers(0, len(NEW.encode()) - 1), byte=st.integers(0, 255), layout=st.sampled_from([NEW, OLD, R]))
def test_a_changed_byte_is_read_whole_or_refused(at: int, byte: int, layout: str) -> None:
    data = bytearray(layout.encode())
    data[at % len(data)] = byte

    def read() -> int:
        sheet = cbs_text.parsed(bytes(data), "flip.csv")
        return cbs.read(sheet, 2018, catalogue_names(cbs.ID)).areas.height if sheet else 0

    assert regions_read(read) in {None, 0, len(kwb.AREAS)}
