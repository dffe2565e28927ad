"""What an organisation wrote reaches others only while its signature and the sharing agreement stand."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from buurtbalans.method.people.models import Person, TextSharingTerm
from buurtbalans.method.rounds.actions import agreement as agreement_actions
from buurtbalans.method.rounds.actions import claims, picture, versions
from buurtbalans.method.rounds.models import Opinion, PictureLine, PictureVersion
from buurtbalans.method.rounds.queries import agreement as agreement_queries
from buurtbalans.method.rounds.queries.claims import claims_of
from buurtbalans.method.rounds.queries.picture import dissent_of
from buurtbalans.method.rounds.queries.versions import comments_of, frozen_dissent, voices_of
from buurtbalans.method.stories.actions.feelings import create_feeling
from buurtbalans.method.stories.actions.ratings import create_rating_sheet
from buurtbalans.method.stories.models import Feeling, RatingSheet, Story
from buurtbalans.method.stories.queries.ratings import sheets_counted
from tests.method import table as table_parts
from tests.method.agreements import proposed, signed, today, written

pytestmark = [pytest.mark.django_db, pytest.mark.unsigned]

CANARY = "kanarie-van-het-buurtteam"


@pytest.fixture
def table() -> SimpleNamespace:
    """A round with every kind of text of the neighbourhood team, an agreement that lies open, and somebody involved."""
    made = table_parts.lay_table()
    made.huub = table_parts.ring_member(made)
    round, joris, samira = made.round, made.joris, made.samira
    table_parts.story(joris, round, f"Verhaal {CANARY}")
    create_feeling(
        by=joris,
        neighbourhood=made.place,
        circle=round.core,
        voice=uuid4(),
        mood="bang",
        reason=f"Gevoel {CANARY}",
        seen=True,
        longitude=4.9,
        latitude=52.37,
        day_part="overdag",
    )
    create_rating_sheet(
        by=joris, neighbourhood=made.place, core=round.core, when="voor", side="bewoner", answers={"groen": (5, "")}
    )
    made.claim = claims.create_claim(by=joris, round=round, text=f"Stelling {CANARY}")
    own = claims.create_claim(by=samira, round=round, text="Het plein is stil")
    claims.add_figure(by=samira, claim=own, figure=table_parts.figure(), says="ja")
    table_parts.opened(samira, own)
    made.own = claims.judge(by=samira, claim=own, version=own.version, verdict="genuanceerd", reason="In de winter.")
    claims.give_opinion(by=joris, claim=own, stance="oneens", words=f"Mening {CANARY}")
    picture.create_line(by=samira, round=round, kind="kracht", text="Buren kennen elkaar", claims=[own, made.claim])
    round.finding = "Een stil plein"
    round.save()
    versions.share_picture(by=samira, round=round)
    made.picture = PictureVersion.objects.get(round=round)
    versions.give_version_opinion(by=joris, picture=made.picture, stance="oneens", words=f"Stem {CANARY}")
    versions.comment(by=joris, picture=made.picture, who="een bewoner", text=f"Reactie {CANARY}")
    made.agreement = proposed(round)
    agreement_actions.sign_agreement(by=samira, agreement=made.agreement, role="gebiedsmakelaar")
    return made


def sign(table: SimpleNamespace) -> None:
    agreement_actions.sign_agreement(by=table.joris, agreement=table.agreement, role="teamleider")


def take_back(table: SimpleNamespace) -> None:
    sign(table)
    agreement_actions.withdraw_signature(by=table.joris, agreement=table.agreement, reason="Wij stoppen.")


def expire(table: SimpleNamespace) -> None:
    sign(table)
    TextSharingTerm.objects.update(until=today() - timedelta(days=1))


def end(table: SimpleNamespace) -> None:
    sign(table)
    table.agreement.refresh_from_db()
    agreement_actions.end_agreement(
        by=table.samira, agreement=table.agreement, version=table.agreement.version, reason="Klaar."
    )


def sign_again(table: SimpleNamespace) -> None:
    take_back(table)
    sign(table)


def readable(table: SimpleNamespace, viewer: Any) -> dict[str, int]:
    """Return how many texts of the neighbourhood team a viewer reads, by kind."""
    team, round = table.team, table.round
    return {
        "story": Story.objects.visible_to(viewer).filter(heard_by=team).count(),
        "feeling": Feeling.objects.visible_to(viewer).filter(heard_by=team).count(),
        "rating": RatingSheet.objects.visible_to(viewer).filter(heard_by=team).count(),
        "claim": claims_of(round, viewer).filter(organisation=team).count(),
        "opinion": Opinion.objects.visible_to(viewer).filter(organisation=team).count(),
        "dissent": len(dissent_of(round, viewer)),
        "frozen dissent": len(frozen_dissent(table.picture, viewer)),
        "voice": sum(voice.organisation_id == team.pk for voice in voices_of(table.picture, viewer)),
        "comment": len(comments_of(table.picture, viewer)),
        "counted ratings": sum(number for _when, number in sheets_counted(round.core, viewer)),
    }


STATES: dict[str, tuple[Callable[[SimpleNamespace], None], bool]] = {
    "before signing": (lambda table: None, False),
    "signed": (sign, True),
    "taken back": (take_back, False),
    "expired": (expire, False),
    "ended": (end, False),
    "signed again": (sign_again, True),
}


@pytest.mark.slow
@pytest.mark.parametrize("state", STATES)
def test_each_kind_of_text_is_read_as_the_agreement_says(table: SimpleNamespace, state: str) -> None:
    reach, stands = STATES[state]
    reach(table)

    own = readable(table, table.joris)
    of_other_claims = {} if state in ("expired", "ended") else {"dissent": 1, "frozen dissent": 1}
    assert own | dict.fromkeys(("dissent", "frozen dissent"), 1) == dict.fromkeys(own, 1)
    assert of_other_claims.items() <= own.items()
    assert set(readable(table, table.samira).values()) == {int(stands)}
    assert readable(table, table.noor) | {"comment": 0, "voice": 0, "counted ratings": 0} == dict.fromkeys(
        readable(table, table.noor), 0
    )
    involved = readable(table, table.huub)
    assert (involved["voice"], involved["comment"]) == (int(stands), int(stands))
    assert sum(involved[kind] for kind in ("story", "feeling", "claim", "opinion", "dissent", "frozen dissent")) == 0


def pages(table: SimpleNamespace) -> Iterator[str]:
    """Yield the addresses of the round where texts stand."""
    slug = table.round.slug
    for number in range(1, 7):
        yield reverse("rounds:step", args=[slug, number])
    for name in ("rounds:round", "rounds:picture", "rounds:team", "rounds:meetings", "rounds:agreement"):
        yield reverse(name, args=[slug])
    for name in ("stories:list", "feelings:list", "ratings:list", "plans:plan"):
        yield reverse(name, args=[slug])
    yield reverse("stories:list", args=[slug]) + "?zoek=kanarie"
    yield reverse("rounds:claim", args=[slug, table.own.pk])
    yield reverse("rounds:claim", args=[slug, table.claim.pk])
    yield reverse("rounds:version", args=[slug, table.picture.number])


def told(client: Client, table: SimpleNamespace, viewer: Person) -> str:
    client.force_login(viewer)
    return "".join(client.get(url).content.decode().replace("?zoek=kanarie", "") for url in pages(table))


@pytest.mark.slow
@pytest.mark.parametrize("state", STATES)
def test_no_page_shows_a_text_that_waits(table: SimpleNamespace, client: Client, state: str) -> None:
    reach, stands = STATES[state]
    reach(table)

    assert (CANARY in told(client, table, table.samira)) is stands
    involved = told(client, table, table.huub)
    assert f"Mening {CANARY}" not in involved
    assert (f"Stem {CANARY}" in involved) is stands


def test_only_the_core_group_reads_who_disagrees_with_a_conclusion(table: SimpleNamespace, client: Client) -> None:
    sign(table)
    client.force_login(table.joris)
    form = client.get(reverse("rounds:opinion", args=[table.round.slug, table.own.pk])).content.decode()

    assert "Alleen de kerngroep leest uw mening." in form
    assert f"Mening {CANARY}" in told(client, table, table.samira)
    assert f"Mening {CANARY}" not in told(client, table, table.huub)


def test_the_pages_of_signing_say_what_waits_and_what_cannot_come_back(table: SimpleNamespace, client: Client) -> None:
    client.force_login(table.joris)
    slug = table.round.slug
    signing = client.get(reverse("rounds:sign_agreement", args=[slug])).content.decode()
    sign(table)
    withdrawing = client.get(reverse("rounds:withdraw_signature", args=[slug])).content.decode()

    assert "Tot u ondertekent, kunnen anderen de verhalen" in signing
    assert "afgedrukt of gedownload, kunt u niet terughalen" in withdrawing
    assert withdrawing.index("terughalen") < withdrawing.index("Handtekening intrekken</button>")


def test_the_core_group_sees_how_many_texts_wait(table: SimpleNamespace, client: Client) -> None:
    client.force_login(table.samira)
    page = client.get(reverse("rounds:agreement", args=[table.round.slug])).content.decode()
    waiting = agreement_queries.waiting_texts(table.round)

    assert waiting == {table.team.pk: 7}
    assert "7 teksten wachten op ondertekening" in page
    assert CANARY not in page
    sign(table)
    assert agreement_queries.waiting_texts(table.round) == {}


NO_AGREEMENT = ("Tot die er is, kan niemand", "want zonder afspraak kan niemand")
STANDING: dict[str, tuple[Callable[[SimpleNamespace], Any] | None, tuple[str, ...]]] = {
    "none": (None, NO_AGREEMENT),
    "draft": (lambda made: written(made.round), ("Tot die is voorgelegd en ondertekend, kan niemand",)),
    "waiting": (lambda made: signed(made.round, made.samira), ("Van organisaties die nog niet hebben ondertekend",)),
}


@pytest.mark.parametrize("standing", STANDING)
def test_what_the_page_says_of_an_agreement_that_does_not_hold_yet_is_so(client: Client, standing: str) -> None:
    made = table_parts.lay_table()
    reach, sentences = STANDING[standing]
    if reach:
        reach(made)
    story = table_parts.story(made.joris, made.round, f"Verhaal {CANARY}")
    client.force_login(made.samira)
    pages = (reverse(name, args=[made.round.slug]) for name in ("rounds:round", "rounds:agreement"))
    shown = "".join(client.get(page).content.decode() for page in pages)

    for sentence in sentences:
        assert sentence in " ".join(shown.split())
    assert not Story.objects.visible_to(made.samira).filter(pk=story.pk).exists()
    assert Story.objects.visible_to(made.joris).filter(pk=story.pk).exists()


def test_a_line_keeps_the_claims_that_wait_when_somebody_edits_it(table: SimpleNamespace, client: Client) -> None:
    line = PictureLine.objects.get(round=table.round)
    client.force_login(table.samira)
    page = reverse("rounds:edit_line", args=[table.round.slug, line.pk])
    given = {"version": line.version, "kind": "kracht", "text": "Buren groeten elkaar", "claims": [table.own.pk]}

    assert CANARY not in client.get(page).content.decode()
    assert client.post(page, given).status_code == 302
    assert set(line.claims.all()) == {table.own, table.claim}


def test_who_is_only_involved_is_not_asked_to_sign(table: SimpleNamespace) -> None:
    terms = TextSharingTerm.objects.active().filter(organisation=table.huub.organisation_id)

    assert set(terms.values_list("circle", flat=True)) == {table.round.core_id, table.round.ring_id}


@pytest.mark.parametrize("state", ["before signing", "signed", "taken back", "ended", "signed again"])
def test_a_database_of_before_is_filled_as_the_agreement_says(table: SimpleNamespace, state: str) -> None:
    STATES[state][0](table)
    terms = TextSharingTerm.objects.filter(circle__in=table.round.circles).values_list(
        "organisation", "circle", "until"
    )
    written = set(terms)
    assert bool(written) is (state != "ended")
    TextSharingTerm.objects.all().delete()

    import_module("buurtbalans.method.rounds.migrations.0002_text_sharing_terms").fill(apps, None)

    assert set(terms.all()) == written


@pytest.mark.parametrize("state", ["before signing", "signed", "taken back", "expired", "ended"])
def test_an_opinion_that_others_do_not_read_says_so_to_its_organisation_alone(
    table: SimpleNamespace, client: Client, state: str
) -> None:
    reach, stands = STATES[state]
    reach(table)
    waits = "Alleen uw organisatie leest deze mening"

    urls = [reverse("rounds:version", args=[table.round.slug, table.picture.number])]
    if state not in ("expired", "ended"):  # then the claim itself, of another organisation, is not read either
        urls.append(reverse("rounds:claim", args=[table.round.slug, table.own.pk]))
    for url in urls:
        client.force_login(table.joris)
        assert (waits in client.get(url).content.decode()) is not stands
        client.force_login(table.samira)
        page = client.get(url).content.decode()
        assert waits not in page
        assert "nog geen mening" not in page


def test_others_read_the_same_of_an_opinion_that_waits_and_of_none(table: SimpleNamespace, client: Client) -> None:
    url = reverse("rounds:claim", args=[table.round.slug, table.own.pk])
    client.force_login(table.samira)
    page = client.get(url).content.decode().split('id="mening"')[1].split("<h3>")
    Opinion.objects.filter(claim=table.own, organisation=table.team).delete()
    none = client.get(url).content.decode().split('id="mening"')[1].split("<h3>")

    ours, theirs = (next(part for part in parts if part.startswith("Buurtteam")) for parts in (page, none))
    assert ours.split("</li>")[0] == theirs.split("</li>")[0]
    assert "geen mening gedeeld" in ours
