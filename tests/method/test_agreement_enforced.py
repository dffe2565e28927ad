"""What the agreement does: without it nobody else sees what an organisation shared with the circles of a round."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.datasets import actions as datasets
from buurtbalans.method.datasets.models import Delivery, SharingTerm
from buurtbalans.method.datasets.queries import deliveries
from buurtbalans.method.people.models import Person
from buurtbalans.method.places.models import NeighbourhoodPart
from buurtbalans.method.rounds.actions import agreement, claims
from buurtbalans.method.rounds.actions import round as round_actions
from buurtbalans.method.rounds.models import Agreement, Claim, Pledge
from buurtbalans.method.rounds.queries import chain
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.rounds.queries import evidence as evidence_queries
from tests.method.agreements import later, promised, proposed, signed, today, written
from tests.method.deliveries import ANSWERS, CODES, kept
from tests.method.table import lay_table, person, ring_member

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CANARY = 654_321
VALUES = {CODES[0]: CANARY, CODES[1]: 1_500, CODES[2]: 4_000, CODES[3]: 3}


@pytest.fixture
def table(data: Path) -> SimpleNamespace:
    """A round about the area of the counts, with an agreement that both organisations signed."""
    table = lay_table()
    NeighbourhoodPart.objects.filter(neighbourhood=table.place).update(code=CODES[0])
    table.agreement = signed(table.round, table.samira, table.joris)
    return table


def share(by: Person, delivery: Delivery, circle: object, **other: object) -> Delivery:
    delivery.refresh_from_db()
    given = {"by": by, "delivery": delivery, "circle": circle, "version": delivery.version, **ANSWERS}
    return datasets.share(**{**given, **other})  # type: ignore[arg-type]


def shared(table: SimpleNamespace, audience: str = "core") -> Delivery:
    """Return a delivery of the neighbourhood team that was promised to a circle and shared with it."""
    one = kept(table.joris, VALUES)
    table.line = promised(table.joris, table.round, delivery=one, audience=audience)
    return share(table.joris, one, table.round.core if audience == "core" else table.round.ring)


def laid(table: SimpleNamespace) -> Claim:
    """Return a claim with the figure of the delivery beside it, and a note."""
    claim = claims.create_claim(by=table.samira, round=table.round, text="Er is meer hulp nodig")
    (offered,) = evidence_queries.offered(table.round)
    figure = evidence_queries.freeze(table.round, evidence_queries.shared_figure_key(offered))
    claims.add_figure(by=table.joris, claim=claim, figure=figure, says="ja", note="Zo telden wij.")
    return claim


def take_back(table: SimpleNamespace) -> None:
    agreement.withdraw_signature(by=table.joris, agreement=table.agreement, reason="Onze jurist wil eerst lezen.")


def end(table: SimpleNamespace) -> None:
    version = Agreement.objects.get(pk=table.agreement.pk).version
    agreement.end_agreement(by=table.samira, agreement=table.agreement, version=version, reason="Klaar.")


def expire(table: SimpleNamespace) -> None:
    """Let a day pass after the last one: nobody writes anything."""
    SharingTerm.objects.update(until=today() - timedelta(days=1))
    Agreement.objects.filter(pk=table.agreement.pk).update(until=today() - timedelta(days=1))


def promise_over(table: SimpleNamespace) -> None:
    agreement.edit_pledge(
        by=table.joris,
        pledge=table.line,
        version=table.line.version,
        what="x",
        audience="core",
        until=today(),
        delivery=table.line.delivery,
    )
    SharingTerm.objects.update(until=SharingTerm.objects.get(circle=table.round.core).until - timedelta(days=1))


def promise_gone(table: SimpleNamespace) -> None:
    agreement.withdraw_pledge(by=table.joris, pledge=table.line)


def other_version(table: SimpleNamespace) -> None:
    draft = written(table.round)
    agreement.propose_agreement(by=table.samira, agreement=draft, version=1)


def no_row(table: SimpleNamespace) -> None:
    """Whatever removes the row, also what nobody thought of, hides the delivery."""
    SharingTerm.objects.all().delete()


ENDS = [take_back, end, expire, promise_over, promise_gone, other_version, no_row]


def pages_of(client: Client, viewer: Person, table: SimpleNamespace, claim: Claim, one: Delivery) -> str:
    """Return all that pages, the chain and a search say to a viewer."""
    client.force_login(viewer)
    slug = table.round.slug
    addresses = [
        reverse("rounds:claim", args=[slug, claim.pk]),
        reverse("rounds:round", args=[slug]),
        reverse("rounds:add_figure", args=[slug, claim.pk]),
        reverse("rounds:agreement", args=[slug]),
        reverse("datasets:deliveries"),
        reverse("datasets:delivery", args=[one.pk]),
    ]
    seen = "".join(client.get(address).content.decode() for address in addresses)
    return seen + str(chain.chain(table.round, viewer)) + str(deliveries.seen_by(viewer, one))


@pytest.mark.slow
@pytest.mark.parametrize("stop", ENDS, ids=lambda stop: stop.__name__)
def test_when_it_does_not_hold_nobody_else_sees_what_was_shared(
    table: SimpleNamespace,
    client: Client,
    stop: Callable[[SimpleNamespace], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("buurtbalans.method.rounds.queries.evidence.figure_choices", _offered_only)
    one = shared(table)
    claim = laid(table)
    assert str(CANARY) in pages_of(client, table.samira, table, claim, one)

    stop(table)

    assert str(CANARY) not in pages_of(client, table.samira, table, claim, one)
    assert client.get(reverse("datasets:delivery", args=[one.pk])).status_code == 404
    assert not Delivery.objects.visible_to(table.samira).exists()
    assert evidence_queries.offered(table.round) == []
    (evidence,) = claims_queries.claims_of(table.round, table.samira).get(pk=claim.pk).laid
    assert evidence.told is not None
    assert (evidence.told["value"], evidence.told["absence"], evidence.note) == (None, "not_shared", "Zo telden wij.")
    assert evidence_queries.told(evidence.figure, table.samira)["value"] is None
    assert evidence.figure["value"] == CANARY  # what was frozen is kept
    page = client.get(reverse("rounds:claim", args=[table.round.slug, claim.pk])).content.decode()
    assert "niet gedeeld" in page
    assert str(CANARY) in pages_of(client, table.joris, table, claim, one)  # the own organisation keeps seeing it


def _offered_only(round: object, year: int) -> list[object]:
    """Return the choices of figures without those of a release, which the table does not have."""
    partners = [f | {"choice": f["sentence"]} for f in map(_frozen, evidence_queries.offered(round))]  # type: ignore[arg-type]
    return [("Van organisaties", partners)] if partners else []


def _frozen(offered: deliveries.OfferedFigure) -> dict[str, object]:
    return {
        "key": evidence_queries.shared_figure_key(offered),
        "sentence": str(offered.count.value),
        "source_line": "x",
    }


def test_it_comes_back_when_the_word_comes_back(table: SimpleNamespace) -> None:
    one = shared(table)
    take_back(table)
    assert not Delivery.objects.visible_to(table.samira).exists()

    agreement.sign_agreement(by=table.joris, agreement=table.agreement, role="manager")

    assert Delivery.objects.visible_to(table.samira).get() == one
    promise_gone(table)
    agreement.restore_pledge(by=table.joris, pledge=table.line)
    assert Delivery.objects.visible_to(table.samira).get() == one


def test_another_organisation_that_does_not_sign_hides_only_its_own(table: SimpleNamespace) -> None:
    one = shared(table)
    agreement.withdraw_signature(by=table.samira, agreement=table.agreement, reason="Even niet.")

    assert Delivery.objects.visible_to(table.samira).get() == one


@pytest.mark.parametrize("stop", [take_back, end, expire, promise_gone], ids=lambda stop: stop.__name__)
def test_sharing_asks_for_a_promise_that_holds(table: SimpleNamespace, stop: Callable[[SimpleNamespace], None]) -> None:
    one = kept(table.joris, VALUES)
    with pytest.raises(ValidationError, match="afspraak over delen"):
        share(table.joris, one, table.round.core)
    table.line = promised(table.joris, table.round, delivery=one)
    with pytest.raises(ValidationError, match="afspraak over delen"):
        share(table.joris, one, table.round.ring)  # promised to the core group only
    stop(table)
    with pytest.raises(ValidationError, match="afspraak over delen"):
        share(table.joris, one, table.round.core)

    one.refresh_from_db()
    assert (one.state, one.uses.count()) == ("ingelezen", 0)


def test_a_round_without_an_agreement_gets_nothing(data: Path) -> None:
    table = lay_table()
    one = kept(table.joris, VALUES)
    with pytest.raises(ValidationError, match="afspraak over delen"):
        share(table.joris, one, table.round.core)
    written(table.round)
    promised(table.joris, table.round, delivery=one)
    with pytest.raises(ValidationError, match="afspraak over delen"):  # a draft is no agreement
        share(table.joris, one, table.round.core)


def test_all_organisations_need_no_agreement_but_see_the_strictest_view(table: SimpleNamespace) -> None:
    one = kept(table.joris, VALUES)
    share(table.joris, one, None)

    seen = {key.area: count.value for key, count in deliveries.seen_by(table.noor, one).items()}
    assert seen[CODES[0]] == 654_320


def test_what_a_circle_saw_exactly_does_not_stay_when_all_may_see_it_roughly(table: SimpleNamespace) -> None:
    one = shared(table)
    claim = laid(table)
    share(table.joris, one, None)
    assert claims_queries.claims_of(table.round, table.samira).get(pk=claim.pk).laid[0].told["value"] == CANARY  # type: ignore[index]

    end(table)

    assert claims_queries.claims_of(table.round, table.samira).get(pk=claim.pk).laid[0].told["value"] is None  # type: ignore[index]
    seen = {key.area: count.value for key, count in deliveries.seen_by(table.samira, one).items()}
    assert seen[CODES[0]] == 654_320


def test_the_ring_sees_what_was_promised_to_it_and_no_more(table: SimpleNamespace) -> None:
    gp = ring_member(table)
    one = shared(table)
    assert not Delivery.objects.visible_to(gp).exists()
    two = kept(table.joris, VALUES, "Wachttijd")
    promised(table.joris, table.round, delivery=two, audience="ring")
    share(table.joris, two, table.round.ring)

    assert list(Delivery.objects.visible_to(gp)) == [two]
    assert set(Delivery.objects.visible_to(table.samira)) == {one, two}
    end(table)
    assert not Delivery.objects.visible_to(gp).exists()


def test_one_promises_only_a_delivery_of_the_own_organisation_that_stands(table: SimpleNamespace) -> None:
    one = kept(table.joris, VALUES)
    with pytest.raises(PermissionDenied):
        promised(table.samira, table.round, delivery=one)
    datasets.withdraw_delivery(by=table.joris, delivery=one, version=one.version)
    with pytest.raises(ValidationError, match="ingetrokken"):
        promised(table.joris, table.round, delivery=one)

    assert not Pledge.objects.exists()


def test_the_term_is_the_shorter_of_the_two_and_the_longer_of_two_lines(table: SimpleNamespace) -> None:
    one = kept(table.joris, VALUES)
    promised(table.joris, table.round, delivery=one, until=later(10))
    promised(table.joris, table.round, delivery=one, until=later(20), audience="ring")
    assert {term.circle: term.until for term in one.terms.all()} == {
        table.round.core: later(20),
        table.round.ring: later(20),
    }
    draft = written(table.round, until=later(5))
    agreement.propose_agreement(by=table.samira, agreement=draft, version=1)
    assert not one.terms.exists()
    agreement.sign_agreement(by=table.joris, agreement=draft, role="manager")
    assert {term.until for term in one.terms.all()} == {later(5)}


def test_two_rounds_do_not_mix(table: SimpleNamespace) -> None:
    one = shared(table)
    other = round_actions.start_round(
        by=table.noor, neighbourhood=table.place, occasion="x", question="x", scope="smal", release="r1"
    )
    proposed(other)

    assert Delivery.objects.visible_to(table.samira).get() == one
    assert not Delivery.objects.visible_to(table.noor).exists()
    assert {term.circle for term in one.terms.all()} == {table.round.core}


def test_the_page_offers_to_promise_in_the_same_step(table: SimpleNamespace, client: Client) -> None:
    one = kept(table.joris, VALUES)
    place = reverse("datasets:share", args=[one.pk])
    kring = f"kring-{table.round.core.pk}"
    client.force_login(table.joris)
    page = client.get(place).content.decode()
    assert "staat nog niet in de afspraak" in page
    assert reverse("rounds:agreement", args=[table.round.slug]) in page
    name = str(table.round.core)
    assert f"Nodig voor: {name} (uiterlijk" in page
    assert asked_of(page) == (False, True)
    refused = client.post(place, {"version": 1, "audience": kring, **ANSWERS})
    assert refused.status_code == 422
    errors = refused.context["form"].errors
    assert list(errors) == ["promised_until"]
    assert f"Kies tot en met welke dag dit mag voor {name}, uiterlijk" in errors["promised_until"][0]
    too_long = client.post(place, {"version": 1, "audience": kring, "promised_until": later(900), **ANSWERS})
    assert (too_long.status_code, Pledge.objects.count()) == (422, 0)
    assert list(too_long.context["form"].errors) == ["promised_until"]

    done = client.post(place, {"version": 1, "audience": kring, "promised_until": later(30), **ANSWERS}, follow=True)

    assert "Uw cijfers zijn gedeeld" in done.content.decode()
    line = Pledge.objects.get()
    assert (line.what, line.delivery, line.audience, line.until) == (one.title, one, "core", later(30))
    assert list(AuditRow.objects.order_by("-sequence").values_list("verb", flat=True)[:2]) == [
        "datasets.share",
        "rounds.pledge",
    ]
    assert "Deze levering staat in de afspraak" in client.get(place).content.decode()


def asked_of(page: str) -> tuple[bool, bool]:
    """Return whether the page calls the promise optional, and whether its field is required."""
    (label,) = re.findall(r'<label for="id_promised_until">(.*?)</label>', page, re.DOTALL)
    (field,) = re.findall(r"<input[^>]*promised_until[^>]*>", page)
    return "niet verplicht" in label, " required" in field


def test_the_promise_is_asked_only_for_a_circle_that_needs_it(table: SimpleNamespace, client: Client) -> None:
    one = kept(table.joris, VALUES)
    place = reverse("datasets:share", args=[one.pk])
    client.force_login(table.joris)
    kring = f"kring-{table.round.core.pk}"
    assert asked_of(client.get(f"{place}?wie={kring}").content.decode()) == (False, True)
    assert asked_of(client.get(f"{place}?wie=alle").content.decode()) == (True, False)
    done = client.post(place, {"version": 1, "audience": "alle", **ANSWERS})
    assert (done.status_code, Pledge.objects.count()) == (302, 0)


@pytest.mark.parametrize(("stop", "why"), [("expire", "geldt niet meer"), ("take_back", "nog niet ondertekend")])
def test_a_circle_that_may_see_nothing_now_cannot_be_chosen(
    table: SimpleNamespace, client: Client, stop: str, why: str
) -> None:
    one = kept(table.joris, VALUES)
    place = reverse("datasets:share", args=[one.pk])
    client.force_login(table.joris)
    kring = f"kring-{table.round.core.pk}"
    {"expire": expire, "take_back": take_back}[stop](table)
    page = client.get(f"{place}?wie={kring}").content.decode()
    (radio,) = re.findall(rf'<input[^>]*value="{kring}"[^>]*>', page)
    assert " disabled" in radio
    assert " checked" not in radio
    (radio,) = re.findall(r'<input[^>]*value="alle"[^>]*>', page)
    assert " disabled" not in radio
    assert re.search(rf"{table.round.core}<small>[^<]*{why}", page)
    assert "promised_until" not in page

    refused = client.post(place, {"version": 1, "audience": kring, **ANSWERS})

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["audience"]
    assert why in refused.context["form"].errors["audience"][0]


def test_the_page_says_why_one_cannot_share(table: SimpleNamespace, client: Client) -> None:
    one = kept(table.joris, VALUES)
    place = reverse("datasets:share", args=[one.pk])
    client.force_login(table.joris)
    take_back(table)
    assert "nog niet ondertekend" in client.get(place).content.decode()
    end(table)
    assert "geldt niet meer" in client.get(place).content.decode()
    table.round.agreements.all().delete()
    assert "nog geen afspraak" in client.get(place).content.decode()


def test_a_promise_in_the_same_step_is_not_left_behind_when_sharing_is_refused(
    table: SimpleNamespace, client: Client
) -> None:
    share(table.joris, kept(table.joris, VALUES), None)
    other = kept(table.joris, {CODES[0]: 30, CODES[1]: 40}, "Hulp bij schulden")  # other areas than before
    client.force_login(table.joris)

    given = {"version": 1, "audience": f"kring-{table.round.core.pk}", "promised_until": later(30), **ANSWERS}
    answer = client.post(reverse("datasets:share", args=[other.pk]), given)

    assert answer.status_code == 422
    assert not Pledge.objects.exists()


def test_a_colleague_outside_the_core_group_cannot_promise(table: SimpleNamespace) -> None:
    colleague = person("Bea", table.team)
    with pytest.raises(PermissionDenied):
        promised(colleague, table.round, delivery=kept(colleague, VALUES))
