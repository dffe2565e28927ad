"""Placing with two people: what a decision changed for whom, and what the second person sees, hears and may do."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.placements.actions.batches import close, import_batch
from buurtbalans.method.placements.actions.deciding import reconsider, review
from buurtbalans.method.placements.models import PlacingAdvice, PlacingDecision
from buurtbalans.method.placements.queries import batches, changed_proposals, second_review
from buurtbalans.site.pages.home import waiting
from tests.method.placings import FAR, HERE, decided, now, seated, tables
from tests.site.people_fixtures import World


@pytest.fixture
def desk(world: World) -> SimpleNamespace:
    """A batch with its first advice, who placed it, and a second person."""
    return seated(world)


def test_a_decision_says_for_whom_the_proposal_changed(desk: SimpleNamespace) -> None:
    first = desk.batch.advices.get()
    assert now(desk) == {"H-1": "W-2", "H-2": "W-3"}
    decided(desk, "H-1", "vastleggen")
    assert changed_proposals.changed(desk.batch, first) == "Voor geen enkel huishouden is het voorstel gewijzigd."
    last = desk.batch.advices.first()
    decided(desk, "H-2", "aanhouden")
    assert changed_proposals.changed(desk.batch, last) == "", "without a new advice there is nothing to say"
    decided(desk, "H-2", "afwijzen")
    assert changed_proposals.changed(desk.batch, last) == "Het voorstel is gewijzigd voor H-2 (nu geen voorstel)."
    assert changed_proposals.changed(desk.batch, desk.batch.advices.first()) == ""
    before = PlacingAdvice(number=0, proposals=[["H-1", "W-3"], ["H-3", "W-4"]])
    desk.batch.advices.filter(number__gt=1).delete()
    assert changed_proposals.changed(desk.batch, before, "H-2") == (
        f"Het voorstel is gewijzigd voor H-2 (nu wel een voorstel: {FAR}), H-1 ({HERE} in plaats van {FAR}), H-3 (nu geen voorstel)."
    )
    before.proposals = [["H-1", "W-1"], ["H-2", "W-3"]]
    assert (
        changed_proposals.changed(desk.batch, before)
        == f"Het voorstel is gewijzigd voor H-1 (een andere woning in {HERE})."
    )


def test_of_many_changes_five_are_named_and_who_it_was_about_comes_first(desk: SimpleNamespace) -> None:
    sent = tables()
    sent["households"] += [(9 + at, [f"H-{5 + at}", *sent["households"][1][1][1:]]) for at in range(4)]
    sent["homes"] += [(9 + at, [f"W-{5 + at}", FAR, "woonstede", "2", "600", "0", ""]) for at in range(4)]
    batch = import_batch(by=desk.by, title="Veel", tables=sent)
    nobody = PlacingAdvice(batch=batch, number=0, proposals=[])
    assert batch.advices.get().placed == 6
    said = changed_proposals.changed(batch, nobody, "H-7")
    assert said.startswith("Het voorstel is gewijzigd voor H-7 (nu wel een voorstel: ")
    assert said.count("H-") == 5
    assert said.endswith(") en nog 1 huishouden.")


@pytest.mark.slow
def test_the_pages_tell_what_changed(desk: SimpleNamespace, client: Client) -> None:
    client.force_login(desk.by)
    path = reverse("placements:decide", args=[desk.batch.pk, "H-2", "afwijzen"])
    page = client.post(path, {"proposed": "W-3"}, follow=True).content.decode()
    assert "H-2: woning afgewezen. Het voorstel is gewijzigd voor" in page
    back = reverse("placements:reconsider", args=[desk.batch.pk, batches.decisions_of(desk.batch)[0].pk])
    page = client.post(back, follow=True).content.decode()
    assert "Het besluit over H-2 is ongedaan gemaakt. Het voorstel is gewijzigd voor H-2 (" in page


def other_home(desk: SimpleNamespace) -> str:
    return next(home for home in ("W-1", "W-2", "W-3") if home not in now(desk).values())


def test_the_second_person_judges_by_what_really_follows(desk: SimpleNamespace) -> None:
    made = decided(desk, "H-2", "anders", "W-2", "Dicht bij school.")  # where H-1 is proposed
    told = second_review.judged(desk.batch, made)
    assert (told["proposal"].id, told["home"].id) == ("W-3", "W-2")
    assert (told["proposal"].area, told["home"].area) == (FAR, HERE)
    assert "€\xa0610" in told["home"].facts
    assert told["home"].fit
    before = now(desk)
    review(by=desk.second, decision=made, agreed=True, review="Ik zie dat ook zo.")
    after = now(desk)
    areas = {"W-1": HERE, "W-2": HERE, "W-3": FAR, "W-4": FAR}
    moved = [
        (one, areas[before[one]], areas.get(after.get(one, ""), "")) for one in before if before[one] != after.get(one)
    ]
    assert told["why"]["moves"] == [move for move in moved if move[0] != "H-2"] != []
    assert told["why"]["price"] is None or told["why"]["price"] >= 0
    assert told["why"]["costs"]


def test_what_cannot_be_any_more_is_said_before_anybody_agrees(desk: SimpleNamespace) -> None:
    made = decided(desk, "H-2", "anders", "W-2", "Dicht bij school.")
    decided(desk, "H-1", "vastleggen")
    assert second_review.judged(desk.batch, made)["why"]["reasons"] == [
        "de toewijzing van deze woning of dit huishouden staat al vast"
    ]


@pytest.mark.slow
def test_the_review_page_gives_what_to_judge_by_and_a_form_only_to_another(
    desk: SimpleNamespace, client: Client
) -> None:
    made = decided(desk, "H-2", "anders", other_home(desk), "Dicht bij school.")
    path = reverse("placements:review", args=[desk.batch.pk, made.pk])
    client.force_login(desk.by)
    own = client.get(path).content.decode()
    assert "U kunt uw eigen besluit niet nakijken, dat doet een ander." in own
    assert 'name="agreed"' not in own
    assert "Gekozen woning" in own
    client.force_login(desk.second)
    page = client.get(path).content.decode()
    for words in (
        "Voorstel",
        "Gekozen woning",
        "2 kamers",
        "€\xa0600",
        "Dicht bij school.",
        'name="agreed"',
        "Geef ook een toelichting",
    ):
        assert words in page
    assert client.post(path, {"agreed": "ja", "review": ""}).status_code == 422
    done = client.post(path, {"agreed": "ja", "review": "Ik zie dat ook zo."}, follow=True).content.decode()
    assert "Uw antwoord is bij het besluit opgeslagen. Het voorstel is gewijzigd voor H-2 (" in done
    again = client.get(path).content.decode()
    assert "Een collega heeft dit besluit al nagekeken." in again
    assert 'name="agreed"' not in again


@pytest.mark.slow
def test_what_waits_for_a_second_person_is_told_where_that_person_looks(desk: SimpleNamespace, client: Client) -> None:
    assert second_review.to_review(desk.second) == []
    made = decided(desk, "H-2", "anders", other_home(desk), "Dicht bij school.")
    review_page = f'"{reverse("placements:review", args=[desk.batch.pk, made.pk])}"'
    opened = reverse("placements:batch", args=[desk.batch.pk]) + "?huishouden=H-2"
    pages = (reverse("home"), reverse("placements:list"), opened)
    client.force_login(desk.second)
    assert [review_page in client.get(page).content.decode() for page in pages] == [True] * 3
    assert "Voorstel overnemen" not in client.get(opened).content.decode()
    client.force_login(desk.by)
    own = [client.get(page).content.decode() for page in pages]
    assert [review_page in page for page in own] == [False] * 3
    assert "geldt pas als een tweede persoon" in own[2]
    for who in ("member", "foreign_guide", "privacy_officer"):
        assert second_review.to_review(desk.world[who]) == []
    review(by=desk.second, decision=made, agreed=False, review="Liever dichtbij.")
    assert second_review.to_review(desk.second) == []
    made = decided(desk, "H-2", "anders", other_home(desk), "Toch.")
    assert [task.url for task in waiting(desk.second)] == [reverse("placements:review", args=[desk.batch.pk, made.pk])]
    close(by=desk.by, batch=desk.batch)
    assert second_review.to_review(desk.second) == []


def test_one_person_does_not_set_aside_what_two_decided(desk: SimpleNamespace) -> None:
    made = decided(desk, "H-2", "anders", other_home(desk), "Dicht bij school.")
    review(by=desk.second, decision=made, agreed=True, review="Ik zie dat ook zo.")
    was, rows = now(desk), AuditRow.objects.count()
    for choice in ("aanhouden", "afwijzen", "overnemen", "vastleggen", "koos"):
        with pytest.raises(ValidationError, match="Twee personen hebben dit besloten"):
            decided(desk, "H-2", choice, was["H-2"])
    with pytest.raises(ValidationError, match="Twee personen hebben dit besloten"):
        reconsider(by=desk.second, decision=PlacingDecision.objects.get())
    assert (now(desk), AuditRow.objects.count()) == (was, rows)
    asked = decided(desk, "H-2", "anders", "W-3", "Toch niet.")
    with pytest.raises(ValidationError, match="Twee personen hebben dit besloten"):
        decided(desk, "H-2", "aanhouden")  # what waits does not open a way around
    reconsider(by=desk.by, decision=asked)
    refused = decided(desk, "H-2", "geweigerd")
    assert now(desk).get("H-2") != was["H-2"]
    reconsider(by=desk.by, decision=refused)
    assert now(desk) == was


@pytest.mark.slow
def test_the_household_that_two_decided_about_shows_the_ways_that_are_open(
    desk: SimpleNamespace, client: Client
) -> None:
    made = decided(desk, "H-2", "anders", other_home(desk), "Dicht bij school.")
    review(by=desk.second, decision=made, agreed=True, review="Ik zie dat ook zo.")
    client.force_login(desk.by)
    page = client.get(reverse("placements:batch", args=[desk.batch.pk]), {"huishouden": "H-2"}).content.decode()
    ways = {
        choice: reverse("placements:decide", args=[desk.batch.pk, "H-2", choice]) in page
        for choice in ("anders", "geweigerd", "terugnemen", "overnemen", "aanhouden", "afwijzen", "vastleggen")
    }
    assert [choice for choice, shown in ways.items() if shown] == ["anders", "geweigerd", "terugnemen"]
    back = reverse("placements:reconsider", args=[desk.batch.pk, made.pk])
    assert back not in page
    assert "Twee personen hebben dit besloten." in client.post(back, follow=True).content.decode()
