"""What is sensible to do next: declared once, the weightiest first, with why, and never a lock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.method.people.permissions import Role
from buurtbalans.method.rounds.actions import agreement as agreement_actions
from buurtbalans.method.rounds.actions import onward as onward_actions
from buurtbalans.method.rounds.actions import round as round_actions
from buurtbalans.method.rounds.actions import team
from buurtbalans.method.rounds.advice import ADVICE, FOR_RING, RoundState, advise
from buurtbalans.method.rounds.queries import onward
from buurtbalans.method.rounds.queries import round as round_queries
from tests.method.agreements import proposed
from tests.method.table import judged_claim, lay_table, neighbourhood, ring_member

BUSY = {"step": 3, "organisations": 5, "ring": 2, "agreed": 1, "scored": 4, "meetings": 1, "stories": 6, "claims": 4}
TESTED = BUSY | {"step": 4, "tested": 4}
PICTURE = TESTED | {"lines": 6, "shared": 6}


def slugs(**numbers):
    return [each.slug for each in advise(RoundState(**numbers))]


@pytest.mark.parametrize(
    ("numbers", "first"),
    [
        ({}, "agreement"),
        ({"alone": 1}, "alone"),
        ({"agreed": 1}, "ready"),
        ({"agreed": 1, "unsigned": 3, "own_unsigned": 1}, "sign"),
        ({"agreed": 1, "unsigned": 2}, "unsigned"),
        (TESTED | {"unsigned": 2, "own_unsigned": 1}, "picture"),
        ({"agreed": 1, "scored": 9}, "team"),
        ({"agreed": 1, "scored": 9, "organisations": 4}, "meeting"),
        ({"agreed": 1, "scored": 9, "organisations": 4, "meetings": 1}, "ring"),
        ({"agreed": 1, "scored": 9, "organisations": 4, "meetings": 1, "ring": 1}, "onward"),
        (BUSY | {"step": 2, "stories": 1}, "stories"),
        (BUSY | {"step": 2, "claims": 0}, "claims"),
        (BUSY | {"overdue": 1}, "overdue"),
        (BUSY | {"tested": 1}, "untested"),
        (BUSY | {"tested": 4, "differ": 1}, "differ"),
        (BUSY | {"tested": 4, "missing": 2}, "missing"),
        (BUSY | {"tested": 4, "gaps": 2}, "gaps"),
        (TESTED, "picture"),
        (TESTED | {"lines": 6}, "share"),
        (PICTURE, "results"),
        (PICTURE | {"step": 5, "results": 2}, "efforts"),
        (PICTURE | {"step": 5, "results": 2, "efforts": 3, "stuck": 1}, "stuck"),
        (PICTURE | {"step": 6, "results": 2, "efforts": 3, "evaluated": 1}, "evaluate"),
        (PICTURE | {"step": 6, "results": 2, "efforts": 3, "evaluated": 2}, "close"),
        (PICTURE | {"step": 6, "closed": 1, "parked": 2}, "start_follow_up"),
    ],
)
def test_the_weightiest_next_thing_comes_first(numbers, first):
    assert slugs(**numbers)[0] == first


def test_every_advice_is_reached_somewhere():
    assert {each.slug for each in ADVICE} == {
        first.slug
        for numbers in (
            {},
            {"alone": 1},
            {"agreed": 1, "unsigned": 2, "own_unsigned": 1},
            {"agreed": 1, "unsigned": 1},
            {"agreed": 1},
            {"agreed": 1, "scored": 9},
            {"agreed": 1, "scored": 9, "organisations": 4},
            BUSY | {"step": 2, "stories": 1},
            BUSY | {"step": 2, "claims": 0},
            BUSY | {"overdue": 1},
            BUSY | {"tested": 1, "ring": 0},
            BUSY | {"tested": 4, "differ": 1},
            BUSY | {"tested": 4, "missing": 2},
            BUSY | {"tested": 4, "gaps": 2},
            TESTED,
            TESTED | {"lines": 6},
            PICTURE,
            BUSY | {"tested": 4, "lines": 1},
            PICTURE | {"step": 5, "results": 2},
            PICTURE | {"step": 5, "results": 2, "efforts": 3, "stuck": 1},
            PICTURE | {"step": 6, "results": 2, "efforts": 3, "evaluated": 1},
            PICTURE | {"step": 6, "results": 2, "efforts": 3, "evaluated": 2},
            PICTURE | {"closed": 1},
        )
        for first in advise(RoundState(**numbers))
    }


@given(
    st.builds(
        RoundState,
        step=st.integers(1, 6),
        alone=st.integers(0, 1),
        unsigned=st.integers(0, 4),
        own_unsigned=st.integers(0, 1),
        organisations=st.integers(0, 9),
        ring=st.integers(0, 4),
        agreed=st.integers(0, 1),
        scored=st.integers(0, 9),
        meetings=st.integers(0, 1),
        stories=st.integers(0, 9),
        claims=st.integers(0, 9),
        differ=st.integers(0, 3),
        missing=st.integers(0, 9),
        gaps=st.integers(0, 4),
        overdue=st.integers(0, 2),
        lines=st.integers(0, 9),
        shared=st.integers(0, 9),
        results=st.integers(0, 4),
        efforts=st.integers(0, 4),
        stuck=st.integers(0, 2),
        evaluated=st.integers(0, 4),
        closed=st.integers(0, 1),
        followed=st.integers(0, 1),
    )
)
def test_whatever_a_round_looks_like_there_are_at_most_two_things_each_with_a_reason(state):
    found = advise(state)

    assert len(found) <= 2
    assert all(each.reason and "%" not in each.reason for each in found)
    assert not (state.closed and [each for each in found if each.slug != "start_follow_up"])
    assert advise(state, FOR_RING) or state.closed
    if not state.closed and state.step < 6:
        assert found


def test_the_reason_tells_the_numbers_of_this_round():
    (first, *_rest) = advise(RoundState(**BUSY | {"tested": 1}))

    assert first.reason == "Er zijn nog 3 stellingen niet getoetst, terwijl u pas na het toetsen weet of die kloppen."


@pytest.mark.django_db
def test_the_state_of_a_round_is_counted_as_the_viewer_may_see_it():
    table = lay_table()
    judged_claim(table)
    gp = ring_member(table)

    core, ring = (onward.state_of(table.round, who) for who in (table.samira, gp))

    assert (core.claims, core.tested, core.missing, core.ring, core.stories) == (1, 1, 1, 1, 1)
    assert (ring.claims, ring.gaps, ring.stories) == (0, 0, 0)
    more = onward.state_of(table.round, table.samira, [lambda round, viewer: {"results": 3}])
    assert more.results == 3


@pytest.mark.django_db
def test_who_is_alone_is_told_to_ask_people_and_who_proposed_to_sign_before_the_nine_points(client):
    table = lay_table()
    alone = round_actions.start_round(
        by=table.samira,
        neighbourhood=neighbourhood(table.samira, "Rietoever"),
        occasion="Stil.",
        question="Wie?",
        scope="smal",
        release="r1",
    )

    def first(round, who):
        return [each.advice.slug for each in onward.recommendations(round, who)]

    assert first(alone, table.samira) == ["alone", "agreement"]
    client.force_login(table.samira)
    assert "Deelnemers aan het team toevoegen" in client.get(round_queries.round_url(alone)).content.decode()
    team.add_to_team(by=table.samira, round=alone, person=ring_member(table), role=Role.RING_MEMBER)
    assert first(alone, table.samira) == ["agreement", "ready"]

    agreement = proposed(table.round)
    assert first(table.round, table.joris) == ["sign", "ready"]
    agreement_actions.sign_agreement(by=table.joris, agreement=agreement, role="manager")
    assert first(table.round, table.joris) == ["unsigned", "ready"]
    assert first(table.round, table.samira) == ["sign", "ready"]
    agreement_actions.sign_agreement(by=table.samira, agreement=agreement, role="manager")
    assert first(table.round, table.joris) == ["ready", "team"]


@pytest.mark.django_db
def test_the_round_page_advises_and_the_ring_is_asked_to_tell(client):
    table = lay_table()
    client.force_login(table.joris)
    page = client.get(round_queries.round_url(table.round)).content.decode()
    assert "Afspraak over delen maken" in page
    assert "Dit is een advies, dus u kunt ook iets anders doen." in page

    client.force_login(ring_member(table))
    page = client.get(round_queries.round_url(table.round)).content.decode()

    assert "Vertellen wat u ziet" in page
    assert "Afspraak over delen maken" not in page


@pytest.mark.django_db
def test_a_closed_round_advises_only_a_next_one():
    table = lay_table()
    onward_actions.close_round(by=table.samira, round=table.round, version=1, reached="Het licht doet het.")

    assert [each.advice.slug for each in onward.recommendations(table.round, table.samira)] == ["start_follow_up"]
    onward_actions.start_follow_up(
        by=table.samira, before=table.round, release="r", question="?", occasion="", scope="smal"
    )
    assert onward.recommendations(table.round, table.samira) == []
