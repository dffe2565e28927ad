"""The pages of deliveries: from a file to shared figures and back, in words, without a script."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buurtbalans.figures.intake.reading import BYTES, read_upload
from buurtbalans.method.datasets import actions
from buurtbalans.method.datasets.models import Delivery, DeliveryState, Draft, Reply, ReplyAnswer
from buurtbalans.method.datasets.queries import deliveries
from buurtbalans.method.people.models import Person
from tests.method.deliveries import ANSWERS, CODES, agreed, draft, kept, shared
from tests.site.people_fixtures import World

pytestmark = pytest.mark.slow
TEXT = "buurtcode;jaar;hulp;contact\n" + "".join(
    f"{code};2025;{40 + at};Jan Jansen\n" for at, code in enumerate(CODES[:6])
)


@pytest.fixture
def mine(world: World, data: object) -> Person:
    return world["core_member"]


@pytest.fixture
def signed_in(client: Client, mine: Person) -> Client:
    client.force_login(mine)
    return client


def send(client: Client, text: str, title: str = "Hulp bij schulden") -> object:
    file = SimpleUploadedFile("hulp.csv", text.encode())
    return client.post(reverse("datasets:upload"), {"title": title, "file": file})


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def fields(one: Draft, **more: str) -> dict[str, str]:
    """Return what the form of a draft sends."""
    roles = one.choices["roles"]
    sent = {f"rol-{place}": role for place, role in enumerate(roles)}
    return {**sent, **{f"naam-{place}": name for place, name in enumerate(one.choices["names"])}, **more}


def test_from_a_file_to_kept_figures(signed_in: Client) -> None:
    answer = send(signed_in, TEXT + f";2025;12;Piet Puk\n{CODES[8]};2025;;\n")
    one = Draft.objects.get()
    assert answer["Location"] == reverse("datasets:check", args=[one.pk])  # type: ignore[index]
    page = words(signed_in.get(answer["Location"]))  # type: ignore[index]
    for told in ("Rij 8, kolom A", "De buurtcode ontbreekt", "Waarom is er geen cijfer", "niet gelezen"):
        assert told in page
    assert "Jansen" not in page
    assert "Puk" not in page
    stays = signed_in.post(answer["Location"], fields(one, wat="bewaar"))  # type: ignore[index]
    assert (stays.status_code, Delivery.objects.count()) == (422, 0)
    right = {"cel-6-0": CODES[7], "reden-2": "not_measured", "naam-2": "Huishoudens met hulp"}
    again = signed_in.post(answer["Location"], {**fields(one), **right, "wat": "kijk"})  # type: ignore[index]
    assert again.status_code == 302
    one.refresh_from_db()
    done = signed_in.post(answer["Location"], {**fields(one), "wat": "bewaar", "wie": "eigen"})  # type: ignore[index]
    kept_now = Delivery.objects.get()
    assert done["Location"] == reverse("datasets:delivery", args=[kept_now.pk])
    assert kept_now.counts.count() == 8
    assert set(kept_now.counts.values_list("indicator", flat=True)) == {"Huishoudens met hulp"}
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("buurtcode;bsn\nBU03630001;111222333\n", "één rij per persoon"),
        ("", "leeg"),
        ("a;b\n1\n", "ander aantal kolommen"),
    ],
)
def test_a_refused_file_says_why_and_leaves_nothing(signed_in: Client, text: str, told: str) -> None:
    answer = send(signed_in, text)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert told in words(answer)
    assert not Draft.objects.exists()


def test_a_large_file_is_refused_before_it_is_read(signed_in: Client) -> None:
    answer = send(signed_in, "x" * (BYTES + 1))
    assert "groter dan 10 MB" in words(answer)


def test_counts_of_a_browser_start_at_the_check(signed_in: Client) -> None:
    counts = "area,period,count\n" + "".join(f"{code},2025,{20 + at}\n" for at, code in enumerate(CODES[:5]))
    sent = {"title": "Woningen", "indicator": "Sociale huurwoningen", "counts": counts}
    answer = signed_in.post(reverse("datasets:receive_counts"), sent)
    one = Draft.objects.get()
    assert answer["Location"] == reverse("datasets:check", args=[one.pk])
    assert one.choices["names"][2] == "Sociale huurwoningen"
    rows = signed_in.post(
        reverse("datasets:receive_counts"), {**sent, "counts": "area,count\n" + f"{CODES[0]},1\n" * 9}
    )
    assert rows.status_code == 422
    assert "één rij per persoon" in words(rows)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_can_be_read(signed_in: Client, kind: str) -> None:
    answer = signed_in.get(reverse("datasets:template", args=[kind]))
    assert f"aantallen-per-buurt.{kind}" in answer["Content-Disposition"]
    assert answer.content[:2] == (b"PK" if kind == "xlsx" else b"\xef\xbb")
    assert signed_in.get(reverse("datasets:template", args=["exe"])).status_code == 404


def test_the_template_filled_in_is_taken(signed_in: Client) -> None:
    text = signed_in.get(reverse("datasets:template", args=["csv"])).content.decode("utf-8-sig")
    filled = read_upload((text + f"{CODES[0]};Lindehof;2025;12\r\n").encode(), "sjabloon.csv")
    assert filled.header == ["buurtcode", "buurtnaam", "jaar", "aantal"]


def test_sharing_asks_four_questions_and_shows_what_stays_hidden(signed_in: Client, mine: Person, world: World) -> None:
    one = kept(mine)
    place = reverse("datasets:share", args=[one.pk])
    page = words(signed_in.get(place))
    assert "te weinig: minder dan 10" in page
    kring = f"kring-{world.core['own'].pk}"
    lacking = signed_in.post(place, {"version": 1, "audience": kring, "legal": "ja"})
    assert lacking.status_code == 422
    agreed(one, world.core["own"])
    done = signed_in.post(place, {"version": 1, "audience": kring, **ANSWERS}, follow=True)
    assert "Uw cijfers zijn gedeeld" in words(done)
    one.refresh_from_db()
    assert (one.state, one.circle) == (DeliveryState.SHARED, world.core["own"])
    again = signed_in.post(place, {"version": 1, "audience": "alle", **ANSWERS})
    assert again.status_code == 422
    assert "collega" in words(again)


def test_checking_and_sharing_say_the_same_of_who_sees_what(signed_in: Client, mine: Person) -> None:
    values = {CODES[0]: 14, **dict(zip(CODES[1:5], (3, 7, 9, 5), strict=True)), CODES[5]: 1_500, CODES[6]: 4_000}
    one = draft(mine, values)
    check = words(signed_in.get(reverse("datasets:check", args=[one.pk])))
    rest = "De rest is afgerond, met ‘ongeveer’ ervoor."
    assert f"Alle organisaties<small>5 aantallen blijven verborgen. {rest}</small>" in check
    assert "<small>4 aantallen blijven verborgen.</small>" in check  # the core group
    assert f"<small>4 aantallen blijven verborgen. {rest}</small>" in check  # the ring
    signed_in.post(reverse("datasets:check", args=[one.pk]), fields(one, wat="bewaar", wie="alle"))
    share = words(signed_in.get(reverse("datasets:share", args=[Delivery.objects.get().pk])))
    assert share.count("<p>4 aantallen verborgen") == 2
    assert share.count("<p>5 aantallen verborgen") == 1


def test_the_owner_reads_the_true_reason_in_words_for_homes_too(signed_in: Client, mine: Person) -> None:
    values = {CODES[0]: 14, **dict(zip(CODES[1:5], (3, 7, 9, 0), strict=True)), CODES[5]: 1_500, CODES[6]: 4_000}
    place = reverse("datasets:share", args=[kept(mine, values).pk])
    cells = {
        int(row[0]): row[1:]
        for row in (
            [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]
            for row in re.findall(r"<tr>.*?</tr>", words(signed_in.get(place)))[1:]
        )
        if row and row[0].isdecimal()
    }
    ten, twenty = "te weinig: minder dan 10", "te weinig: minder dan 20"
    for own in (3, 7, 9):
        assert cells[own] == [ten, ten, twenty]
    assert cells[14][2] == twenty
    assert "mensen" not in "".join(cell for row in cells.values() for cell in row)


def test_what_was_shared_just_now_is_there_to_use(signed_in: Client, mine: Person, world: World) -> None:
    core = world.core["own"]
    core.name = "Kerngroep Lindehof"
    core.save()
    one = kept(mine)
    place = reverse("datasets:delivery", args=[one.pk])
    assert "Nog niets. Deel ze met een kerngroep, dan kan die ze gebruiken." in words(signed_in.get(place))
    agreed(one, core)
    actions.share(by=mine, delivery=one, circle=core, version=1, **ANSWERS)
    assert "Nog niets. De kerngroep Lindehof kan ze gebruiken sinds vandaag." in words(signed_in.get(place))
    one.uses.update(at=datetime(2025, 3, 5, 12, tzinfo=UTC))
    assert "kan ze gebruiken sinds 5 maart 2025." in words(signed_in.get(place))
    one.terms.all().delete()
    assert "De afspraak over delen laat ze de kerngroep Lindehof nu niet zien." in words(signed_in.get(place))
    one.refresh_from_db()
    actions.share(by=mine, delivery=one, circle=None, version=one.version, **ANSWERS)
    assert "Alle organisaties kunnen ze gebruiken sinds vandaag." in words(signed_in.get(place))
    one.refresh_from_db()
    actions.withdraw_delivery(by=mine, delivery=one, version=one.version)
    page = words(signed_in.get(place))
    assert "<p>Nog niets.</p>" in page


def test_withdrawing_and_undoing(signed_in: Client, mine: Person, world: World) -> None:
    one = shared(mine, world.core["own"])
    done = signed_in.post(reverse("datasets:withdraw", args=[one.pk]), {"version": 2}, follow=True)
    assert "Andere organisaties kunnen deze cijfers niet meer zien" in words(done)
    undo = reverse("datasets:restore", args=[one.pk])
    assert f"{undo}?v=3" in words(done)
    assert "weer zoals ervoor" in words(signed_in.post(f"{undo}?v=3", follow=True))
    assert "collega" in words(signed_in.post(f"{undo}?v=x", follow=True))


def test_a_page_asks_once_in_which_releases_a_delivery_is_and_only_for_its_owner(
    client: Client, mine: Person, world: World
) -> None:
    one = shared(mine, world.core["own"])
    for who, times in ((mine, 1), (world["process_guide"], 0)):
        client.force_login(who)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("datasets:delivery", args=[one.pk]))
        assert sum('FROM "datasets_reply"' in each["sql"] for each in asked) == times


def test_others_see_no_small_count(client: Client, mine: Person, world: World) -> None:
    one = shared(mine, world.core["own"], values={CODES[0]: 7, CODES[1]: 61, CODES[2]: 150, CODES[3]: 987})
    client.force_login(world["process_guide"])
    page = words(client.get(reverse("datasets:delivery", args=[one.pk])))
    assert "987" in page
    assert ">7<" not in page
    assert ">61<" not in page
    assert "Intrekken" not in page
    client.force_login(world["foreign_core"])
    assert client.get(reverse("datasets:delivery", args=[one.pk])).status_code == 404


def test_a_supplier_answers_on_a_page(signed_in: Client, mine: Person, world: World) -> None:
    reply = Reply.objects.create(
        release="r1",
        delivery=shared(mine, None),
        asked_by=world["data_steward"],
        until=deliveries.term(timezone.localdate()),
    )
    assert "wacht op uw antwoord" in words(signed_in.get(reverse("datasets:deliveries")))
    place = reverse("datasets:reply", args=[reply.pk])
    assert signed_in.post(place, {"answer": "bezwaar"}).status_code == 422
    assert signed_in.post(place, {"answer": "bezwaar", "reason": "De telling klopt niet."}).status_code == 302
    reply.refresh_from_db()
    assert reply.answer == ReplyAnswer.OBJECTION


def test_a_draft_is_thrown_away_on_its_page(signed_in: Client, mine: Person) -> None:
    one = draft(mine)
    assert signed_in.post(reverse("datasets:discard", args=[one.pk])).status_code == 302
    assert not Draft.objects.exists()


def test_the_list_of_others(client: Client, mine: Person, world: World) -> None:
    shared(mine, None)
    client.force_login(world["foreign_core"])
    page = words(client.get(reverse("datasets:deliveries")))
    assert "Wat anderen met u deelden" in page
    assert "Nog geen cijfers" in page


@pytest.mark.parametrize(
    ("who", "there"), [("member", True), ("data_steward", True), ("guest", False), ("reader", False)]
)
def test_the_way_to_ones_own_figures(client: Client, world: World, data: object, who: str, there: bool) -> None:
    client.force_login(world[who])
    assert (f'href="{reverse("datasets:deliveries")}"' in words(client.get(reverse("account")))) is there
