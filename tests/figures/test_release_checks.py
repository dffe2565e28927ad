"""The checks of a release: what refuses it, what warns, what is noted, all at once."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.findings import Finding, Severity
from buurtbalans.figures.release.checks import check
from buurtbalans.figures.release.manifest import Manifest
from buurtbalans.figures.release.maps import maps_for
from buurtbalans.figures.release.words import some
from tests.figures.release_parts import BUURTEN, CATALOGUE, CODES, division, frame, row, rows

MAPS = {2024: division()}


def found(observations, maps=MAPS, before=None) -> list[Finding]:
    return check(frame(observations), maps, CATALOGUE, before)


def refusals(observations) -> list[str]:
    return [finding.what for finding in found(observations) if finding.weight is Severity.REFUSE]


def manifest(indicators=("people", "young"), regions=None) -> Manifest:
    return Manifest(
        id="2024-01-01-1",
        title="",
        created=datetime(2024, 1, 1, tzinfo=UTC),
        product="",
        invented=True,
        sources=(),
        periods=(2023,),
        indicators=tuple(indicators),
        divisions=(),
        maps={},
        counts={},
        regions=regions or {"buurt": 4, "wijk": 2},
        findings=(),
        sha256s={},
    )


def test_sound_figures_have_no_findings():
    assert found(rows()) == []


def test_nothing_in_it_is_refused():
    assert refusals([]) == ["Er staat geen enkel cijfer in."]


@pytest.mark.parametrize("name", ["area", "level", "division", "indicator", "period"])
def test_a_figure_without_its_names_is_refused(name):
    [what] = refusals([*rows(), {**row("BU99990101", "cbs:a", 1.0), name: None}])
    assert what.startswith("Er zijn cijfers zonder gebied")


def test_doubled_figures_are_refused_with_an_example():
    [what] = refusals([*rows(), row("BU99990101", value=90.0)])
    assert what == "1 cijfer staat er twee keer in, zoals ‘mensen’ van Plaats BU99990101 (BU99990101) over 2024."


@pytest.mark.parametrize(
    ("value", "absence", "what"),
    [
        (None, None, "zonder waarde en zonder reden"),
        (1.0, "too_few", "met een waarde en ook een reden"),
        (float("nan"), None, "geen gewoon getal"),
        (float("inf"), None, "geen gewoon getal"),
    ],
)
def test_a_value_or_a_reason_and_never_both(value, absence, what):
    assert any(what in refusal for refusal in refusals([row("BU99990101", "cbs-kwb:a", value, absence)]))


def test_an_absent_figure_with_its_reason_is_sound():
    assert refusals([row("BU99990101", absence="not_measured")]) == []


@pytest.mark.parametrize("indicator", ["peopel", "cbs-kwb:", "a b:c", ":x"])
def test_an_indicator_of_no_known_shape_is_refused(indicator):
    assert any("niet in de catalogus" in what for what in refusals([row("BU99990101", indicator, 1.0)]))


def test_an_uncatalogued_column_keeps_its_own_name():
    assert refusals([row("BU99990101", "cbs-kwb:Afstand tot IC-station (km)", 1.0)]) == []


@pytest.mark.parametrize(("indicator", "value"), [("share_young", 100.1), ("share_young", -1.0), ("people", -5.0)])
def test_impossible_values_are_refused(indicator, value):
    [what] = refusals([row("BU99990101", indicator, value)])
    assert "BU99990101" in what


@pytest.mark.parametrize("value", [0.0, 100.0])
def test_the_ends_of_a_share_are_possible(value):
    assert refusals([row("BU99990101", "share_young", value)]) == []


def test_everything_is_found_at_once():
    bad = [
        *rows(),
        row("BU99990101", value=90.0),
        row("BU99990101", "share_young", 101.0),
        row("BU99990101", "odd", 1.0),
    ]
    assert len(refusals(bad)) == 3


def test_rounding_to_five_is_no_contradiction():
    shifted = [{**each, "value": 105.0} if each["area"] in BUURTEN[:1] else each for each in rows()]
    assert found(shifted) == []


def test_an_area_that_no_map_knows_is_named_by_its_code():
    [what] = refusals([*rows(), row("BU99990999", value=90.0), row("BU99990999", value=95.0)])
    assert "‘mensen’ van BU99990999 over 2024" in what


def test_children_that_exceed_their_parent_warn():
    shifted = [{**each, "value": 130.0} if each["area"] == "BU99990101" else each for each in rows()]
    [finding] = found(shifted)
    assert finding.weight is Severity.WARN
    assert finding.what.endswith("zoals ‘mensen’ van Plaats WK999901 (WK999901).")
    assert not {"130", "200", "230"} & set(re.findall(r"\d+", finding.what)), "values are for the gate to show"
    assert finding.times == 2


def test_an_area_without_figures_is_named():
    [finding] = found(rows(), {2024: division(codes=[*CODES, "BU99990203"])})
    assert (finding.weight, finding.what) == (
        Severity.NOTE,
        "BU99990203 heeft geen cijfers over de indeling van 2024.",
    )


def test_codes_that_are_not_on_the_map_warn_with_the_codes():
    findings = found(rows(), {2024: division(codes=[code for code in CODES if code != "BU99990202"])})
    [finding] = findings
    assert finding.weight is Severity.WARN
    assert "Niet op de kaart van 2024: 1 van de 4 codes van 2024, namelijk BU99990202." in finding.what


def test_another_years_map_is_used_and_said():
    [finding] = found(rows(), {2022: division(2022)})
    assert finding.what == "De kaart van 2022 past op de indeling van 2024 en is daarbij gebruikt."


def test_another_years_map_that_lacks_a_code_is_not_used_and_that_is_said():
    [finding] = found(rows(), {2022: division(2022, codes=CODES[:-1])})
    assert finding.weight is Severity.WARN
    assert "past niet op de indeling van 2024" in finding.what
    assert "1 code ontbreekt: BU99990202." in finding.what
    [finding] = found([row("BU88880000", value=1.0)], {2022: division(2022)})
    assert "past niet op de indeling van 2024" in finding.what


def test_an_older_map_serves_when_a_nearer_one_does_not_fit():
    table = frame([*rows(2018), *rows(2024)])
    near, old = division(2022, codes=CODES[:-1]), division(2019)
    assert maps_for(table, {2022: near, 2019: old}) == {2018: 2019, 2024: 2019}
    assert maps_for(table, {2022: near}) == {}
    assert maps_for(table, {2024: near}) == {2024: 2024}


def test_a_municipality_without_map_is_one_note_and_not_a_row_of_codes():
    [finding] = found([*rows(), row("GM8888", value=1.0), row("BU88880000", value=1.0)])
    assert finding.what == "Van 1 gemeente is er geen kaart van 2024."


def test_figures_without_any_map_are_noted():
    [finding] = found(rows(), {})
    assert finding.weight is Severity.NOTE


def test_a_release_that_lost_more_than_half_of_the_indicators_warns():
    findings = found(rows(indicators=["people"]), before=manifest(["people", "young", "old"]))
    assert [finding.weight for finding in findings] == [Severity.WARN]
    assert found(rows(indicators=["people"]), before=manifest(["people", "young"])) == []


def test_a_release_that_lost_more_than_half_of_the_areas_warns():
    [finding] = found(rows(), before=manifest(regions={"buurt": 9}))
    assert finding.what == "Op het niveau buurt gaan er van 9 naar 4 gebieden."
    assert found(rows(), before=manifest(regions={"buurt": 8})) == []


@given(st.sets(st.integers(2000, 2030), min_size=1), st.sets(st.integers(2000, 2030)))
def test_a_map_with_every_code_serves_its_own_year_else_the_last_before(years, available):
    table = frame(row("BU99990101", value=1.0, period=year) for year in years)
    chosen = maps_for(table, {year: division(year) for year in available})
    assert set(chosen) == (years if available else set())
    for year, map_year in chosen.items():
        before = [each for each in available if each <= year]
        assert map_year == (max(before) if before else min(available))


@pytest.mark.slow
@given(st.sets(st.text("ABC", min_size=1), min_size=1))
def test_a_sentence_names_at_most_five_codes(codes):
    assert all(code in some(codes) for code in sorted(codes)[:5])
    assert ("nog" in some(codes)) == (len(codes) > 5)
