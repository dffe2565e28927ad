"""The tables of states: every action in every state, who may do it, and what the dates of a row say."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.transitions import Refusal, Transition, Transitions
from buurtbalans.method.people.models import Circle
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.rules import plan_state
from buurtbalans.method.plans.states import PLAN, PlanState
from buurtbalans.method.rounds.models import Agreement, PictureVersion
from buurtbalans.method.rounds.states import AGREEMENT, PICTURE, AgreementState, PictureState

TODAY = date(2026, 6, 1)
BEFORE = datetime(2026, 5, 1, tzinfo=UTC)


def outcomes(table: Transitions, action: str) -> list[str]:
    """Return for every state in order the state that follows an action, or the code of the refusal with a mark."""
    answers = []
    for state in table.states:
        try:
            answers.append(table.require(action, state).value)
        except ValidationError as refused:
            answers.append(f"!{refused.code}")
        assert table.allows(action, state) == (not answers[-1].startswith("!"))
    return answers


@pytest.mark.parametrize(
    ("action", "expected"),  # draft, proposed, ended, expired
    [
        ("edit", ["draft", "!proposed", "!proposed", "!proposed"]),
        ("propose", ["proposed", "!proposed", "!proposed", "!proposed"]),
        ("sign", ["!over", "proposed", "!over", "!over"]),
        ("withdraw_signature", ["draft", "proposed", "ended", "expired"]),
        ("end", ["!over", "ended", "!over", "!over"]),
    ],
)
def test_the_agreement(action: str, expected: list[str]) -> None:
    assert outcomes(AGREEMENT, action) == expected


@pytest.mark.parametrize(
    ("action", "expected"),  # open, agreed, public
    [
        ("share", ["open", "agreed", "public"]),
        ("give_opinion", ["open", "!agreed", "!agreed"]),
        ("agree", ["agreed", "!agreed", "!agreed"]),
        ("ask_consent", ["!not_agreed", "agreed", "public"]),
        ("answer_consent", ["!not_agreed", "agreed", "public"]),
        ("publish", ["!not_agreed", "public", "public"]),
        ("unpublish", ["!not_public", "!not_public", "agreed"]),
    ],
)
def test_a_version_of_the_picture(action: str, expected: list[str]) -> None:
    assert outcomes(PICTURE, action) == expected


def test_the_plan() -> None:
    assert outcomes(PLAN, "agree") == ["!empty", "agreed", "!same"]
    assert plan_state({"results": []}, None) is PlanState.EMPTY
    assert plan_state({"results": [1]}, None) is PlanState.DRAFT
    assert plan_state({"results": [1]}, {"results": [2]}) is PlanState.DRAFT
    assert plan_state({"results": [1]}, {"results": [1]}) is PlanState.AGREED


def test_who_may_do_what_stands_in_the_tables() -> None:
    opinions = {
        row.action for table in (AGREEMENT, PICTURE) for row in table if row.permission is Permission.GIVE_OPINION
    }
    assert opinions == {"sign", "withdraw_signature", "give_opinion", "answer_consent"}
    rest = [row for table in (AGREEMENT, PICTURE, PLAN) for row in table if row.action not in opinions]
    assert {row.permission for row in rest} == {Permission.EDIT_ROUND}


@pytest.mark.parametrize(
    ("proposed", "ended", "until", "state"),
    [
        (None, None, TODAY, AgreementState.DRAFT),
        (BEFORE, None, TODAY, AgreementState.PROPOSED),
        (BEFORE, None, date(2026, 5, 31), AgreementState.EXPIRED),
        (BEFORE, BEFORE, TODAY, AgreementState.ENDED),
        (BEFORE, BEFORE, date(2026, 5, 31), AgreementState.ENDED),
    ],
)
def test_the_dates_of_an_agreement_say_its_state(
    proposed: datetime | None, ended: datetime | None, until: date, state: AgreementState
) -> None:
    agreement = Agreement(proposed_at=proposed, ended_at=ended, until=until)
    assert agreement.state(TODAY) is state
    assert agreement.holds(TODAY) == (state is AgreementState.PROPOSED)


@pytest.mark.parametrize(
    ("audience", "agreed", "state"),
    [
        (Audience.CORE, None, PictureState.OPEN),
        (Audience.RING, None, PictureState.OPEN),
        (Audience.RING, BEFORE, PictureState.AGREED),
        (Audience.PUBLIC, BEFORE, PictureState.PUBLIC),
    ],
)
def test_the_readers_and_the_date_of_a_version_say_its_state(
    audience: Audience, agreed: datetime | None, state: PictureState
) -> None:
    version = PictureVersion(circle=Circle(kind=audience), agreed_at=agreed)
    assert version.state is state
    assert version.is_open == (state is PictureState.OPEN)
    assert version.is_public == (state is PictureState.PUBLIC)
    assert version.is_shared == (audience is not Audience.CORE)


def test_a_table_that_forgets_a_state_or_answers_twice_is_refused() -> None:
    open_ = (PictureState.OPEN,)
    with pytest.raises(ValueError, match="every state"):
        Transitions(PictureState, Transition("agree", open_, Permission.EDIT_ROUND))
    twice = dict.fromkeys(PictureState, Refusal("nee", "no"))
    with pytest.raises(ValueError, match="no state is both"):
        Transitions(PictureState, Transition("agree", open_, Permission.EDIT_ROUND, refusals=twice))
