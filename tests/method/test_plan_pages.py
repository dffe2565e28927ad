"""Pages of the plan: they open, say what is missing, take answers with one tap, and offer to undo."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from buurtbalans.method.plans.actions import conditions, efforts, progress
from buurtbalans.method.plans.models import Condition, Effort, PlanVersion, Progress, Result
from buurtbalans.method.rounds.queries.claims import claim_url
from buurtbalans.site.templatetags.components import icon
from tests.method.table import agreed_effort, agreed_result, evaluated, judged_claim, lay_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    laid = lay_table()
    laid.claim = judged_claim(laid)
    laid.result = agreed_result(laid, laid.claim)
    laid.effort = agreed_effort(laid, laid.result, where="De Spoel")
    laid.slug = laid.round.slug
    return laid


@pytest.fixture
def page(client, table):
    def at(name, *args, who=None, **data):
        client.force_login(who or table.joris)
        url = reverse(name, args=[table.slug, *args] if name.startswith("plans:") else args)
        return client.post(url, data) if data.pop("post", False) else client.get(url, data)

    return at


def undone(client, answer):
    """Press the undo of the message on the page that an answer leads to."""
    shown = client.get(answer.url).content.decode()
    undo = re.search(
        r'<form method="post" action="([^"]+)">[^<]*<input[^>]*><button class="knop knop--link">Ongedaan', shown
    )
    assert undo, shown[:2000]
    return client.post(undo[1])


def test_a_line_leads_to_claim_figure_and_story_and_on_to_the_evaluation(page, table):
    shown = page("plans:plan").content.decode()

    for way in ("", "#cijfers", "#verhalen"):
        assert f'href="{claim_url(table.claim)}{way}"' in shown
    assert f'href="{reverse("evaluation:lines", args=[table.slug])}#resultaat-{table.result.pk}"' in shown
    claim = page("plans:plan").client.get(claim_url(table.claim)).content.decode()
    assert "De lampen doen het niet." in claim
    assert 'id="cijfers"' in claim
    assert 'id="verhalen"' in claim


def test_only_what_is_done_has_a_tick(page, table):
    def drawn():
        shown = page("plans:plan").content.decode()
        return [
            re.search(rf"(<svg[^§]*?</svg>)<span><strong>{words}", shown.replace("\n", ""))[1].rpartition("<svg")[2]
            for words in ("Manier van meten:", "Evaluatie:")
        ]

    def icons(*names):
        return [icon(name, small=True).removeprefix("<svg") for name in names]

    assert drawn() == icons("leeg-rondje", "leeg-rondje")
    Result.objects.update(measured_by="Wij vragen het.")
    line = evaluated(table, table.result)
    for outcome, mark in (("bereikt", "bereikt"), ("deels", "genuanceerd"), ("niet", "tegengesproken")):
        type(line).objects.update(outcome=outcome)
        assert drawn() == icons("bevestigd", mark)


def test_a_proposal_is_answered_with_one_tap(page, table, client):
    asked = agreed_effort(table, table.result, by=table.samira, organisation=table.team, what="Belt iedereen.")
    shown = page("plans:plan").content.decode()
    assert reverse("plans:accept_effort", args=[table.slug, asked.pk]) in shown
    assert (
        reverse("plans:accept_effort", args=[table.slug, asked.pk])
        not in page("plans:plan", who=table.samira).content.decode()
    )

    assert page("plans:accept_effort", asked.pk, who=table.samira, post=True).status_code == 403
    assert page("plans:accept_effort", asked.pk, post=True).status_code == 302
    assert not Effort.objects.get(pk=asked.pk).is_proposal
    assert page("plans:decline_effort", asked.pk).status_code == 404


def test_a_no_is_said_with_a_reason_and_can_be_undone(page, table, client):
    asked = agreed_effort(table, table.result, by=table.samira, organisation=table.team, what="Belt iedereen.")

    assert page("plans:decline_effort", asked.pk, post=True, reason="").status_code == 422
    answer = page("plans:decline_effort", asked.pk, post=True, reason="Geen mensen tot de zomer.")
    assert "Geen mensen tot de zomer." in page("plans:plan", who=table.samira).content.decode()
    client.force_login(table.joris)
    efforts.restore_effort(by=table.joris, effort=Effort.objects.with_withdrawn().get(pk=asked.pk))
    assert Effort.objects.filter(pk=asked.pk).exists()
    assert answer.status_code == 302


@pytest.mark.parametrize("kind", ["result", "effort", "condition", "progress"])
def test_what_is_taken_away_offers_to_come_back(page, table, client, kind):
    condition = conditions.set_condition(
        by=table.joris, round=table.round, about="plaatsen", text="Begeleiding dichtbij.", claims=[table.claim]
    )
    day = timezone.localdate()
    told = progress.report_progress(by=table.joris, effort=table.effort, start=day, end=day, reached=20)
    model, line = {
        "result": (Result, table.result),
        "effort": (Effort, table.effort),
        "condition": (Condition, condition),
        "progress": (Progress, told),
    }[kind]

    answer = page(f"plans:withdraw_{kind}", line.pk, post=True)
    assert not model.objects.filter(pk=line.pk).exists()
    undone(client, answer)
    assert model.objects.filter(pk=line.pk).exists()


def test_a_new_effort_takes_its_words_and_evidence_from_the_list(page, table, client):
    url = reverse("plans:new_effort", args=[table.slug, table.result.pk])
    client.force_login(table.joris)
    form = client.get(url, {"uit": "buurtbemiddeling"}).content.decode()
    assert "Buurtbemiddeling door getrainde vrijwilligers" in form
    assert "Voorwaarden voor succes" in form

    given = {
        "intervention": "buurtbemiddeling",
        "organisation": table.team.pk,
        "what": "Start buurtbemiddeling.",
        "first_sign": "meer buren melden zich",
        "claims": [table.claim.pk],
        "since": "2026-11-24",
        "owner": "",
    }
    assert client.post(url, given).status_code == 302
    made = Effort.objects.last()
    assert (made.intervention, made.evidence_class) == ("buurtbemiddeling", "kansrijk")
    assert client.post(url, given | {"intervention": ""}).status_code == 302
    assert Effort.objects.last().evidence_class == "eigen_idee"
    assert client.post(url, given | {"owner": table.samira.pk}).status_code == 422


def test_the_result_form_fixes_how_it_will_be_measured(page, table, client):
    url = reverse("plans:edit_result", args=[table.slug, table.result.pk])
    client.force_login(table.samira)
    given = {
        "version": 1,
        "title": "Veilig",
        "per_what": "van de 100",
        "target_low": 56,
        "target_high": 64,
        "target_year": 2027,
        "measured_by": "Hetzelfde onderzoek",
        "measured_on": "2027-12-01",
        "measured_with": table.town.pk,
        "asked_too": "Dezelfde vragen op de markt",
    }

    assert client.post(url, given).status_code == 302
    shown = client.get(reverse("plans:plan", args=[table.slug])).content.decode()
    for words in (
        "Hetzelfde onderzoek",
        "december 2027",
        "Deze meting wordt gedaan door Gemeente",
        "Dezelfde vragen op de markt",
    ):
        assert words in shown
    assert client.post(url, given).status_code == 409


def test_agreeing_says_first_what_is_missing_and_a_version_stays(page, table, client):
    shown = page("plans:agree", who=table.samira).content.decode()
    assert "nog niet hoe, wanneer" in shown
    assert page("plans:agree").status_code == 403

    assert page("plans:agree", who=table.samira, post=True).url.endswith("/versies/1/")
    assert page("plans:agree", who=table.samira, post=True).status_code == 422
    efforts.edit_effort(by=table.joris, effort=table.effort, version=1, what="Opent vaker het buurthuis.")
    assert "vaker" in page("plans:agree", who=table.samira).content.decode()
    page("plans:agree", who=table.samira, post=True)
    second = page("plans:version", 2).content.decode()
    assert "<ins>vaker " in second
    assert "Opent vaker het buurthuis." in second
    assert "Opent het buurthuis." in page("plans:version", 1).content.decode()
    assert page("plans:version", 3).status_code == 404
    assert PlanVersion.objects.count() == 2


def test_small_numbers_stay_with_who_reached_them(page, table):
    day = timezone.localdate()
    progress.report_progress(by=table.joris, effort=table.effort, start=day, end=day, reached=7)

    assert "7 mensen bereikt" in page("plans:plan").content.decode()
    others = page("plans:plan", who=table.samira).content.decode()
    assert "minder dan 10 mensen bereikt" in others
    assert "7 mensen" not in others
    told = Progress.objects.get()
    assert page("plans:edit_progress", told.pk, who=table.samira).status_code == 404
    assert page("plans:edit_progress", told.pk).status_code == 200


def test_who_does_what_is_one_list_and_one_tap_keeps_it_true(page, table, client):
    Effort.objects.update(confirmed_on=timezone.localdate() - timedelta(300))
    shown = page("presence").content.decode()
    assert "Opent het buurthuis." in shown
    assert "De Spoel" in shown
    assert "Dit klopt nog" in shown
    assert "Opent het buurthuis." not in page("presence", who=table.noor).content.decode()
    assert "Opent het buurthuis." in page("presence", oud="1", organisatie="buurtteam").content.decode()
    assert "Opent het buurthuis." not in page("presence", organisatie="gemeente").content.decode()
    assert "Opent het buurthuis." not in page("presence", thema="veiligheid").content.decode()
    assert "Opent het buurthuis." in page("presence", thema="eigen-idee").content.decode()
    assert "Opent het buurthuis." in page("presence", gebied="BU99990301", ronde=table.slug).content.decode()
    assert "Opent het buurthuis." not in page("presence", gebied="BU99990302").content.decode()

    client.force_login(table.joris)
    answer = client.post(reverse("confirm_from_list", args=[table.effort.pk]), {"vraag": "oud=1"})
    assert answer.url == f"{reverse('presence')}?oud=1#regel-{table.effort.pk}"
    assert "Opent het buurthuis." not in page("presence", oud="1").content.decode()
    assert page("presence", who=table.samira).content.decode().count("Dit klopt nog") == 1
    client.force_login(table.noor)
    assert client.post(reverse("confirm_from_list", args=[table.effort.pk])).status_code == 404


def test_a_proposal_is_no_presence(page, table):
    agreed_effort(table, table.result, by=table.samira, organisation=table.team, what="Belt iedereen.")

    assert "Belt iedereen." not in page("presence").content.decode()


def test_the_list_of_what_works_is_open_and_says_who_does_it_already(client, table):
    shown = client.get(reverse("interventions")).content.decode()
    assert "Wat helpt bij" in shown
    assert "Wordt al gedaan door" not in shown
    found = client.get(reverse("interventions"), {"q": "lampen", "bewijs": "bewezen"}).content.decode()
    assert "Betere verlichting waar mensen lopen" in found
    assert "Camera" not in found
    nothing = client.get(reverse("interventions"), {"q": "zoiets is er niet"}).content.decode()
    assert "Geen maatregel gevonden" in nothing
    assert client.get(reverse("intervention", args=["verlichting"])).status_code == 200
    assert client.get(reverse("intervention", args=["onzin"])).status_code == 404
    agreed_effort(table, table.result, intervention="verlichting", evidence_class="bewezen")
    client.force_login(table.samira)
    assert "Wordt al gedaan door" in client.get(reverse("interventions")).content.decode()
    choosing = client.get(reverse("intervention", args=["verlichting"]), {"voor": table.result.pk}).content.decode()
    assert f"{reverse('plans:new_effort', args=[table.slug, table.result.pk])}?uit=verlichting" in choosing
    client.force_login(table.noor)
    assert client.get(reverse("interventions"), {"voor": table.result.pk}).status_code == 404
