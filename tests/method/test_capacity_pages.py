"""Pages of carrying capacity: propose, answer, look again and take away; support beside it; the plan and its paper."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from buurtbalans.method.capacities.actions import answer_capacity
from buurtbalans.method.capacities.models import Capacity, Support
from buurtbalans.site.papers.capacity_and_support import carrying
from tests.method.table import judged_claim, lay_table, ring_member
from tests.method.test_capacity import agreed, proposed, support
from tests.method.test_plan_pages import undone

pytestmark = pytest.mark.django_db
DAY = timezone.localdate() + timedelta(days=120)


@pytest.fixture
def table():
    laid = lay_table()
    laid.claim = judged_claim(laid)
    laid.slug = laid.round.slug
    return laid


@pytest.fixture
def page(client, table):
    def at(name, *args, by=None, **data):
        client.force_login(by or table.joris)
        url = reverse(f"capacities:{name}", args=[table.slug, *args])
        return client.post(url, data) if data.pop("post", False) else client.get(url, data)

    return at


def test_a_proposal_is_made_answered_and_looked_at_again(page, table):
    given = {
        "area": "BU99990301",
        "low": 10,
        "high": 14,
        "load": "5-9",
        "room_low": 2,
        "room_high": 4,
        "reason": "Het kan.",
        "review_on": DAY.isoformat(),
        "claims": [table.claim.pk],
    }
    assert page("new_capacity", post=True, **given | {"room_high": 12}).status_code == 422
    assert page("new_capacity", post=True, **given).status_code == 302
    made = Capacity.objects.get()
    shown = page("capacity").content.decode()
    assert "Voorstel van Buurtteam" in shown
    assert "Voor dit gebied is nog geen plaatsingsruimte afgesproken." in shown
    assert reverse("capacities:answer_capacity", args=[table.slug, made.pk]) not in shown

    assert page("answer_capacity", made.pk).status_code == 403
    asked = page("answer_capacity", made.pk, by=table.samira).content.decode()
    assert "In BU99990301 kunnen in totaal 10 tot 14 geplaatste huishoudens wonen; nu wonen er 5 tot en met 9." in asked
    assert (
        "Buurtteam stelt een plaatsingsruimte van 2–4 voor, met deze reden: Het kan. Als u het ermee eens bent, geldt het voorstel."
        in asked
    )
    assert page("answer_capacity", made.pk, by=table.samira, post=True, stance="oneens").status_code == 422
    answered = page("answer_capacity", made.pk, by=table.samira, post=True, stance="eens", version=0)
    assert answered.status_code == 302
    shown = page("capacity").content.decode()
    assert "Er is hier plaatsingsruimte voor 2 tot 4 huishoudens." in shown
    assert "Het plaatsingsadvies rekent met ruimte voor 3: het midden van 2–4." in shown
    assert "nu wonen er 5 tot en met 9." in shown

    made.refresh_from_db()
    later = (DAY + timedelta(days=90)).isoformat()
    again = page("review_capacity", made.pk, post=True, review_on=later, version=made.version)
    assert again.status_code == 302
    assert Capacity.objects.get().review_on.isoformat() == later


def test_what_holds_is_taken_away_and_comes_back(page, client, table):
    held = agreed(table)
    undone(client, page("withdraw_capacity", held.pk, post=True))
    assert Capacity.objects.agreed().get() == held


def test_a_proposal_can_be_undone(page, client, table):
    given = {
        "area": "BU99990301",
        "low": 10,
        "high": 14,
        "load": "5-9",
        "reason": "Rustig.",
        "review_on": DAY.isoformat(),
        "claims": [table.claim.pk],
    }
    undone(client, page("new_capacity", post=True, **given))
    assert not Capacity.objects.exists()


def test_a_new_proposal_begins_with_what_holds_and_the_old_one_stays_to_be_read(page, table):
    held = agreed(table)
    form = page("new_capacity", gebied="BU99990301").context["form"]
    assert (form["low"].value(), form["high"].value()) == (held.low, held.high)
    assert not form["room_low"].value(), "what is left follows from the new range"
    assert not form["room_high"].value()
    given = {
        "area": "BU99990301",
        "low": 30,
        "high": 40,
        "load": "5-9",
        "reason": "Er is gebouwd.",
        "review_on": DAY.isoformat(),
        "claims": [table.claim.pk],
    }
    assert page("new_capacity", post=True, **given).status_code == 302
    assert Capacity.objects.latest("pk").room == (21, 35)
    Capacity.objects.latest("pk").delete()
    agreed(table, room_high=6, reason="De lampen doen het weer.")
    shown = page("capacity").content.decode()
    assert "Eerder afgesproken" in shown
    assert held.reason in shown


def test_two_who_change_one_proposal_see_both_texts(page, table):
    made = proposed(table)
    given = {
        "low": 10,
        "high": 14,
        "load": "5-9",
        "reason": "Anders.",
        "review_on": DAY.isoformat(),
        "claims": [table.claim.pk],
    }
    assert page("edit_capacity", made.pk, post=True, **given, version=1).status_code == 302
    assert page("edit_capacity", made.pk, post=True, **given | {"reason": "Later."}, version=1).status_code == 409


def test_support_is_written_changed_and_taken_away(page, client, table):
    given = {
        "kind": "begeleiding",
        "what": "Begeleiding aan huis",
        "who": "De Brug",
        "unit": "uur per week",
        "need_low": 14,
        "need_high": 18,
        "have": 12,
        "reason": "De wachtlijst groeit.",
        "review_on": DAY.isoformat(),
        "claims": [table.claim.pk],
    }
    assert page("new_support", post=True, **given | {"need_low": 20}).status_code == 422
    assert page("new_support", post=True, **given).status_code == 302
    assert (
        "Op dit moment biedt De Brug 12 uur per week aan. Voor dit gebied is 14 tot 18 nodig. Er is 2–6 uur per week te weinig beschikbaar."
        in page("capacity").content.decode().replace("</p>", "")
    )
    made = Support.objects.get()
    assert page("edit_support", made.pk, post=True, **given | {"have": 20}, version=1).status_code == 302
    undone(client, page("withdraw_support", made.pk, post=True))
    assert Support.objects.get().have == 20


def test_the_plan_and_its_paper_say_what_holds(page, client, table):
    agreed(table)
    support(table)
    client.force_login(table.joris)
    assert (
        "Er is hier plaatsingsruimte voor 2 tot 4 huishoudens."
        in client.get(reverse("rounds:step", args=[table.slug, 5])).content.decode()
    )
    words = str(list(carrying(table.round, table.joris)))
    assert "ruimte voor 2–4 huishoudens. Het buurthuis kan dit aan." in words
    assert "Nodig: 14–18 uur per week, nu 12. Er is 2–6 uur per week te weinig beschikbaar." in words
    assert list(carrying(table.round, table.noor)) == []


def test_the_ring_does_not_read_it_and_who_is_outside_does_not_know_it(page, table):
    agreed(table)
    assert page("capacity", by=ring_member(table)).status_code == 403
    assert page("capacity", by=table.noor).status_code == 404


def test_a_proposal_that_waits_for_an_answer_asks_it_in_the_round_and_on_the_first_page(client, table):
    made = proposed(table)
    answer = reverse("capacities:answer_capacity", args=[table.slug, made.pk])
    pages = [reverse("home"), reverse("rounds:welcome", args=[table.slug])]
    client.force_login(table.samira)
    assert [answer in client.get(page).content.decode() for page in pages] == [True, True]
    client.force_login(table.joris)  # whose organisation proposed it
    assert [answer in client.get(page).content.decode() for page in pages] == [False, False]
    answer_capacity(by=table.samira, capacity=made, stance="eens")
    client.force_login(table.samira)
    assert [answer in client.get(page).content.decode() for page in pages] == [False, False]
