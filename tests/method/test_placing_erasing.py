"""A list that was read in by mistake goes at once, with a reason; an empty one is refused with words."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from buurtbalans.figures.findings import Refused
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.placements.actions.batches import close, import_batch, remove_batch, reopen
from buurtbalans.method.placements.actions.deciding import decide
from buurtbalans.method.placements.models import PlacingBatch
from tests.method.placings import placed, placer, tables
from tests.site.people_fixtures import World

WHY = "Het verkeerde bestand."


@pytest.fixture
def desk(world: World) -> SimpleNamespace:
    """A batch with its first advice, and who placed it."""
    by = world["placing_officer"]
    return SimpleNamespace(batch=placed(by, world["privacy_officer"]), by=by, world=world)


def hold(desk: SimpleNamespace) -> None:
    seen = dict(desk.batch.advices.first().proposals)["H-1"]
    decide(by=desk.by, batch=desk.batch, household="H-1", choice="aanhouden", proposed=seen)


def test_all_about_households_goes_at_once_and_others_see_it_no_more(desk: SimpleNamespace) -> None:
    hold(desk)
    with pytest.raises(ValidationError, match="intussen een besluit genomen"):
        remove_batch(by=desk.by, batch=desk.batch, reason=WHY)
    remove_batch(by=desk.by, batch=desk.batch, reason=f" {WHY} ", decided=1)
    kept = PlacingBatch.objects.get()
    assert (kept.files, kept.decisions.count(), kept.advices.get().proposals) == ({}, 0, [])
    assert (kept.removed_by, kept.removed_reason, kept.erased_at is not None) == (desk.by, WHY, True)
    seen = {who: PlacingBatch.objects.visible_to(desk.world[who]).exists() for who in ("member", "foreign_guide")}
    assert seen == {"member": False, "foreign_guide": False}
    assert PlacingBatch.objects.visible_to(desk.by).exists()
    row = AuditRow.objects.latest("sequence")
    assert (row.verb, row.detail) == ("placements.remove_batch", {"households": 3, "homes": 4})


def test_only_who_places_it_takes_a_list_away_with_a_reason_also_when_it_is_closed(desk: SimpleNamespace) -> None:
    other = placer(desk.world.organisations["haven-wonen"], "elders")
    for who in (desk.world["member"], desk.world["privacy_officer"], other):
        with pytest.raises(PermissionDenied):
            remove_batch(by=who, batch=desk.batch, reason=WHY)
    for reason, words in ((" ", "Schrijf op waarom"), ("Bel 06-12345678 hierover", "Haal dat weg")):
        with pytest.raises(ValidationError, match=words):
            remove_batch(by=desk.by, batch=desk.batch, reason=reason)
    close(by=desk.by, batch=desk.batch)
    assert PlacingBatch.objects.get().files
    remove_batch(by=desk.by, batch=desk.batch, reason=WHY)
    assert PlacingBatch.objects.get().files == {}
    with pytest.raises(ValidationError, match="al gewist"):
        remove_batch(by=desk.by, batch=desk.batch, reason=WHY)


@pytest.mark.slow
def test_the_page_asks_again_when_decisions_go_along(desk: SimpleNamespace, client: Client) -> None:
    client.force_login(desk.by)
    address = reverse("placements:remove", args=[desk.batch.pk])
    assert address in client.get(reverse("placements:batch", args=[desk.batch.pk])).content.decode()
    close(by=desk.by, batch=desk.batch)
    assert address in client.get(reverse("placements:batch", args=[desk.batch.pk])).content.decode()
    reopen(by=desk.by, batch=desk.batch)
    page = client.get(address).content.decode()
    assert "In deze plaatsingsronde zijn nog geen besluiten genomen." in page
    assert "Ja, ook de besluiten mogen worden gewist" not in page
    hold(desk)
    page = client.get(address).content.decode()
    assert "In deze plaatsingsronde is 1 besluit genomen. Dat besluit wordt ook gewist." in page
    assert client.post(address, {"decided": "1", "reason": WHY}).status_code == 422
    assert PlacingBatch.objects.get().files
    done = client.post(address, {"decided": "1", "reason": WHY, "sure": "on"}, follow=True).content.decode()
    assert "De plaatsingsronde is verwijderd." in done
    assert f": {WHY}" in done
    assert client.get(reverse("placements:batch", args=[desk.batch.pk])).status_code == 404
    client.force_login(desk.world["privacy_officer"])
    assert WHY not in client.get(reverse("placements:list")).content.decode()


def test_a_list_with_nobody_or_no_home_is_refused(desk: SimpleNamespace) -> None:
    heads = {name: rows[:1] for name, rows in tables().items()}
    with pytest.raises(Refused) as refused:
        import_batch(by=desk.by, title="Leeg", tables=heads)
    assert [one.what for one in refused.value.findings] == [
        "Er staat geen huishouden in het blad households.",
        "Er staat geen woning in het blad homes.",
    ]
    with pytest.raises(Refused, match="geen woning in het blad homes") as refused:
        import_batch(by=desk.by, title="Leeg", tables=tables() | {"homes": heads["homes"]})
    assert [one.file for one in refused.value.findings] == ["homes"]
    assert PlacingBatch.objects.count() == 1
