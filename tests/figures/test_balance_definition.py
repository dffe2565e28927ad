"""Our own definition of balance: held against the catalogue, and a definition for the index as well."""

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.balance.balance_definition import (
    FILE,
    ChosenWeights,
    balance_definition,
    parse_balance_definition,
)
from buurtbalans.figures.balance.definition import parse_definition, read_definition
from buurtbalans.figures.balance.explain import explanation
from buurtbalans.figures.balance.outcome import compute_outcome
from buurtbalans.figures.balance.table import read_table
from buurtbalans.figures.catalogue.indicator import Dimension
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.findings import Refused
from buurtbalans.figures.sentence import number


def test_it_is_a_definition_of_an_index_without_one_number_over_the_three() -> None:
    found = read_definition(FILE)
    assert [group.code for group in found.groups if not group.group] == list(Dimension)
    assert len(found.groups) == 3


def test_every_figure_has_a_direction_when_it_counts_and_none_is_restricted() -> None:
    for one in balance_definition().indicators:
        assert not one.indicator.restricted
        assert bool(one.weight) == one.judged
    assert all(len([one for one in balance_definition().of(dimension) if one.weight]) >= 4 for dimension in Dimension)


def test_its_sentences_are_short() -> None:
    texts = [
        *balance_definition().limits,
        *balance_definition().asks.values(),
        *(one.why for one in balance_definition().indicators),
    ]
    for sentence in [part for text in texts for part in text.replace("?", ".").split(". ") if part]:
        assert len(sentence.split()) <= 18, sentence


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"code": "nothing_like_it"}, "staat niet in de catalogus"),
        ({"code": "origin_turkey", "weight": 0}, "mag in geen index"),
        ({"group": "facilities"}, "staat in de catalogus bij liveability"),
        ({"direction": -1}, "andere richting"),
        ({"why": ""}, "heeft geen `why`"),
    ],
)
def test_what_does_not_fit_the_catalogue_is_refused(change: dict[str, Any], what: str) -> None:
    said = tomllib.loads(FILE.read_text(encoding="utf-8"))
    at = next(number for number, each in enumerate(said["indicator"]) if each["code"] == "feels_at_home")
    said["indicator"][at] |= change
    with pytest.raises(Refused, match=what):
        parse_balance_definition(said, catalogue())


def test_it_is_explained_with_why_source_and_what_it_is_not() -> None:
    words = explanation(read_definition(FILE))
    assert f"De vraag is: {balance_definition().title}" in words
    for one in balance_definition().indicators:
        counts = f"gewicht {one.weight:g}".replace(".", ",") if one.weight else "telt niet mee"
        assert f"{one.indicator.id} ({counts}): " in words
        assert f"{one.why} Bron: {one.source}." in words
    assert words.endswith("\n".join(balance_definition().limits))


CHOSEN = st.dictionaries(
    st.sampled_from([one.indicator.id for one in balance_definition().indicators]),
    st.integers(0, 10).map(lambda half: half / 2),
)


@given(CHOSEN)
def test_weights_come_back_from_an_address(chosen: dict[str, float]) -> None:
    assert ChosenWeights.from_text(ChosenWeights(chosen).to_text()) == ChosenWeights(chosen)


@given(st.text())
def test_any_address_gives_weights(text: str) -> None:
    assert all(0 <= weight <= 5 for weight in ChosenWeights.from_text(text).chosen.values())


def test_a_weight_can_be_changed_and_given_back() -> None:
    one = ChosenWeights().but("feels_at_home", 2.0)
    assert one.to_text() == "feels_at_home-2"
    assert one.but("feels_at_home", None) == ChosenWeights()
    assert number(one.of("feels_at_home", 1.0)) == "2"
    with pytest.raises(ValueError, match="cannot weigh"):
        ChosenWeights({"feels_at_home": 0.3})


def test_a_table_may_lack_what_a_town_does_not_have_but_not_everything(tmp_path: Path) -> None:
    long = tmp_path / "long.csv"
    rows = [f"BU{at},{name},{at * 3 % 7}" for at in range(9) for name in ("distance_gp", "green_near", "other")]
    long.write_text("area,indicator,value\n" + "\n".join(rows), encoding="utf-8")
    wide = tmp_path / "wide.csv"
    lines = [f"BU{at},{at * 3 % 7},{at * 3 % 7}" for at in range(9)]
    wide.write_text("area,distance_gp,green_near\n" + "\n".join(lines), encoding="utf-8")
    definition = read_definition(FILE)
    found = [compute_outcome(definition, read_table(file, definition), draws=20) for file in (long, wide)]
    assert found[0].frame(definition).equals(found[1].frame(definition))
    assert np.isnan(found[0].scored["liveability"].value).all()
    assert found[0].scored["facilities"].value.ravel() == pytest.approx(np.zeros(9))  # far and green even out
    for file in (long, wide):
        file.write_text(
            file.read_text(encoding="utf-8").replace("distance_gp", "a").replace("green_near", "b"), "utf-8"
        )
        with pytest.raises(Refused, match="geen enkel cijfer van de definitie"):
            read_table(file, definition)


def test_whether_a_table_may_lack_figures_is_said_in_one_of_two_words() -> None:
    said = tomllib.loads(FILE.read_text(encoding="utf-8"))
    with pytest.raises(Refused, match="`lacking` is 'never'"):
        parse_definition({**said, "lacking": "never"})
    assert not parse_definition({name: value for name, value in said.items() if name != "lacking"}).lacking
