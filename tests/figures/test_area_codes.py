"""Codes of areas: levels, parents, and Amsterdam's own codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.area.codes import AreaLevel, cbs_code, level_of, municipality_of, parent_of
from buurtbalans.figures.findings import Refused


@pytest.mark.parametrize(
    ("local", "division", "code"),
    [
        ("F81d", 2019, "BU03638103"),
        ("A00a", 2019, "BU03630000"),
        ("T98a", 2015, "BU03639800"),
        ("F81", 2019, "WK036381"),
        ("T", 2019, "SD0363T"),
        ("DX08", 2019, "GB0363DX08"),
        ("AA01", 2022, "BU0363AA01"),
        ("AA", 2024, "WK0363AA"),
        ("S", 2022, "SD0363S"),
        ("GF07", 2022, "GB0363GF07"),
        ("BU0363AA01", 2022, "BU0363AA01"),
        (" GM0363 ", 2019, "GM0363"),
    ],
)
def test_a_local_code_becomes_the_national_one(local: str, division: int, code: str) -> None:
    assert cbs_code(local, division) == code


@pytest.mark.parametrize(
    ("local", "division"), [("F81d", 2022), ("AA01", 2019), ("", 2022), ("f81d", 2019), ("BU12", 2019)]
)
def test_a_code_of_another_division_is_refused(local: str, division: int) -> None:
    with pytest.raises(Refused) as refused:
        cbs_code(local, division)
    (finding,) = refused.value.findings
    assert str(division) in finding.what
    assert "2022" in finding.todo


@given(
    st.sampled_from("ABEFKMNT"),
    st.integers(0, 99),
    st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
)
def test_a_buurt_of_before_2022_lies_in_the_wijk_its_local_code_says(letter: str, number: int, own: str) -> None:
    wijk = f"{letter}{number:02d}"
    assert parent_of(cbs_code(wijk + own, 2019)) == cbs_code(wijk, 2019)


def test_parents_lead_from_a_buurt_to_the_country() -> None:
    chain = ["BU0363AA01"]
    while parent := parent_of(chain[-1]):
        chain.append(parent)
    assert chain == ["BU0363AA01", "WK0363AA", "GM0363", "NL00"]
    assert [level_of(code) for code in chain] == [AreaLevel.BUURT, AreaLevel.WIJK, AreaLevel.GEMEENTE, AreaLevel.LAND]


@pytest.mark.parametrize("text", ["", "BU", "BU036300", "bu03630000", "GM363", "A00a", "WK0363", "Weverskwartier"])
def test_what_is_no_code_has_no_level_and_no_parent(text: str) -> None:
    assert level_of(text) is None
    assert parent_of(text) is None
    assert municipality_of(text) is None
