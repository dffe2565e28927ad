"""A partner's delivery inside a release: taken in, asked for, taken out, and only what the catalogue knows is shown."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from typer.testing import CliRunner

from buurtbalans.cli import release
from buurtbalans.cli.app import app
from buurtbalans.figures import sources
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.findings import Refused
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.release.rebuild import source_deliveries
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.datasets import actions
from buurtbalans.method.datasets.models import Delivery, Reply, ReplyAnswer
from buurtbalans.method.datasets.queries import deliveries, releases
from buurtbalans.method.people.models import Person
from tests.figures.release_parts import BUURTEN, delivery, division, row
from tests.method.deliveries import ANSWERS, kept, table
from tests.site.people_fixtures import World

VALUES = {BUURTEN[0]: 120, BUURTEN[1]: 4, BUURTEN[2]: 90, BUURTEN[3]: 60}
UNTIL = date(2099, 1, 1)


@pytest.fixture
def mine(world: World, data: Path) -> Person:
    return world["core_member"]


@pytest.fixture
def base(mine: Person) -> str:
    """Return a release of households, which the figure of the partner needs beside it."""
    observations = [row(code, "households", 900.0, period=2025) for code in BUURTEN]
    return releases.store().add([delivery(observations)], [division(2025)], title="Kerncijfers")


def delivered(
    by: Person, name: str = "Hulp bij schulden", seal: str = "b", values: Mapping[str, int] = VALUES
) -> Delivery:
    """Return a delivery of the four buurten, shared with all organisations."""
    upload = replace(table(dict(values), f"buurtcode;jaar;{name}"), sha256=seal * 64)
    draft = actions.start_draft(by=by, upload=upload, title=name)
    one = actions.keep(by=by, draft=draft)
    return actions.share(by=by, delivery=one, circle=None, version=1, **ANSWERS)


def shown(release: str, indicator: str) -> dict[str, str]:
    found = releases.shown(releases.release(release), indicators=[indicator])
    return {each.area: str(each.absence or int(each.value or 0)) for each in found}


def last(verb: str) -> AuditRow:
    found = AuditRow.objects.filter(verb=f"datasets.{verb}").last()
    assert found is not None
    return found


def test_a_steward_takes_a_delivery_into_a_release_and_its_supplier_is_asked(
    base: str, mine: Person, world: World
) -> None:
    one, steward = delivered(mine), world["data_steward"]
    reply = actions.add_to_release(by=steward, release=base, delivery=one, until=UNTIL)
    assert reply.release != base
    assert last("add_to_release").detail == {"release": reply.release, "made_from": base}
    assert last("ask_reply").about == f"datasets.reply:{reply.pk}"
    sources = releases.release(reply.release).manifest.sources
    assert [(source.id, source.publisher) for source in sources] == [
        ("cbs-kwb", "Waterdam"),
        ("waterdam-buurtteams", "Woonstede"),
    ]
    with pytest.raises(Refused, match="nog niet geantwoord"):
        actions.publish_release(by=steward, release=reply.release)
    actions.answer_reply(by=mine, reply=reply, answer=ReplyAnswer.FINE)
    actions.publish_release(by=steward, release=reply.release)
    seen = shown(reply.release, "debt_help")
    assert seen[BUURTEN[1]] == "too_few"
    assert "4" not in seen.values()
    assert any(value.isdigit() for value in seen.values())
    assert [publication is not None for _reply, publication in deliveries.releases_with(one)] == [True]


def test_a_release_tells_a_circle_no_small_correction_of_what_it_saw(base: str, mine: Person, world: World) -> None:
    """The circle saw 60 and then, corrected to 64, still 60: beside a release with 65 it would know the correction."""
    delivered(mine)
    corrected = delivered(mine, seal="c", values=VALUES | {BUURTEN[3]: 64})
    assert {each.area: count.kept for each, count in deliveries.shown_to(corrected, Audience.CORE).items()}[BUURTEN[3]]
    reply = actions.add_to_release(by=world["data_steward"], release=base, delivery=corrected, until=UNTIL)
    assert shown(reply.release, "debt_help")[BUURTEN[3]] == "60"
    assert [each.area for each in releases.shown(releases.release(reply.release)) if each.kept] == [BUURTEN[3]]


def test_the_release_it_was_made_from_stays_as_it_was(base: str, mine: Person, world: World) -> None:
    before = releases.release(base).figures()
    reply = actions.add_to_release(by=world["data_steward"], release=base, delivery=delivered(mine), until=UNTIL)
    after = releases.release(reply.release).figures(indicators=["households"])
    assert releases.release(base).figures().equals(before)
    assert after.sort("area").equals(releases.release(base).figures(indicators=["households"]).sort("area"))


def test_what_the_catalogue_does_not_know_stays_inside_and_is_said(base: str, mine: Person, world: World) -> None:
    one = delivered(mine, "Koffie in de Spoel")
    reply = actions.add_to_release(by=world["data_steward"], release=base, delivery=one, until=UNTIL)
    release = releases.release(reply.release)
    own = "woonstede-koffie-in-de-spoel:koffie-in-de-spoel"
    assert own in release.manifest.indicators
    assert "niet in de catalogus" in " ".join(finding.what for finding in release.manifest.findings)
    assert [each.indicator.id for each in releases.shown(release) if each.indicator.id == own] == []


def test_taking_out_makes_a_release_without_it(base: str, mine: Person, world: World) -> None:
    steward = world["data_steward"]
    first = actions.add_to_release(by=steward, release=base, delivery=delivered(mine), until=UNTIL)
    both = actions.add_to_release(
        by=steward, release=first.release, delivery=delivered(mine, "Koffie", "c"), until=UNTIL
    )
    assert {reply.delivery.title for reply in deliveries.replies_to(both.release)} == {"Hulp bij schulden", "Koffie"}
    gone = Reply.objects.get(release=both.release, delivery=first.delivery)
    made = actions.remove_from_release(by=steward, reply=gone)
    assert "debt_help" not in releases.release(made).manifest.indicators
    assert "households" in releases.release(made).manifest.indicators
    assert [reply.delivery.title for reply in deliveries.replies_to(made)] == ["Koffie"]
    with pytest.raises(Refused, match="niet gevraagd over ‘Hulp bij schulden’"):
        actions.publish_release(by=steward, release=both.release)


def test_a_delivery_that_was_taken_back_stops_the_release(base: str, mine: Person, world: World) -> None:
    one, steward = delivered(mine), world["data_steward"]
    reply = actions.add_to_release(by=steward, release=base, delivery=one, until=UNTIL)
    actions.answer_reply(by=mine, reply=reply, answer=ReplyAnswer.FINE)
    one.refresh_from_db()
    actions.withdraw_delivery(by=mine, delivery=one, version=one.version)
    with pytest.raises(Refused, match="trok ‘Hulp bij schulden’ in"):
        actions.publish_release(by=steward, release=reply.release)


def test_the_right_of_reply_goes_along_from_a_published_release(base: str, mine: Person, world: World) -> None:
    steward = world["data_steward"]
    first = actions.add_to_release(by=steward, release=base, delivery=delivered(mine), until=UNTIL)
    actions.answer_reply(by=mine, reply=first, answer=ReplyAnswer.FINE)
    actions.publish_release(by=steward, release=first.release)
    second = actions.add_to_release(
        by=steward, release=first.release, delivery=delivered(mine, "Koffie", "c"), until=UNTIL
    )
    answers = {reply.delivery.title: reply.answer for reply in deliveries.replies_to(second.release)}
    assert answers == {"Hulp bij schulden": "akkoord", "Koffie": "wacht"}
    assert len(deliveries.replies_to(first.release)) == 1
    with pytest.raises(ValidationError, match="al gepubliceerd"):
        actions.remove_from_release(by=steward, reply=first)


def test_who_may_not_and_what_does_not_fit(base: str, mine: Person, world: World) -> None:
    one, steward = delivered(mine), world["data_steward"]
    with pytest.raises(PermissionDenied):
        actions.add_to_release(by=mine, release=base, delivery=one, until=UNTIL)
    reply = actions.add_to_release(by=steward, release=base, delivery=one, until=UNTIL)
    with pytest.raises(ValidationError, match="al opgenomen"):
        actions.add_to_release(by=steward, release=reply.release, delivery=one, until=UNTIL)
    with pytest.raises(Refused):
        actions.add_to_release(by=steward, release=reply.release, delivery=delivered(mine, seal="d"), until=UNTIL)
    with pytest.raises(Refused):
        actions.add_to_release(by=steward, release="2020-01-01-1", delivery=one, until=UNTIL)


def test_made_again_the_gate_starts_from_what_was_counted(base: str, mine: Person, world: World) -> None:
    steward = world["data_steward"]
    first = actions.add_to_release(by=steward, release=base, delivery=delivered(mine), until=UNTIL)
    before = shown(first.release, "debt_help")
    second = actions.add_to_release(
        by=steward, release=first.release, delivery=delivered(mine, "Koffie", "c"), until=UNTIL
    )
    assert shown(second.release, "debt_help") == before
    again = source_deliveries(releases.release(second.release), catalogue())
    real = next(each.observations for each in again if each.source.id == "waterdam-buurtteams")
    assert dict(real.select("area", "value").iter_rows()) == {area: float(value) for area, value in VALUES.items()}


@pytest.mark.slow
def test_the_page_takes_in_and_out(base: str, mine: Person, world: World, client: Client) -> None:
    one = delivered(mine, "Koffie")
    client.force_login(world["data_steward"])
    until = timezone.localdate() + timedelta(days=14)
    page = reverse("datasets:ask_reply", args=[base])
    done = client.post(page, {"delivery": one.pk, "until": f"{until:%Y-%m-%d}"}, follow=True)
    text = done.content.decode()
    assert "staat klaar, met deze levering" in text
    assert "Wat binnen blijft" in text
    reply = Reply.objects.get()
    again = client.post(reverse("datasets:ask_reply", args=[reply.release]), {"delivery": one.pk, "until": f"{until}"})
    assert (again.status_code, "al opgenomen in de cijferset" in again.content.decode()) == (422, True)
    out = client.post(reverse("datasets:remove_from_release", args=[reply.pk]), follow=True)
    assert "zonder deze levering" in out.content.decode()
    assert not Reply.objects.exists()


def test_an_import_with_deliveries_asks_their_suppliers(base: str, mine: Person, world: World) -> None:
    one = delivered(mine)
    actions.note_import(by=None, release=base, deliveries=[one.pk])
    reply = Reply.objects.get()
    assert (reply.release, reply.delivery, reply.asked_by) == (base, one, None)
    assert reply.until == deliveries.term(timezone.localdate())
    assert last("ask_reply").actor is None


@pytest.mark.slow
def test_the_command_takes_deliveries_along(
    base: str, mine: Person, world: World, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, own = delivered(mine), kept(mine)
    monkeypatch.setattr(release, "_connect_database", lambda data: True)
    monkeypatch.setattr(sources, "read_files", lambda files, **how: delivery([row(BUURTEN[0], "population", 5.0)]))

    def run(*numbers: int) -> Result:
        asked = [text for number in numbers for text in ("--delivery", str(number))]
        return CliRunner().invoke(app, ["release", "import", "x.csv", "--data", str(data), *asked])

    refused = run(one.pk, own.pk)
    assert (refused.exit_code, f"Levering {own.pk} is niet met alle" in refused.stderr) == (2, True)
    done = run(one.pk)
    assert done.exit_code == 0, done.stderr
    made = done.stdout.strip()
    assert "debt_help" in releases.store().get(made).manifest.indicators
    assert [reply.delivery for reply in deliveries.replies_to(made)] == [one]
