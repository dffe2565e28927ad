"""What a partner sends becomes counts: read in a limited process, matched, guarded against rows of people, compared."""

import random
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from buurtbalans.figures.catalogue.indicator import SourceKind
from buurtbalans.figures.findings import Refused, Severity
from buurtbalans.figures.intake import child
from buurtbalans.figures.intake.audience_view import rounded_view, view_for_audience
from buurtbalans.figures.intake.counts import Count, Counted, Key, compare, count_up
from buurtbalans.figures.intake.matching import Choices, Role, chosen, match, without_people
from buurtbalans.figures.intake.people import sign_of
from buurtbalans.figures.intake.reading import Upload, read_upload
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection import policy
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.policy import disclosure_rules
from tests.figures.intake_files import BAD, GOOD, book

CODES = [f"BU036300{number:02}" for number in range(1, 40)]


def upload(header: str, *rows: str, file: str = "x.csv") -> Upload:
    """Return a table as it is after reading."""
    return Upload(file, "", header.split(";"), [row.split(";") for row in rows], list(range(2, len(rows) + 2)), False)


def read(header: str, *rows: str, **more: object) -> tuple[Choices, Counted]:
    """Match and count a table."""
    table = upload(header, *rows)
    choices = match(table)
    for name, value in more.items():
        setattr(choices, name, value)
    return choices, count_up(table, choices, {})


# reading


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_and_leaves_nothing(name: str, tmp_path: Path, monkeypatch: object) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # type: ignore[attr-defined]
    with pytest.raises(Refused) as refused:
        read_upload(BAD[name](), "x")
    assert refused.value.findings[0].what
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_read_with_half_a_gigabyte_and_ten_seconds_at_most() -> None:
    limits = "resource.getrlimit(resource.RLIMIT_AS)[1], resource.getrlimit(resource.RLIMIT_CPU)[1]"
    program = f"import resource; from buurtbalans.figures.intake.child import limit; limit(); print(({limits}))"
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert said.strip() == f"({child.MEMORY}, {child.SECONDS})"
    assert child.MEMORY <= 512 * 1024**2
    assert child.SECONDS <= 10


@pytest.mark.slow
@pytest.mark.parametrize(("megabytes", "whole"), [(100, True), (child.MEMORY // 1024**2, False)])
def test_the_child_gets_no_more_memory_than_its_limit(megabytes: int, whole: bool) -> None:
    """The peak that the system reports cannot be used: it counts the process that starts the child too."""
    code = "import runpy, sys; runpy.run_path(sys.argv[1])['limit'](); bytearray(int(sys.argv[2]) * 1024**2)"
    command = [sys.executable, "-I", "-c", code, str(child.__file__), str(megabytes)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode == 0) is whole
    assert ("MemoryError" in done.stderr) is not whole


@pytest.mark.slow
def test_the_child_gets_no_more_time_than_its_limit() -> None:
    code = (
        "import runpy, sys; run = runpy.run_path(sys.argv[1]); run['limit'](); r = run['resource'];"
        "print(r.getrlimit(r.RLIMIT_CPU))"
    )
    command = [sys.executable, "-I", "-c", code, str(child.__file__)]
    assert subprocess.run(command, capture_output=True, text=True).stdout.strip() == "(10, 10)"


def test_there_are_sixty_bad_files() -> None:
    assert len(BAD) >= 60


@pytest.mark.slow
@pytest.mark.parametrize("data", [GOOD, GOOD.decode().encode("utf-8-sig"), GOOD.replace(b";", b"\t")])
def test_a_good_text_is_read_whole(data: bytes) -> None:
    found = read_upload(data, "hulp.csv")
    assert (found.header, found.lines) == (["buurtcode", "jaar", "hulp"], [2, 3])
    assert found.rows == [["BU03630000", "2025", "38"], ["BU03630001", "2025", "44"]]


@pytest.mark.slow
def test_a_workbook_is_read_with_its_lines() -> None:
    rows = [["buurtcode", "jaar", "hulp"], [], ["BU03630000", 2025, 38.0], ["BU03630001", 2025, None]]
    found = read_upload(book(rows), "hulp.xlsx")
    assert (found.rows, found.lines) == ([["BU03630000", "2025", "38"], ["BU03630001", "2025", ""]], [3, 4])
    assert found.exact


@pytest.mark.slow
def test_a_text_of_windows_is_read() -> None:
    assert read_upload("code;cliënten\nBU03630000;1\n".encode("cp1252"), "x").header == ["code", "cliënten"]


def test_the_child_says_what_it_refuses() -> None:
    with pytest.raises(child.Stop, match="rows"):
        child.small_enough(20_001, 1)
    with pytest.raises(child.Stop, match="rows"):
        child.small_enough(10_000, 41)
    assert child.written(True) == "true"
    assert child.written("x" * 300) == "x" * 200


# people


@pytest.mark.parametrize(
    ("name", "cells", "sign"),
    [
        ("bsn", ["1"], "bsn"),
        ("nummer", ["111222333", "123456782"], "bsn"),
        ("x", ["jan@example.nl"], "mail"),
        ("x", ["06-12345678", "0201234567"], "phone"),
        ("x", ["1012 AB", "1013CD"], "postcode"),
        ("x", ["Dorpsstraat 12", "Lange Dijk 3a"], "address"),
        ("gebdat", ["01-02-1980"], "birth"),
        ("wanneer", [f"01-02-19{year}" for year in range(50, 60)], "birth"),
        ("Contactpersoon", ["Jan"], "name"),
        ("cliëntnummer", ["1234567", "7654321"], "name"),
        ("bewoners", ["12"], ""),
        ("naam", ["12"], ""),
        ("buurtnaam", ["Lindehof"], ""),
        ("hulp", ["38", "44"], ""),
        ("maand", ["01-02-2025", "01-03-2025"], ""),
        ("leeg", [], ""),
    ],
)
def test_what_a_column_gives_away(name: str, cells: list[str], sign: str) -> None:
    assert sign_of(name, cells) == sign


@pytest.mark.parametrize(
    "rows",
    [
        ("code;bsn", f"{CODES[0]};111222333"),
        ("code;geboortedatum", f"{CODES[0]};01-02-1980"),
        ("code;straat;huur", *(f"{CODES[0]};Dorpsstraat {number};700" for number in range(4))),
        ("postcode;huur", "1012AB;700", "1013CD;800"),
        ("code;huur", *(f"{CODES[0]};{number}00" for number in range(4))),
        ("code;jaar;soort;huur", *(f"{CODES[0]};2025;melding;{number}" for number in range(4))),
    ],
)
def test_rows_of_people_are_refused_with_what_to_do(rows: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        match(upload(*rows))
    first = refused.value.findings[0]
    assert "één rij per persoon" in first.what
    assert "buurtbalans count" in first.todo


def test_a_column_with_names_is_not_read_and_kept_nowhere() -> None:
    table = upload("code;aantal;contact;toelichting", f"{CODES[0]};38;Jan Jansen;mooi weer", f"{CODES[1]};4;P. Puk;")
    choices = match(table)
    assert choices.signs == ["", "", "name", "text"]
    assert without_people(table, choices).rows == [[CODES[0], "38", "", ""], [CODES[1], "4", "", ""]]
    hidden = [each.column for each in count_up(table, choices, {}).noticed if each.ask == "hidden"]
    assert hidden == [2, 3]


def test_many_different_words_are_no_kinds_of_figure() -> None:
    table = upload("code;soort;aantal", *(f"BU0363{number:04};Bewoner {number};1" for number in range(41)))
    assert match(table).signs[1] == "address"
    table = upload(
        "code;soort;aantal", *(f"BU0363{number:04};Jan {chr(97 + number % 26)}{number}x;1" for number in range(41))
    )
    choices = match(table)
    assert (choices.roles[1], choices.signs[1]) == (Role.NONE, "text")


@pytest.mark.parametrize("name", ["bouwjaar", "geboortejaar", "opleverjaar", "geboortedatum"])
def test_a_year_of_a_home_or_a_person_is_no_period(name: str) -> None:
    roles = match(upload(f"code;{name};jaar;aantal", f"{CODES[0]};1928;2025;38", f"{CODES[1]};2008;2025;44")).roles
    assert roles.index(Role.PERIOD) == 2
    assert roles.count(Role.PERIOD) == 1


def test_choices_are_kept_and_found_again() -> None:
    choices = match(upload("code;jaar;aantal", f"{CODES[0]};2025;38"))
    choices.reasons[2], choices.repairs["0:1"] = Absence.NOT_MEASURED, "2024"
    assert chosen(choices.kept()) == choices


# counting


def test_counts_by_area_year_and_figure() -> None:
    _, found = read("code;jaar;hulp;huishoudens", f"{CODES[0]};2025;38;1.038")
    assert found.counts == {
        Key("hulp", CODES[0], 2025, 2025): Count(38),
        Key("huishoudens", CODES[0], 2025, 2025): Count(1038),
    }
    assert found.ready
    assert found.rows == 1


def test_a_row_per_kind() -> None:
    _, found = read("code;soort;aantal", f"{CODES[0]};geluid;38", f"{CODES[0]};afval;12", year=2024, division=2022)
    assert found.counts[Key("afval", CODES[0], 2022, 2024)] == Count(12)


def test_the_output_of_count_is_read_with_its_reasons() -> None:
    _, found = read("area;count;absence", f"{CODES[0]};38;", f"{CODES[1]};;too_few", year=2025)
    assert list(found.counts.values()) == [Count(38), Count(None, Absence.TOO_FEW)]


def test_everything_wrong_is_told_at_once_with_its_cells() -> None:
    rows = [f"{CODES[0]};2025;veel", ";2025;3", f"{CODES[1]};straks;4", f"{CODES[2]};2025;", "BU99;2025;5"]
    rows += [f"{code};2025;40" for code in CODES[3:13]]
    choices, found = read("buurtcode;jaar;hulp", *rows)
    told = {(each.what.split(".")[0], each.column, each.rows, each.ask) for each in found.noticed}
    assert told == {
        ("Hier staat ‘veel’", 2, (0,), "cell"),
        ("De buurtcode ontbreekt in deze rij", 0, (1,), "cell"),
        ("Hier staat ‘straks’", 1, (2,), "cell"),
        ("Dit vak is leeg", 2, (3,), "reason"),
        ("Hier staat ‘BU99’", 0, (4,), "cell"),
        ("Dit zijn er minder dan 10", 2, (1, 2, 4), ""),
    }
    assert not found.ready
    table = upload("buurtcode;jaar;hulp", *rows)
    choices.reasons[2] = Absence.NOT_MEASURED
    choices.repairs["1:0"] = CODES[20]
    again = count_up(table, choices, {})
    assert again.ready
    assert again.counts[Key("hulp", CODES[2], 2025, 2025)] == Count(None, Absence.NOT_MEASURED)
    assert again.counts[Key("hulp", CODES[20], 2025, 2025)] == Count(3)


def test_a_code_that_nobody_knows_does_not_count() -> None:
    table = upload("code;jaar;hulp", f"{CODES[0]};2025;38", f"{CODES[1]};2025;38")
    found = count_up(table, match(table), {2025: frozenset(CODES[:1])})
    assert [key.area for key in found.counts] == CODES[:1]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"roles": [Role.NONE, Role.PERIOD, Role.COUNT]}, "buurtcode"),
        ({"roles": [Role.AREA, Role.NONE, Role.COUNT]}, "jaar"),
        ({"roles": [Role.AREA, Role.PERIOD, Role.NONE]}, "aantallen"),
        ({"roles": [Role.AREA, Role.COUNT, Role.COUNT], "names": ["", "a", "a"], "year": 2025}, "dezelfde naam"),
    ],
)
def test_what_must_be_chosen_first(change: dict[str, object], what: str) -> None:
    _, found = read("code;jaar;hulp", f"{CODES[0]};2025;38", **change)
    assert not found.ready
    assert what in found.noticed[0].what


def test_a_total_smaller_than_its_parts_is_refused() -> None:
    _, found = read("code;jaar;hulp", "WK036300;2025;50", f"{CODES[0]};2025;38", f"{CODES[1]};2025;20")
    assert [each.what for each in found.noticed if each.weight is Severity.REFUSE] == [
        "WK036300 heeft 50 bij “hulp”. De delen zijn samen 58."
    ]


def test_new_other_and_gone() -> None:
    keys = [Key("hulp", code, 2025, 2025) for code in CODES[:4]]
    before = {keys[0]: Count(41), keys[1]: Count(20), keys[2]: Count(7), keys[0]._replace(period=2020): Count(1)}
    now = {keys[0]: Count(44), keys[1]: Count(20), keys[2]: Count(None, Absence.TOO_FEW), keys[3]: Count(3)}
    found = compare(now, before)
    assert {name: [key.area for key, _, _ in rows] for name, rows in found.items()} == {
        "nieuw": [CODES[3]],
        "anders": [CODES[0]],
        "weg": [CODES[2]],
    }


# what others see


def counts(values: dict[str, int], indicator: str = "hulp") -> dict[Key, Count]:
    return {Key(indicator, code, 2025, 2025): Count(value) for code, value in values.items()}


def seen(values: dict[str, int], *before: dict[str, int]) -> list[str]:
    earlier = []
    for each in before:
        earlier.append((str(len(earlier)), counts(each), view_for_audience(counts(each), earlier).counts))
    return [str(each.absence or each.value) for each in view_for_audience(counts(values), earlier).counts.values()]


def test_small_counts_and_what_gives_them_away_are_withheld() -> None:
    assert seen({CODES[0]: 3, CODES[1]: 40, CODES[2]: 100}) == ["too_few", "protects_another", "100"]
    assert seen({CODES[0]: 30, CODES[1]: 40}) == ["30", "40"]
    wijk = seen({"WK036300": 60, CODES[0]: 17, CODES[1]: 40})
    assert "60" in wijk
    assert len({"17", "40"} & set(wijk)) < 2  # the other buurten of this wijk have three together


def test_a_reason_stays_and_a_gebied_is_not_shared() -> None:
    found = view_for_audience(
        {
            **counts({CODES[0]: 50, "GB0363DX01": 80}),
            Key("hulp", CODES[1], 2025, 2025): Count(None, Absence.NOT_MEASURED),
        }
    )
    assert [str(each.absence or each.value) for each in found.counts.values()] == ["50", "not_shared", "not_measured"]


def test_a_correction_tells_nothing_small() -> None:
    first = {CODES[0]: 30, CODES[1]: 40, CODES[2]: 100}
    assert seen({**first, CODES[0]: 33}, first)[0] == "30"  # a change of three stays as it was
    with pytest.raises(Refused, match="andere gebieden"):
        seen({CODES[0]: 30, CODES[1]: 40}, first)


@pytest.mark.parametrize("audience", list(Audience))
def test_a_wider_audience_sees_no_cell_that_a_narrower_one_does_not(audience: Audience) -> None:
    chance = random.Random(4)
    for _ in range(20):
        made = counts({code: int(chance.expovariate(1 / 30)) for code in CODES[:4]})
        found = view_for_audience(made, audience=audience)
        narrow = view_for_audience(made).counts
        assert found.core == narrow
        if audience is Audience.ORGANISATION:
            assert found.counts == made
            continue
        for key, count in found.counts.items():
            assert count.value is None or (narrow[key].value is not None and abs(count.value - narrow[key].value) <= 2)
            assert count.step == (1 if audience is Audience.CORE or count.value is None else 5)
            assert count.value is None or count.value % count.step == 0
        if audience is Audience.RING:
            assert [each.absence for each in found.counts.values()] == [each.absence for each in narrow.values()]
            assert rounded_view(found.core, Audience.RING) == found.counts


def test_the_public_sees_no_count_below_twenty() -> None:
    found = view_for_audience(counts({CODES[0]: 12, CODES[1]: 41, CODES[2]: 103}), audience=Audience.PUBLIC)
    assert [str(each.absence or each.value) for each in found.counts.values()] == ["too_few", "protects_another", "105"]
    assert [each.value for each in found.core.values()] == [12, 41, 103]


def test_a_kept_value_is_no_reason_to_refuse_the_next_delivery() -> None:
    first = {CODES[0]: 30, CODES[1]: 40, CODES[2]: 100}
    assert seen({**first, CODES[0]: 60}, first, {**first, CODES[0]: 33}) == ["60", "40", "100"]


def test_a_supplier_with_a_minimum_of_its_own_is_protected_by_that(monkeypatch: pytest.MonkeyPatch) -> None:
    standard = disclosure_rules(SourceKind.PARTNER)
    lower = standard | {Audience.PUBLIC: replace(standard[Audience.PUBLIC], minimum_frequency=10)}
    monkeypatch.setitem(policy.SUPPLIER_RULES, "Dynamo", lower)
    made = counts({CODES[0]: 12, CODES[1]: 41, CODES[2]: 103})

    def published(*suppliers: str) -> list[int | None]:
        rules = disclosure_rules(SourceKind.PARTNER, suppliers)
        view = view_for_audience(made, audience=Audience.PUBLIC, rules=rules)
        return [count.value for count in view.counts.values()]

    assert published("Dynamo") == [10, 40, 105]
    assert published("GGD")[0] is None
    assert published("Dynamo", "GGD")[0] is None, "the strictest rule holds"
