"""The list of what works: it holds together, says who found out what, and can be searched."""

import re

import pytest

from buurtbalans.method.plans.models import EvidenceClass
from buurtbalans.method.plans.works import EVIDENCE, BadList, read, works


def test_there_is_enough_to_choose_from():
    whole = works()

    assert len(whole.efforts) >= 40
    assert len(whole.causes) >= 15
    assert all(whole.of_cause(code) for code in whole.causes)
    assert {work.evidence for work in whole.efforts.values()} == set(EVIDENCE) == set(EvidenceClass.values)


def test_every_effort_says_what_is_known_by_whom_and_when():
    for work in works().efforts.values():
        assert 1 <= len(re.findall(r"[.!?](?:\s|$)", work.known)) <= 3, work.code
        assert all(work_says for work_says in (work.for_whom, work.asks, work.first_sign, work.does_not)), work.code
        if work.evidence != "eigen_idee":
            assert work.sources, work.code
            assert any(re.search(r"(19|20)\d\d", source) or "Movisie" in source for source in work.sources), work.code


def test_the_best_known_come_first():
    order = [EVIDENCE.index(work.evidence) for work in works().of_cause("eenzaam")]
    assert order == sorted(order)


def test_one_finds_by_word_theme_cause_and_evidence():
    whole = works()

    assert "verlichting" in {work.code for work in whole.look("LAMPEN onderhoud")} | {
        work.code for work in whole.look("lampen")
    }
    assert {work.code for work in whole.look(cause="inbraak")} == {"sloten-en-ramen", "buurtapp"}
    assert all(work.evidence == "bewezen" for work in whole.look(evidence="bewezen"))
    assert {work.theme for work in whole.look(theme="wonen")} >= {"wonen"}
    assert whole.look("zoiets staat er niet in") == []
    assert len(whole.look()) == len(whole.efforts)


PART = {
    "theme": "t",
    "name": "T",
    "cause": [{"code": "c", "name": "C", "terms": "vak"}],
    "effort": [
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


def changed(**fields):
    return PART | {"effort": [PART["effort"][0] | fields]}


def test_a_sound_part_is_read():
    assert list(read(PART).efforts) == ["e"]


@pytest.mark.parametrize(
    "part",
    [
        changed(causes=["x"]),
        changed(causes=[]),
        changed(evidence="zeker"),
        changed(sources=[]),
        changed(evidence="eigen_idee"),
        changed(works_when=[]),
        changed(first_sign="x" * 121),
        PART | {"effort": PART["effort"] * 2},
        PART | {"cause": PART["cause"] * 2},
    ],
)
def test_a_list_that_does_not_hold_together_is_refused(part):
    with pytest.raises(BadList):
        read(part)
