"""The audit of a placing on screen: lines go out, totals come back, and nobody learns who belongs to which class."""

import csv
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from buurtbalans.figures.findings import Refused
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.fairness import actions
from buurtbalans.method.fairness.models import OutsideTotals
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.placements.actions.batches import close, erase_batches
from buurtbalans.method.placements.models import APPEAL
from buurtbalans.placing.outside_totals import TOTALS
from tests.method.placings import placed, placer
from tests.method.table import organisation, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare")]
GOOD = {
    "property": "x",
    "class": "a",
    "like": "r1",
    "households": 400,
    "placed": 240,
    "fit": 500,
    "fit_sd": 100,
    "weeks": 30,
    "weeks_sd": 9,
    "urgency": 2.5,
    "urgency_sd": 0.5,
}
LESS = GOOD | {"class": "b", "placed": 120, "urgency": 1.9}


@pytest.fixture
def desk():
    home = organisation("Woonstede")
    placing, officer = placer(home, "pim"), placer(home, "floor", Role.PRIVACY_OFFICER)
    other = organisation("Elders")
    return {
        "home": home,
        "placer": placing,
        "officer": officer,
        "batch": placed(placing, officer),
        "colleague": person("Jet", home),
        "far": placer(other, "ver"),
    }


def table(*rows):
    return [(1, list(TOTALS)), *((line, [str(row[name]) for name in TOTALS]) for line, row in enumerate(rows, 2))]


def read(by, *rows):
    return actions.read_totals(by=by, title="Najaar", office="Bureau", table=table(*rows), file="t.csv")


def last(verb):
    return AuditRow.objects.filter(verb=f"fairness.{verb}").last()


def test_lines_hold_working_numbers_without_group_and_are_written_down(desk):
    rows = list(csv.DictReader(io.StringIO(actions.send_lines(by=desk["placer"], batch=desk["batch"]))))
    assert [row["household"] for row in rows] == ["H-1", "H-2", "H-3"]
    assert [row["placed"] for row in rows] == ["1", "1", "0"]
    assert "group" not in rows[0]
    assert last("send_lines").actor == desk["placer"]


def test_only_who_places_sends_lines_and_only_while_there_is_something(desk):
    for stranger in (desk["officer"], desk["colleague"], desk["far"]):
        with pytest.raises(PermissionDenied):
            actions.send_lines(by=stranger, batch=desk["batch"])
    close(by=desk["placer"], batch=desk["batch"])
    desk["batch"].refresh_from_db()
    erase_batches(by=None, now=desk["batch"].closed_at + 2 * APPEAL)
    desk["batch"].refresh_from_db()
    with pytest.raises(ValidationError) as refusal:
        actions.send_lines(by=desk["placer"], batch=desk["batch"])
    assert refusal.value.code == "erased"
    assert last("send_lines") is None


def test_totals_are_read_by_who_places_or_watches_and_judged(desk):
    for who in (desk["placer"], desk["officer"]):
        made = read(who, GOOD, LESS)
        row = last("read_totals")
        assert row.about == f"fairness.outsidetotals:{made.pk}"
        assert ["duidelijke verschillen", "4"] in [[str(part) for part in fact] for fact in row.facts]
    for stranger in (desk["colleague"],):
        with pytest.raises(PermissionDenied):
            read(stranger, GOOD, LESS)


@pytest.mark.parametrize("wrong", [{"households": 19, "placed": 9}, {"class": "Fatima Jansen"}, {"placed": 3}])
def test_totals_of_few_or_with_names_are_not_kept(desk, wrong):
    with pytest.raises(Refused):
        read(desk["placer"], GOOD, LESS | wrong)
    with pytest.raises(Refused):
        actions.read_totals(by=desk["placer"], title="x", office="x", table=[(1, ["household"])], file="t.csv")
    assert not OutsideTotals.objects.exists()


def test_totals_are_taken_away_and_come_back(desk):
    made = read(desk["placer"], GOOD, LESS)
    for write in (actions.withdraw_totals, actions.restore_totals):
        with pytest.raises(PermissionDenied):
            write(by=desk["far"], totals=made)
    with pytest.raises(ValidationError):
        actions.restore_totals(by=desk["placer"], totals=made)
    actions.withdraw_totals(by=desk["officer"], totals=made)
    with pytest.raises(ValidationError):
        actions.withdraw_totals(by=desk["placer"], totals=made)
    actions.restore_totals(by=desk["placer"], totals=made)
    assert OutsideTotals.objects.get().withdrawn_at is None
    assert last("withdraw_totals").actor == desk["officer"]
    assert last("restore_totals").actor == desk["placer"]


def test_the_pages_say_what_is_clear_and_what_is_not(desk, client):
    client.force_login(desk["placer"])
    assert reverse("fairness:fairness") in client.get("/plaatsen/").content.decode()
    sent = client.post(reverse("fairness:send_lines", args=[desk["batch"].pk]))
    assert (sent.status_code, sent["Content-Type"]) == (200, "text/csv; charset=utf-8")
    said = io.StringIO()
    csv.writer(said).writerows(cells for _line, cells in table(GOOD, LESS))
    few = said.getvalue().replace(",400,120,", ",19,9,")

    def post(text):
        file = SimpleUploadedFile("t.csv", text.encode())
        return client.post(reverse("fairness:new_totals"), {"title": "Najaar", "office": "Bureau", "file": file})

    refused = post(few)
    assert refused.status_code == 422
    assert "minder dan 20 huishoudens" in refused.content.decode()
    answer = post(said.getvalue())
    assert answer.status_code == 302
    shown = client.get(answer.url).content.decode()
    assert "4 verschillen zijn duidelijk" in shown
    assert "x b krijgt minder vaak een woning dan de anderen die hetzelfde vragen" in shown
    assert "geen duidelijk verschil" in shown
    made = OutsideTotals.objects.get()
    assert client.post(reverse("fairness:withdraw_totals", args=[made.pk])).status_code == 302
    assert client.get(answer.url).status_code == 404
    assert "Najaar" in client.get(reverse("fairness:fairness")).content.decode()


def test_others_do_not_know_it(desk, client):
    made = read(desk["placer"], GOOD, LESS)
    for who, status in (("officer", 200), ("colleague", 403), ("far", 404)):
        client.force_login(desk[who])
        assert client.get(reverse("fairness:totals", args=[made.pk])).status_code == status
    client.force_login(desk["far"])
    assert client.post(reverse("fairness:send_lines", args=[desk["batch"].pk])).status_code == 404
