"""The catalogue of interventions: it is consistent, names the sources of its evidence, and can be searched."""

import re

import pytest

from buurtbalans.method.plans.interventions import InvalidCatalogue, build_catalogue, intervention_catalogue
from buurtbalans.method.plans.interventions.evidence import EvidenceClass


def test_the_catalogue_is_large_enough_and_uses_every_class_of_evidence():
    catalogue = intervention_catalogue()

    assert len(catalogue.interventions) >= 40
    assert len(catalogue.causes) >= 15
    assert all(catalogue.of_cause(code) for code in catalogue.causes)
    assert (
        {intervention.evidence for intervention in catalogue.interventions.values()}
        == set(EvidenceClass)
        == set(EvidenceClass.values)
    )


def test_every_intervention_says_what_is_known_by_whom_and_when():
    for intervention in intervention_catalogue().interventions.values():
        assert 1 <= len(re.findall(r"[.!?](?:\s|$)", intervention.known)) <= 3, intervention.code
        assert all(
            text for text in (intervention.for_whom, intervention.asks, intervention.first_sign, intervention.does_not)
        ), intervention.code
        if intervention.evidence != "eigen_idee":
            assert intervention.sources, intervention.code
            assert any(re.search(r"(19|20)\d\d", source) or "Movisie" in source for source in intervention.sources), (
                intervention.code
            )


def test_the_strongest_evidence_comes_first():
    order = [
        list(EvidenceClass).index(intervention.evidence)
        for intervention in intervention_catalogue().of_cause("eenzaam")
    ]
    assert order == sorted(order)


def test_search_is_by_word_theme_cause_and_evidence():
    catalogue = intervention_catalogue()

    assert "verlichting" in {intervention.code for intervention in catalogue.search("LAMPEN onderhoud")} | {
        intervention.code for intervention in catalogue.search("lampen")
    }
    assert {intervention.code for intervention in catalogue.search(cause="inbraak")} == {"sloten-en-ramen", "buurtapp"}
    assert all(intervention.evidence == "bewezen" for intervention in catalogue.search(evidence="bewezen"))
    assert {intervention.theme for intervention in catalogue.search(theme="wonen")} >= {"wonen"}
    assert catalogue.search("zoiets staat er niet in") == []
    assert len(catalogue.search()) == len(catalogue.interventions)


PART = {
    "theme": "t",
    "name": "T",
    "cause": [{"code": "c", "name": "C", "terms": "vak"}],
    "intervention": [
        {
            "code": "e",
            "name": "E",
            "causes": ["c"],
            "evidence": "kansrijk",
            "known": "Goed.",
            "sources": ["Wie (2020)"],
            "for_whom": "x",
            "works_when": ["x"],
            "asks": "x",
            "first_sign": "x",
            "does_not": "x",
        }
    ],
}


def changed_part(**fields):
    return PART | {"intervention": [PART["intervention"][0] | fields]}


def test_a_consistent_part_is_read():
    assert list(build_catalogue(PART).interventions) == ["e"]


@pytest.mark.parametrize(
    "part",
    [
        changed_part(causes=["x"]),
        changed_part(causes=[]),
        changed_part(evidence="zeker"),
        changed_part(sources=[]),
        changed_part(evidence="eigen_idee"),
        changed_part(works_when=[]),
        changed_part(first_sign="x" * 121),
        PART | {"intervention": PART["intervention"] * 2},
        PART | {"cause": PART["cause"] * 2},
    ],
)
def test_a_catalogue_that_contradicts_itself_is_refused(part):
    with pytest.raises(InvalidCatalogue):
        build_catalogue(part)
