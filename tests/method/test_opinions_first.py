"""Opinions come first: each organisation answers before it reads another, then all are opened together, then a verdict."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.rounds import panels
from buurtbalans.method.rounds.actions import agreement as agreement_actions
from buurtbalans.method.rounds.actions import claims, picture
from buurtbalans.method.rounds.actions import team as team_actions
from buurtbalans.method.rounds.models import Claim, Opinion
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.rounds.queries.chain import chain
from buurtbalans.method.rounds.queries.picture import dissent_of
from tests.method.agreements import proposed
from tests.method.table import figure, lay_table, organisation, person, ring_member

pytestmark = pytest.mark.django_db
CANARY = "kanarie-vooraf"


@pytest.fixture
def table() -> SimpleNamespace:
    """A claim with a figure, in a round of three organisations of which the neighbourhood team answered."""
    made = lay_table()
    made.lotte = person("Lotte", organisation("Woonstede"))
    team_actions.add_to_team(by=made.samira, round=made.round, person=made.lotte, role=Role.CORE_MEMBER)
    made.claim = claims.create_claim(by=made.samira, round=made.round, text="Het plein is stil")
    claims.add_figure(by=made.samira, claim=made.claim, figure=figure(), says="ja")
    made.opinion = claims.answer_claim(
        by=made.joris, claim=made.claim, answer="tegengesproken", answer_reason=f"Nee, {CANARY}"
    )
    return made


def refused(code: str, write: object, **given: object) -> None:
    with pytest.raises(ValidationError) as refusal:
        write(**given)  # type: ignore[operator]
    assert refusal.value.code == code


def answer(who: object, table: SimpleNamespace, value: str = "bevestigd") -> Opinion:
    return claims.answer_claim(by=who, claim=table.claim, answer=value, answer_reason="Zo is het.")  # type: ignore[arg-type]


def test_nobody_reads_the_answer_of_another_before_the_opening(table: SimpleNamespace, client: Client) -> None:
    slug = table.round.slug
    urls = [reverse("rounds:step", args=[slug, number]) for number in range(1, 7)]
    urls += [reverse(f"rounds:{name}", args=[slug]) for name in ("round", "picture", "meetings")]
    urls += [reverse(f"rounds:{name}", args=[slug, table.claim.pk]) for name in ("claim", "opinion")]
    for viewer in (table.samira, table.lotte):
        client.force_login(viewer)
        assert CANARY not in "".join(client.get(url).content.decode() for url in urls)
        assert CANARY not in str(chain(table.round, viewer))
        assert not Opinion.objects.visible_to(viewer).exists()
        known = claims_queries.answers_of(table.claim, viewer)
        assert (known.number, known.count, known.silent, known.own) == (1, 3, ["Gemeente", "Woonstede"], None)
    page = client.get(claims_queries.claim_url(table.claim)).content.decode()
    assert "1 van de 3 organisaties heeft een mening gedeeld." in " ".join(page.split())
    assert "Nog niet: Gemeente, Woonstede." in " ".join(page.split())
    assert AuditRow.objects.filter(verb="rounds.answer_claim").get().detail == {"claim": table.claim.pk}
    client.force_login(table.joris)
    assert CANARY in client.get(claims_queries.claim_url(table.claim)).content.decode()


def test_a_claim_that_somebody_answered_offers_no_link_to_reword_it(table: SimpleNamespace, client: Client) -> None:
    untouched = claims.create_claim(by=table.samira, round=table.round, text="Het is donker")
    client.force_login(table.samira)
    for claim, offered in ((table.claim, False), (untouched, True)):
        page = client.get(claims_queries.claim_url(claim)).content.decode()
        assert (reverse("rounds:edit_claim", args=[table.round.slug, claim.pk]) in page) is offered


def test_the_last_answer_opens_all_at_once(table: SimpleNamespace, client: Client) -> None:
    answer(table.samira, table)
    table.claim.refresh_from_db()
    assert table.claim.opened_at is None

    answer(table.lotte, table, "genuanceerd")
    table.claim.refresh_from_db()

    assert table.claim.opened_at is not None
    assert Opinion.objects.visible_to(table.samira).count() == 3
    assert AuditRow.objects.filter(verb="rounds.open_opinions").get().detail == {"silent": []}
    client.force_login(table.samira)
    assert CANARY in client.get(claims_queries.claim_url(table.claim)).content.decode()
    refused("opened", answer, who=table.joris, table=table)


def test_the_guide_opens_earlier_and_says_who_did_not_answer(table: SimpleNamespace, client: Client) -> None:
    for other in (table.joris, table.noor, ring_member(table)):
        with pytest.raises(PermissionDenied):
            claims.open_opinions(by=other, claim=table.claim)
    client.force_login(table.samira)
    client.post(reverse("rounds:open_opinions", args=[table.round.slug, table.claim.pk]))
    table.claim.refresh_from_db()

    assert table.claim.opened_by == table.samira
    assert AuditRow.objects.filter(verb="rounds.open_opinions").get().detail == {"silent": ["Gemeente", "Woonstede"]}
    refused("opened", claims.open_opinions, by=table.samira, claim=table.claim)
    late = answer(table.lotte, table)
    assert late.is_late
    assert not Opinion.objects.get(pk=table.opinion.pk).is_late


def test_there_is_nothing_to_open_before_somebody_answered(table: SimpleNamespace) -> None:
    other = claims.create_claim(by=table.samira, round=table.round, text="Het is donker")
    refused("no_answers", claims.open_opinions, by=table.samira, claim=other)


def test_an_answer_has_a_reason_and_is_of_the_core_group(table: SimpleNamespace) -> None:
    given = {"by": table.lotte, "claim": table.claim}
    refused("answer", claims.answer_claim, answer="misschien", answer_reason="Zo", **given)
    refused("no_reason", claims.answer_claim, answer="bevestigd", answer_reason=" ", **given)
    refused("traces", claims.answer_claim, answer="bevestigd", answer_reason="Mail mij: a@b.nl", **given)
    for stranger in (table.noor, ring_member(table)):
        with pytest.raises(PermissionDenied):
            answer(stranger, table)
    assert claims.answer_claim(answer="onbekend", **given).answer_reason == ""
    changed = claims.answer_claim(
        by=table.joris, claim=table.claim, answer="genuanceerd", answer_reason="Deels.", version=table.opinion.version
    )
    assert changed.version == 2
    refused("answered", claims.edit_claim, by=table.samira, claim=table.claim, version=1, text="Anders")


def test_a_verdict_waits_for_the_opening_and_dissent_goes_along(table: SimpleNamespace) -> None:
    given = {"claim": table.claim, "version": 1, "verdict": "bevestigd", "reason": "In de winter."}
    refused("closed", claims.judge, by=table.samira, **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=table.claim.pk).update(verdict="bevestigd", reason="Zo", judged_at="2026-01-01T00:00Z")
    picture.create_line(by=table.joris, round=table.round, kind="zorg", text="Het is stil", claims=[table.claim])
    assert dissent_of(table.round, table.samira) == []
    answer(table.samira, table)
    answer(table.lotte, table)
    table.claim.refresh_from_db()

    claims.judge(by=table.lotte, **given | {"claim": table.claim})

    assert [one.own_words for one in dissent_of(table.round, table.samira)] == [f"Nee, {CANARY}"]
    assert [str(task.title) for task in panels.tasks(table.joris)] == ["Mening over een conclusie geven"]
    assert panels.tasks(table.samira) == []
    refused("judged", answer, who=table.joris, table=table)
    version = Opinion.objects.get(pk=table.opinion.pk).version
    claims.give_opinion(by=table.joris, claim=table.claim, stance="eens", version=version)
    assert dissent_of(table.round, table.samira) == []


@pytest.mark.unsigned
def test_an_answer_without_a_signature_opens_with_the_signature(table: SimpleNamespace) -> None:
    agreement = proposed(table.round)
    for who in (table.samira, table.lotte):
        agreement_actions.sign_agreement(by=who, agreement=agreement, role="teamleider")
        answer(who, table)
    table.claim.refresh_from_db()
    assert table.claim.opened_at is None
    assert claims_queries.answers_of(table.claim, table.lotte).silent == ["Buurtteam"]

    agreement_actions.sign_agreement(by=table.joris, agreement=agreement, role="teamleider")

    table.claim.refresh_from_db()
    assert table.claim.opened_at is not None
    assert Opinion.objects.visible_to(table.lotte).count() == 3
