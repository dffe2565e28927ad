"""A claim: tested on figures and stories together, judged with a reason, agreed or not by each organisation."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from buurtbalans.method.base.models import AuditRow, EditConflict
from buurtbalans.method.rounds.actions import claims
from buurtbalans.method.rounds.models import Claim, Evidence, Opinion
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.rounds.queries import evidence
from buurtbalans.method.stories.actions.stories import withdraw_story
from tests.method.table import figure, judged_claim, lay_table, opened, ring_member, story

pytestmark = pytest.mark.django_db


def last(verb):
    return AuditRow.objects.filter(verb=f"rounds.{verb}").last()


def test_a_claim_is_brought_in_by_an_organisation_of_the_core_group():
    table = lay_table()

    claim = claims.create_claim(by=table.joris, round=table.round, text="Het plein is stil")

    assert (claim.organisation, claim.verdict) == (table.team, "")
    assert last("create_claim").detail == {"round": table.round.pk}
    for stranger in (table.noor, ring_member(table)):
        with pytest.raises(PermissionDenied):
            claims.create_claim(by=stranger, round=table.round, text="Nee hoor")


def test_a_claim_can_be_reworded_until_it_is_judged():
    table = lay_table()
    claim = claims.create_claim(by=table.joris, round=table.round, text="Het plein is stil")
    claims.edit_claim(by=table.joris, claim=claim, version=1, text="Het plein is ’s avonds stil")

    with pytest.raises(EditConflict):
        claims.edit_claim(by=table.samira, claim=claim, version=1, text="Het plein is leeg")
    claims.add_figure(by=table.joris, claim=claim, figure=figure(), says="ja")
    opened(table.samira, claim)
    claims.judge(by=table.samira, claim=claim, version=2, verdict="bevestigd", reason="Zo is het.")
    with pytest.raises(ValidationError):
        claims.edit_claim(by=table.joris, claim=claim, version=3, text="Toch niet")


def test_a_member_does_not_reword_the_claim_of_another_organisation():
    table = lay_table()
    claim = claims.create_claim(by=table.samira, round=table.round, text="Het plein is stil")

    with pytest.raises(PermissionDenied):
        claims.edit_claim(by=table.joris, claim=claim, version=1, text="Niet waar")


def test_figures_and_stories_lie_beside_a_claim_and_are_not_added_up():
    table = lay_table()
    judged_claim(table)

    figures, stories = claims_queries.split(claims_queries.claims_of(table.round, table.joris)[0])

    assert [e.says for e in figures] == ["ja"]
    assert [e.says for e in stories] == ["nee"]
    assert figures[0].figure == figure()
    assert last("add_figure").detail["indicator"] == "feels_safe_evening"


def test_an_absent_figure_is_evidence_that_says_nothing():
    table = lay_table()
    claim = claims.create_claim(by=table.joris, round=table.round, text="Het plein is stil")

    laid = claims.add_figure(
        by=table.joris, claim=claim, figure=figure(value=None, low=None, high=None, absence="too_few"), says="niets"
    )

    assert laid.figure["absence"] == "too_few"


@pytest.mark.parametrize("broken", [{"value": None}, {"absence": "too_few"}])
def test_a_figure_has_a_value_or_a_reason(broken):
    table = lay_table()
    claim = claims.create_claim(by=table.joris, round=table.round, text="Het plein is stil")

    with pytest.raises(ValidationError):
        claims.add_figure(by=table.joris, claim=claim, figure=figure(**broken), says="ja")
    part = figure()
    del part["source_line"]
    with pytest.raises(ValidationError):
        claims.add_figure(by=table.joris, claim=claim, figure=part, says="ja")


def test_the_same_evidence_counts_once():
    table = lay_table()
    claim = judged_claim(table)

    with pytest.raises(ValidationError):
        claims.add_figure(by=table.joris, claim=claim, figure=figure(), says="nee")
    with pytest.raises(ValidationError):
        claims.add_story(by=table.joris, claim=claim, story=claim.evidence.last().story, says="ja")
    claims.add_figure(by=table.joris, claim=claim, figure=figure(period=2023), says="nee")


def test_a_story_that_the_core_group_cannot_read_is_no_evidence():
    table = lay_table()
    claim = claims.create_claim(by=table.joris, round=table.round, text="Het plein is stil")
    private = story(table.joris, table.round, circle=table.team.circle)
    gone = withdraw_story(by=table.joris, story=story(table.joris, table.round))

    for told in (private, gone):
        with pytest.raises(ValidationError):
            claims.add_story(by=table.joris, claim=claim, story=told, says="ja")
    assert claims_queries.stories_for_evidence(claim, table.joris) == []


def test_a_story_of_another_neighbourhood_is_no_evidence():
    table = lay_table()
    told = story(table.joris, table.round)
    told.neighbourhood_id += 1

    with pytest.raises(ValidationError):
        claims.add_story(
            by=table.joris,
            claim=claims.create_claim(by=table.joris, round=table.round, text="Stil"),
            story=told,
            says="ja",
        )


def test_a_withdrawn_story_leaves_the_claim_it_was_evidence_for():
    table = lay_table()
    claim = judged_claim(table)
    withdraw_story(by=table.joris, story=claim.evidence.last().story)

    assert [e.story_id for e in Evidence.objects.visible_to(table.samira)] == [None]


def test_evidence_can_be_taken_away_until_a_verdict_rests_on_it():
    table = lay_table()
    claim = claims.create_claim(by=table.joris, round=table.round, text="Het plein is stil")
    laid = claims.add_figure(by=table.joris, claim=claim, figure=figure(), says="ja")
    claims.withdraw_evidence(by=table.joris, evidence=laid)
    assert not claim.evidence.active().exists()
    assert last("withdraw_evidence") is not None

    rests = judged_claim(table).evidence.first()
    with pytest.raises(ValidationError):
        claims.withdraw_evidence(by=table.joris, evidence=rests)
    with pytest.raises(PermissionDenied):
        claims.withdraw_evidence(by=table.noor, evidence=rests)


def test_who_did_not_add_it_cannot_take_evidence_away():
    table = lay_table()
    claim = claims.create_claim(by=table.samira, round=table.round, text="Het plein is stil")
    laid = claims.add_figure(by=table.samira, claim=claim, figure=figure(), says="ja")

    with pytest.raises(PermissionDenied):
        claims.withdraw_evidence(by=table.joris, evidence=laid)


def test_evidence_comes_before_the_verdict_and_a_verdict_has_a_reason():
    table = lay_table()
    claim = claims.create_claim(by=table.joris, round=table.round, text="Het plein is stil")
    judge = {"by": table.samira, "claim": opened(table.samira, claim), "version": 1}

    with pytest.raises(ValidationError) as refusal:
        claims.judge(**judge, verdict="bevestigd", reason="Zo is het.")
    assert refusal.value.code == "no_evidence"
    claims.add_figure(by=table.joris, claim=claim, figure=figure(), says="ja")
    for wrong, code in (
        ({"verdict": "bevestigd", "reason": " "}, "no_reason"),
        ({"verdict": "", "reason": "Zo"}, "verdict"),
    ):
        with pytest.raises(ValidationError) as refusal:
            claims.judge(**judge, **wrong)
        assert refusal.value.code == code
    for stranger in (table.noor, ring_member(table)):
        with pytest.raises(PermissionDenied):
            claims.judge(**judge | {"by": stranger}, verdict="bevestigd", reason="Zo is het.")

    assert last("judge") is None
    judged = claims.judge(**judge | {"by": table.joris}, verdict="bevestigd", reason="Zo is het.")
    assert judged.judged_by == table.joris  # anybody in the core group


def test_the_database_too_refuses_a_verdict_without_a_reason():
    table = lay_table()
    claim = judged_claim(table)

    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(reason="")


def test_two_verdicts_at_once_are_a_conflict():
    table = lay_table()
    claim = judged_claim(table)

    with pytest.raises(EditConflict) as clash:
        claims.judge(by=table.samira, claim=claim, version=1, verdict="bevestigd", reason="Toch wel.")

    assert clash.value.current.verdict == "genuanceerd"


def test_each_organisation_gives_its_own_opinion_and_dissent_keeps_its_words():
    table = lay_table()
    claim = judged_claim(table)
    claims.give_opinion(by=table.samira, claim=claim, stance="eens", version=1)
    claims.give_opinion(by=table.joris, claim=claim, stance="oneens", words="Het plein is vol.")

    voices = claims_queries.voices(claims_queries.claims_of(table.round, table.joris)[0], table.joris)

    assert [(v.organisation.name, v.opinion.stance, v.own) for v in voices] == [
        ("Buurtteam", "oneens", True),
        ("Gemeente", "eens", False),
    ]
    assert last("give_opinion").detail == {"claim": claim.pk, "stance": "oneens"}


def test_an_opinion_needs_a_verdict_and_a_dissent_needs_words():
    table = lay_table()
    claim = claims.create_claim(by=table.joris, round=table.round, text="Het plein is stil")

    for target, given in (
        (claim, {"stance": "eens"}),
        (judged_claim(table), {"stance": "oneens"}),
        (judged_claim(table), {"stance": "x"}),
    ):
        with pytest.raises(ValidationError):
            claims.give_opinion(by=table.joris, claim=target, **given)
    for stranger in (table.noor, ring_member(table)):
        with pytest.raises(PermissionDenied):
            claims.give_opinion(by=stranger, claim=judged_claim(table), stance="eens")

    assert not Opinion.objects.exclude(stance="").exists()


def test_an_opinion_on_an_earlier_verdict_says_so_and_colleagues_do_not_overwrite_each_other():
    table = lay_table()
    claim = judged_claim(table)
    claims.give_opinion(by=table.joris, claim=claim, stance="eens")
    claims.judge(by=table.samira, claim=claim, version=claim.version, verdict="bevestigd", reason="Bij nader inzien.")

    own = next(
        v for v in claims_queries.voices(claims_queries.claims_of(table.round, table.joris)[0], table.joris) if v.own
    )
    assert own.outdated
    with pytest.raises(EditConflict):
        claims.give_opinion(by=table.joris, claim=claim, stance="oneens", words="Nee.")
    assert claims.give_opinion(by=table.joris, claim=claim, stance="oneens", words="Nee.", version=1).version == 2


@pytest.mark.parametrize(
    ("low", "high", "words"), [(44.5, 52.5, "45–53"), (1434.6, 1435.2, "1.435"), (-0.2, 0.3, "0"), (12, 12, "12")]
)
def test_a_range_is_written_as_every_other_number(low, high, words):
    assert evidence.range_words(low, high) == words
