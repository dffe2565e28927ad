"""What two people decided in placing goes back when one asks it with a reason and another agrees."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.placements.actions.batches import close
from buurtbalans.method.placements.actions.deciding import reconsider, review
from buurtbalans.method.placements.models import PlacingDecision
from buurtbalans.method.placements.panels import asking
from buurtbalans.method.placements.queries import batches, second_review
from buurtbalans.site.pages.home import waiting
from tests.method.placings import FAR, HERE, decided, now, seated
from tests.site.people_fixtures import World

WHY = "De school is toch verder weg."


@pytest.fixture
def desk(world: World) -> SimpleNamespace:
    """A batch in which two people gave H-2 the home that was proposed to H-1; `before` is what stood before that."""
    made = seated(world)
    made.before = now(made)
    made.two = decided(made, "H-2", "anders", "W-2", "Dicht bij school.")
    review(by=made.second, decision=made.two, agreed=True, review="Ik zie dat ook zo.")
    made.two.refresh_from_db()
    return made


def asked(desk: SimpleNamespace, reason: str = WHY) -> PlacingDecision:
    return decided(desk, "H-2", "terugnemen", reason=reason)


def held(desk: SimpleNamespace) -> list[tuple[str, str]]:
    return [tuple(one.split(":")) for one in batches.wishes(batches.decisions_of(desk.batch))[0]]


def test_until_a_second_person_agrees_it_holds(desk: SimpleNamespace) -> None:
    was, advices = now(desk), desk.batch.advices.count()
    made = asked(desk, f" {WHY} ")
    assert (made.home, made.reason, made.waits, made.counts) == ("W-2", WHY, True, False)
    assert (now(desk), desk.batch.advices.count(), held(desk)) == (was, advices, [("H-2", "W-2")])
    row = AuditRow.objects.latest("sequence")
    assert (row.verb, row.detail) == ("placements.decide", {"choice": "terugnemen"})
    assert [[one.pk for one in waits] for _batch, waits in second_review.to_review(desk.second)] == [[made.pk]]
    assert second_review.to_review(desk.by) == []


def test_agreed_all_becomes_as_it_was_and_the_log_keeps_both(desk: SimpleNamespace) -> None:
    made, rows = asked(desk), AuditRow.objects.count()
    review(by=desk.second, decision=made, agreed=True, review="Ja.")
    assert (now(desk), held(desk), batches.standing(batches.decisions_of(desk.batch))) == (desk.before, [], {})
    first, back = batches.decisions_of(desk.batch)
    assert (first.undone_by, back.undone_by, back.agreed, back.reviewed_by) == (desk.second, None, True, desk.second)
    assert [row.verb for row in AuditRow.objects.order_by("sequence")[rows:]] == [
        "placements.review",
        "placements.reconsider",
        "placements.advise",
    ]
    decided(desk, "H-2", "overnemen")
    assert held(desk) == [("H-2", desk.before["H-2"])]


def test_declined_it_stays_and_may_be_asked_again(desk: SimpleNamespace) -> None:
    was, advices = now(desk), desk.batch.advices.count()
    review(by=desk.second, decision=asked(desk), agreed=False, review="Liever niet.")
    assert (now(desk), desk.batch.advices.count()) == (was, advices)
    assert batches.standing(batches.decisions_of(desk.batch))["H-2"] == desk.two
    with pytest.raises(ValidationError, match="Twee personen hebben dit besloten"):
        decided(desk, "H-2", "aanhouden")
    assert asked(desk).waits


def test_who_asks_does_not_agree_and_may_withdraw_it(desk: SimpleNamespace) -> None:
    was, made = now(desk), asked(desk)
    with pytest.raises(ValidationError, match="U kunt uw eigen besluit niet nakijken"):
        review(by=desk.by, decision=made, agreed=True, review="Ja.")
    with pytest.raises(ValidationError, match="wacht al een besluit"):
        asked(desk)
    reconsider(by=desk.by, decision=made)
    assert (now(desk), batches.pending(batches.decisions_of(desk.batch))) == (was, [])
    assert batches.standing(batches.decisions_of(desk.batch))["H-2"] == desk.two
    with pytest.raises(ValidationError, match="al nagekeken"):
        review(by=desk.second, decision=made, agreed=True, review="Ja.")


def test_it_is_asked_with_a_reason_and_only_of_what_two_decided(desk: SimpleNamespace) -> None:
    for reason, words in ((" ", "Schrijf op waarom"), ("Bel 06-12345678", "Haal dat weg")):
        with pytest.raises(ValidationError, match=words):
            asked(desk, reason)
    other = next(iter(set(now(desk)) - {"H-2"}))
    with pytest.raises(ValidationError, match="niet door twee personen"):
        decided(desk, other, "terugnemen", reason=WHY)
    decided(desk, other, "overnemen")
    with pytest.raises(ValidationError, match="niet door twee personen"):
        decided(desk, other, "terugnemen", reason=WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlacingDecision.objects.create(batch=desk.batch, household="H-2", choice="terugnemen", by=desk.by)
    close(by=desk.by, batch=desk.batch)
    with pytest.raises(ValidationError, match="afgerond"):
        asked(desk)


def test_a_decision_after_it_goes_before_what_was_asked(desk: SimpleNamespace) -> None:
    made = asked(desk)
    refused = decided(desk, "H-2", "geweigerd")
    assert second_review.to_review(desk.second) == []
    with pytest.raises(ValidationError, match="heeft intussen een besluit genomen"):
        review(by=desk.second, decision=made, agreed=True, review="Ja.")
    reconsider(by=desk.by, decision=refused)
    review(by=desk.second, decision=made, agreed=True, review="Ja.")
    assert now(desk) == desk.before


def test_the_second_person_sees_what_follows(desk: SimpleNamespace) -> None:
    told, after_two = second_review.judged(desk.batch, asked(desk)), now(desk)
    assert (told["proposal"].id, told["home"].id) == ("W-2", desk.before["H-2"])
    areas = {"W-1": HERE, "W-2": HERE, "W-3": FAR, "W-4": FAR, "": ""}
    moved = [one for one in desk.before if after_two.get(one) != desk.before[one] and one != "H-2"]
    assert (
        told["why"]["moves"] == [(one, areas[after_two.get(one, "")], areas[desk.before[one]]) for one in moved] != []
    )


@pytest.mark.slow
def test_the_pages_ask_tell_and_agree(desk: SimpleNamespace, client: Client) -> None:
    client.force_login(desk.by)
    path = reverse("placements:decide", args=[desk.batch.pk, "H-2", "terugnemen"])
    page = client.get(path).content.decode()
    assert "Tot die tijd blijft het besluit gelden." in page
    assert 'name="home"' not in page
    assert client.post(path, {"proposed": "W-2", "reason": ""}).status_code == 422
    done = client.post(path, {"proposed": "W-2", "reason": WHY}, follow=True).content.decode()
    assert "H-2: ongedaan maken gevraagd." in done
    made = desk.batch.decisions.latest("pk")
    review_page = reverse("placements:review", args=[desk.batch.pk, made.pk])
    assert "U kunt uw eigen besluit niet nakijken, dat doet een ander." in client.get(review_page).content.decode()
    client.force_login(desk.second)
    assert asking(desk.second) == [task.url for task in waiting(desk.second)] == [review_page]
    assert (
        "Een collega wil 1 besluit ongedaan maken dat twee personen hebben genomen."
        in client.get(reverse("home")).content.decode()
    )
    batch = reverse("placements:batch", args=[desk.batch.pk])
    for page in (reverse("placements:list"), f"{batch}?huishouden=H-2"):
        shown = client.get(page).content.decode()
        assert "wil het besluit over H-2 ongedaan maken, dat twee personen hebben genomen." in shown
        assert review_page in shown
    page = client.get(review_page).content.decode()
    for words in (
        "Twee personen hebben W-2 aan dit huishouden toegewezen.",
        WHY,
        "Na ongedaan maken",
        "ja, maak dit besluit ongedaan",
        "krijgt dan een ander voorstel",
    ):
        assert words in page
    done = client.post(review_page, {"agreed": "ja", "review": "Ja."}, follow=True).content.decode()
    assert "Uw antwoord is bij het besluit opgeslagen. Het voorstel is gewijzigd voor H-2 (" in done
    log = client.get(reverse("placements:log", args=[desk.batch.pk])).content.decode()
    assert "ongedaan maken gevraagd" in log
    assert "ongedaan gemaakt door" in log
