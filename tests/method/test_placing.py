"""A batch from file to decision: refused whole or kept as working numbers, advised, decided, erased in time."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from buurtbalans.figures.findings import Refused
from buurtbalans.figures.intake.reading import read_tables
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.placements.actions.batches import close, erase_batches, import_batch, switch
from buurtbalans.method.placements.actions.deciding import decide, review
from buurtbalans.method.placements.models import APPEAL, OPEN_MOST, PlacingBatch
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import cache
from buurtbalans.method.placements.queries import proposals as page_queries
from tests.method.placings import placed, placer, tables, workbook
from tests.site.people_fixtures import World


@pytest.fixture
def desk(world: World) -> SimpleNamespace:
    """A batch with its first advice, who placed it, and a second person."""
    by, home = world["placing_officer"], world.organisations["woonstede"]
    batch = placed(by, world["privacy_officer"])
    return SimpleNamespace(batch=batch, by=by, second=placer(home, "second"), world=world)


def proposal(desk: SimpleNamespace, household: str) -> str:
    return dict(desk.batch.advices.first().proposals)[household]


def test_a_batch_keeps_working_numbers_and_its_advice_can_be_made_again(desk: SimpleNamespace) -> None:
    batch, advice = desk.batch, desk.batch.advices.get()
    assert (batch.households, batch.homes, advice.placed) == (3, 4, 2)
    assert set(batch.files) == set(batch.hashes) == {"households.csv", "homes.csv", "areas.csv"}
    assert {one.slug for one in batch.corporations.all()} == {"woonstede", "haven-wonen"}
    cache.forget()
    assert advice_queries.seal_of(advice_queries.advised(batch, advice)) == advice.seal
    shuffled = {name: [rows[0], *reversed(rows[1:])] for name, rows in tables().items()}
    again = import_batch(by=desk.by, title="Nog eens", tables=shuffled)
    assert again.advices.get().seal == advice.seal
    verbs = set(AuditRow.objects.values_list("verb", flat=True))
    assert {"placements.import_batch", "placements.advise"} <= verbs


def test_what_leads_to_a_person_is_refused_with_its_place_and_properties_are_not_kept(desk: SimpleNamespace) -> None:
    sent = tables()
    sent["households"][1][1][0] = "123456782"
    sent["homes"][2][1][4] = "veel"
    with pytest.raises(Refused) as refused:
        import_batch(by=desk.by, title="Fout", tables=sent)
    places = {(one.file, one.row, one.column) for one in refused.value.findings}
    assert {("households", 2, "id"), ("homes", 3, "rent")} <= places
    sent = tables()
    for (_line, cells), word in zip(sent["households"], ("nationaliteit", "A", "B", "C"), strict=True):
        cells.append(word)
    batch = import_batch(by=desk.by, title="Kolom", tables=sent)
    assert "nationaliteit" not in batch.files["households.csv"]
    assert batch.advices.get().proposals == desk.batch.advices.get().proposals
    with pytest.raises(Refused, match="hoort hier niet"):
        import_batch(by=desk.by, title="Blad", tables=tables() | {"stories": [(1, ["id"])]})


def test_nobody_else_reads_a_batch_in_and_nobody_while_it_is_off(desk: SimpleNamespace) -> None:
    for who in ("member", "privacy_officer", "process_guide"):
        with pytest.raises(PermissionDenied):
            import_batch(by=desk.world[who], title="x", tables=tables())
    assert PlacingBatch.objects.visible_to(desk.by).exists()
    switch(by=desk.world["privacy_officer"], on=False, reason="Even niet.")
    with pytest.raises(PermissionDenied):
        import_batch(by=desk.by, title="x", tables=tables())
    assert not PlacingBatch.objects.visible_to(desk.by).exists()


def test_another_home_counts_only_after_a_second_person(desk: SimpleNamespace) -> None:
    was = proposal(desk, "H-2")
    wanted = next(
        home for home in ("W-1", "W-2", "W-3") if home not in dict(desk.batch.advices.get().proposals).values()
    )
    choose = {"by": desk.by, "batch": desk.batch, "household": "H-2", "choice": "anders", "proposed": was}
    for home, reason, words in (
        (was, "x", "al voorgesteld"),
        (wanted, "", "Schrijf op"),
        ("W-4", "Toch", "te veel kamers"),
        ("W-9", "x", "komt niet voor"),
    ):
        with pytest.raises(ValidationError, match=words):
            decide(**choose, home=home, reason=reason)
    made = decide(**choose, home=wanted, reason="Dicht bij de school van het kind.")
    assert made.waits
    assert desk.batch.advices.count() == 1
    with pytest.raises(ValidationError, match="U kunt uw eigen besluit niet nakijken"):
        review(by=desk.by, decision=made, agreed=True, review="goed")
    review(by=desk.second, decision=made, agreed=True, review="Ik zie dat ook zo.")
    assert proposal(desk, "H-2") == wanted
    assert desk.batch.advices.first().locks == [f"H-2:{wanted}"]
    now = advice_queries.advised(desk.batch, desk.batch.advices.first())
    assert (
        page_queries.opened(now, "H-2", {}).best.area == page_queries.opened(now, "H-1", {}).best.area
    )  # whatever is locked
    with pytest.raises(ValidationError, match="staat al vast"):
        decide(
            by=desk.by,
            batch=desk.batch,
            household="H-1",
            choice="anders",
            proposed=proposal(desk, "H-1"),
            home=wanted,
            reason="Toch.",
        )
    with pytest.raises(ValidationError, match="al nagekeken"):
        review(by=desk.second, decision=made, agreed=False, review="toch niet")


def test_a_household_refuses_without_penalty_and_gets_another_proposal(desk: SimpleNamespace) -> None:
    was = proposal(desk, "H-1")
    decide(by=desk.by, batch=desk.batch, household="H-1", choice="geweigerd", proposed=was)
    assert proposal(desk, "H-1") != was
    assert desk.batch.advices.first().rejections == [f"H-1:{was}"]
    with pytest.raises(ValidationError, match="intussen gewijzigd"):
        decide(by=desk.by, batch=desk.batch, household="H-1", choice="overnemen", proposed=was)
    decide(by=desk.by, batch=desk.batch, household="H-1", choice="overnemen", proposed=proposal(desk, "H-1"))
    row = AuditRow.objects.latest("sequence")
    assert (row.verb, row.detail) == ("placements.decide", {"choice": "overnemen"})


def test_it_is_erased_after_the_term(desk: SimpleNamespace) -> None:
    decide(by=desk.by, batch=desk.batch, household="H-1", choice="aanhouden", proposed=proposal(desk, "H-1"))
    assert erase_batches(by=None) == {"batches": 0}
    closed = close(by=desk.by, batch=desk.batch)
    with pytest.raises(ValidationError, match="afgerond"):
        decide(by=desk.by, batch=desk.batch, household="H-1", choice="aanhouden", proposed=proposal(desk, "H-1"))
    assert erase_batches(by=None, now=closed.closed_at + APPEAL - timedelta(days=1)) == {"batches": 0}
    assert erase_batches(by=None, now=closed.closed_at + APPEAL) == {"batches": 1}
    kept = PlacingBatch.objects.get()
    assert (kept.files, kept.decisions.count(), kept.advices.get().proposals) == ({}, 0, [])
    assert (kept.households, len(kept.hashes)) == (3, 3)
    PlacingBatch.objects.update(closed_at=None, erased_at=None)
    assert erase_batches(by=None, now=kept.at + OPEN_MOST) == {"batches": 1}


@pytest.mark.slow
def test_the_page_from_a_workbook_to_a_decision(desk: SimpleNamespace, client: Client) -> None:
    client.force_login(desk.by)
    assert set(read_tables(client.get(reverse("placements:template")).content, "x")) >= {"households", "providers"}
    sent = SimpleUploadedFile("week.xlsx", workbook(tables()))
    page = client.post(reverse("placements:new"), {"title": "Week 49", "file": sent}, follow=True).content.decode()
    for words in (
        "3 huishoudens, 4 woningen",
        "Voor 1 huishouden is er geen voorstel:",
        "Best passende woning",
        "Voorstel overnemen",
    ):
        assert words in page
    bad = tables()
    bad["households"][1][1][0] = "jansen12"
    wrong = client.post(reverse("placements:new"), {"title": "x", "file": SimpleUploadedFile("x.xlsx", workbook(bad))})
    assert wrong.status_code == 422
    assert "Dit lijkt op een naam." in wrong.content.decode()
    batch = PlacingBatch.objects.latest("pk")
    asked = client.get(reverse("placements:batch", args=[batch.pk]), {"huishouden": "H-2", "waarom": "W-4"})
    assert "te veel kamers" in asked.content.decode()
    taken = dict(batch.advices.get().proposals)["H-1"]
    advice = batch.advices.get()
    made = advice_queries.advised(batch, advice)
    pair = made.case.households.ids.index("H-2"), made.case.homes.ids.index(taken)
    why = page_queries.why(made, advice_queries.explained(batch, advice, made, *pair))
    assert [move[0] for move in why["moves"]] == ["H-1"]
    assert not why["over"]  # who lives there now moves away
    path = reverse("placements:decide", args=[batch.pk, "H-1", "overnemen"])
    done = client.post(path, {"proposed": dict(batch.advices.get().proposals)["H-1"]}, follow=True).content.decode()
    assert "1 van 2 besloten" in done
    assert "precies hetzelfde advies" in client.get(reverse("placements:replay", args=[batch.pk])).content.decode()
    assert "akkoord" in client.get(reverse("placements:log", args=[batch.pk])).content.decode()


@pytest.mark.slow
def test_a_corporation_sees_its_own_homes_and_a_colleague_the_room_in_bands(
    desk: SimpleNamespace, client: Client
) -> None:
    client.force_login(desk.world["foreign_guide"])  # of haven-wonen
    page = client.get(reverse("placements:batch", args=[desk.batch.pk])).content.decode()
    assert "W-2" in page
    assert "W-3" in page
    assert not any(other in page for other in ("W-1", "W-4", "H-1", "H-2"))
    client.force_login(desk.world["member"])
    page = client.get(reverse("placements:batch", args=[desk.batch.pk])).content.decode()
    assert "bijna geen ruimte" in page
    assert "veel ruimte" in page
    assert not any(other in page for other in ("W-", "H-1", "H-2", "3 huishoudens"))
    client.force_login(desk.world["foreign_core"])
    assert client.get(reverse("placements:batch", args=[desk.batch.pk])).status_code == 404


@pytest.mark.slow
def test_on_paper_stands_every_proposal_with_what_was_decided(desk: SimpleNamespace, client: Client) -> None:
    client.force_login(desk.by)
    decide(by=desk.by, batch=desk.batch, household="H-1", choice="overnemen", proposed=proposal(desk, "H-1"))
    page = client.get(reverse("placements:paper", args=[desk.batch.pk])).content.decode()
    for words in (
        "H-1",
        "H-2",
        "H-3",
        proposal(desk, "H-2"),
        "akkoord",
        "nog geen besluit",
        "Huishoudens zonder voorstel",
    ):
        assert words in page


@pytest.mark.slow
def test_of_many_without_a_home_the_longest_waiting_stand_first_and_all_are_one_tap_away(
    desk: SimpleNamespace, client: Client
) -> None:
    client.force_login(desk.by)
    sent = tables()
    head, first = sent["households"][0], sent["households"][1][1]
    weeks = head[1].index("weeks_waiting")
    sent["households"] = [head] + [
        (at, [f"H-{at}", *first[1:weeks], str(at), *first[weeks + 1 :]]) for at in range(2, 30)
    ]
    batch = import_batch(by=desk.by, title="Veel", tables=sent)
    address = reverse("placements:batch", args=[batch.pk])
    page = client.get(address).content.decode()
    short = page[page.index('id="zonder"') :]
    assert short.count("<li><strong>") == 10
    whole = client.get(f"{address}?zonder=alle").content.decode()
    whole = whole[whole.index('id="zonder"') :]
    left = batch.households - batch.advices.get().placed
    assert whole.count("<li><strong>") == left > 10
    assert f"Alle {left} huishoudens zonder voorstel" in short
    assert f"Alle {left} huishoudens zonder voorstel" not in whole
