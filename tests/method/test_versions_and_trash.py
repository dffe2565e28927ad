"""Nobody's work is lost: every text has its versions, goes to the trash and comes back, and shows nothing too wide."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from buurtbalans.method.base import actions as text_actions
from buurtbalans.method.base.models import AuditRow, EditConflict, PastVersion, Text
from buurtbalans.method.base.trash import TRASH_PERIOD
from buurtbalans.method.base.versions import compare, differences, field_words, history, value_words
from buurtbalans.method.capacities.models import Support
from buurtbalans.method.rounds.actions import claims, picture, round
from buurtbalans.method.rounds.actions import versions as versions_actions
from buurtbalans.method.rounds.models import Claim, Evidence, Opinion, PictureLine, Round
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.stories.actions import stories as stories_actions
from buurtbalans.method.stories.models import Story
from buurtbalans.site.texts import KINDS
from tests.method.table import agreed_result, evaluated, judged_claim, lay_table, ring_member, story

pytestmark = pytest.mark.django_db
CLAIM, STORY = KINDS["rounds.claim"], KINDS["stories.story"]

# What belongs to a neighbourhood, or is the round itself.
NO_PLACE = {"stories.story", "stories.feeling", "rounds.round", "places.landmark"}


def claim_of(table):
    return claims.create_claim(by=table.joris, round=table.round, text="Het plein is leeg")


def numbers(text, kind, viewer):
    return [version.number for version in history(text, kind, viewer)[0]]


def test_every_text_has_its_line():
    texts = {model._meta.label_lower for model in apps.get_models() if issubclass(model, Text)}
    assert texts <= set(KINDS)
    for label in texts:
        model, kind = apps.get_model(label), KINDS[label]
        assert kind.fields
        assert all(model._meta.get_field(name) for name in kind.fields), label
        assert not [name for name in kind.fields if field_words(model, name) == name], label  # no word of the code
        assert kind.stays or kind.round_path or label in NO_PLACE, label
        assert model._meta.model_name in apps.get_app_config(model._meta.app_label).audit_things


def test_two_texts_are_woven_word_by_word():
    assert compare("het plein is leeg", "het plein is te leeg") == [
        ("both", "het plein is "),
        ("new", "te "),
        ("both", "leeg"),
    ]
    assert differences("a b", "a c") == ([("a ", False), ("b", True)], [("a ", False), ("c", True)])
    assert compare("", "") == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("review_on", date(2027, 6, 1), "1 juni 2027"),
        ("need_low", 1.5, "1,5"),
        ("need_high", 14.0, "14"),
        ("kind", "begeleiding", "begeleiding"),
        ("what", "", ""),
    ],
)
def test_a_value_reads_as_people_write_it(name, value, words):
    assert value_words(Support(), name, value) == words


def test_history_tells_who_changed_what_and_goes_back_by_a_new_version():
    table = lay_table()
    claim = claim_of(table)
    claims.edit_claim(by=table.samira, claim=claim, version=1, text="Het plein is vol")

    now, first = history(claim, CLAIM, table.joris)[0]
    assert (now.number, now.by, first.number, first.by) == (2, table.samira, 1, table.joris)
    assert dict(now.changes)["stelling"] == [("both", "Het plein is "), ("old", "leeg"), ("new", "vol")]

    text_actions.revert_text(by=table.joris, text=claim, kind=CLAIM, version=1, now=2)
    assert (claim.text, claim.version) == ("Het plein is leeg", 3)
    verbs = list(AuditRow.objects.values_list("verb", flat=True))
    assert verbs[-2:] == ["rounds.edit_claim", "base.revert_text"]


def test_going_back_is_refused_with_words():
    table = lay_table()
    claim = claim_of(table)
    claims.edit_claim(by=table.joris, claim=claim, version=1, text="Anders")
    with pytest.raises(PermissionDenied):
        text_actions.revert_text(by=table.noor, text=claim, kind=CLAIM, version=1, now=2)
    with pytest.raises(EditConflict):
        text_actions.revert_text(by=table.joris, text=claim, kind=CLAIM, version=1, now=1)
    for version, code in ((9, "gone"), (2, "same")):
        with pytest.raises(ValidationError) as refused:
            text_actions.revert_text(by=table.joris, text=claim, kind=CLAIM, version=version, now=2)
        assert refused.value.code == code


def test_what_was_judged_goes_back_with_its_verdict():
    table = lay_table()
    claim = judged_claim(table)
    claims.judge(by=table.samira, claim=claim, version=claim.version, verdict="bevestigd", reason="Toch wel.")
    text_actions.revert_text(by=table.samira, text=claim, kind=CLAIM, version=claim.version - 1, now=claim.version)
    assert (claim.verdict, claim.reason) == ("genuanceerd", "In de winter wel.")


def test_an_evaluation_goes_back_with_its_figure():
    table = lay_table()
    line = evaluated(table, agreed_result(table, judged_claim(table)))
    kind = KINDS["evaluation.evaluationline"]
    was = line.now
    kind.edits[0].write(
        by=table.samira,
        of=line,
        version=1,
        outcome="onbekend",
        now=None,
        reason="Toch niet.",
        next="stoppen",
        next_text="",
        voice=None,
    )
    text_actions.revert_text(by=table.samira, text=line, kind=kind, version=1, now=2)
    assert (line.outcome, line.now) == ("bereikt", was)


def test_who_reads_along_later_does_not_see_what_it_was_before():
    table = lay_table()
    told = story(table.joris, table.round, "Mevrouw Jansen zei het.", circle=table.team.circle)
    stories_actions.update_story(by=table.joris, story=told, version=1, text="Een buurvrouw zei het.")
    stories_actions.share_contribution(by=table.joris, story=told, circle=table.round.core, seen=True)

    assert numbers(told, STORY, table.joris) == [3, 2, 1]
    versions, kept_back = history(told, STORY, table.samira)
    assert [version.number for version in versions] == [3]
    assert kept_back
    assert "Jansen" not in str(versions[0].changes)


def test_a_line_of_the_picture_keeps_for_whom_it_was():
    table = lay_table()
    gp, claim = ring_member(table), judged_claim(table)
    line = picture.create_line(by=table.samira, round=table.round, kind="kracht", text="Geheim", claims=[claim])
    picture.edit_line(by=table.samira, line=line, version=1, text="Open")
    round.edit_round(by=table.samira, round=table.round, version=1, finding="Stil")
    versions_actions.share_picture(by=table.samira, round=table.round)
    line.refresh_from_db()
    kind = KINDS["rounds.pictureline"]
    assert line in kind.visible_to(gp)
    assert "Geheim" not in str([version.changes for version in history(line, kind, gp)[0]])
    assert len(numbers(line, kind, table.joris)) == 3


def test_a_past_version_is_erased_by_its_author_for_ever():
    table = lay_table()
    told = story(table.joris, table.round, "Mevrouw Jansen zei het.")
    stories_actions.update_story(by=table.joris, story=told, version=1, text="Een buurvrouw zei het.")
    with pytest.raises(PermissionDenied):
        text_actions.erase_version(by=table.samira, text=told, kind=STORY, version=1)

    text_actions.erase_version(by=table.joris, text=told, kind=STORY, version=1)

    assert "Jansen" not in str(list(PastVersion.objects.values_list("fields", flat=True)))
    assert history(told, STORY, table.joris)[0][1].erased
    assert AuditRow.objects.last().verb == "base.erase_version"
    assert "Jansen" not in str(AuditRow.objects.last().detail)
    for again in (text_actions.erase_version, lambda **given: text_actions.revert_text(now=2, **given)):
        with pytest.raises(ValidationError):
            again(by=table.joris, text=told, kind=STORY, version=1)


def test_what_is_withdrawn_is_nowhere_and_comes_back_as_it_was():
    table = lay_table()
    claim = judged_claim(table)
    claims.give_opinion(by=table.joris, claim=claim, stance="eens")
    text_actions.withdraw_text(by=table.joris, text=claim, kind=CLAIM)

    assert not Claim.objects.visible_to(table.samira).exists()
    assert not Opinion.objects.visible_to(table.samira).exists()
    assert not Evidence.objects.visible_to(table.samira).exists()
    with pytest.raises(EditConflict):
        claim.change(by=table.joris, version=claim.version, text="Te laat")
    with pytest.raises(EditConflict):
        text_actions.withdraw_text(by=table.samira, text=claim, kind=CLAIM)

    text_actions.restore_text(by=table.samira, text=claim, kind=CLAIM)
    assert Claim.objects.visible_to(table.joris).get().verdict == "genuanceerd"
    assert Opinion.objects.visible_to(table.joris).exists()
    with pytest.raises(ValidationError):
        text_actions.restore_text(by=table.samira, text=claim, kind=CLAIM)
    assert list(AuditRow.objects.filter(verb__contains="_text").values_list("verb", flat=True)) == [
        "base.withdraw_text",
        "base.restore_text",
    ]


def test_what_something_rests_on_is_not_taken_away():
    table = lay_table()
    claim = judged_claim(table)
    agreed_result(table, claim)
    with pytest.raises(ValidationError) as refused:
        text_actions.withdraw_text(by=table.samira, text=claim, kind=CLAIM)
    assert "doel (1)" in refused.value.messages[0]
    for by in (table.noor, ring_member(table)):
        with pytest.raises(PermissionDenied):
            text_actions.withdraw_text(by=by, text=claim, kind=CLAIM)


def test_a_whole_round_goes_to_the_trash_and_back(client):
    table = lay_table()
    judged_claim(table)
    text_actions.withdraw_text(by=table.samira, text=table.round, kind=KINDS["rounds.round"])
    client.force_login(table.samira)
    assert client.get(reverse("rounds:round", args=[table.round.slug])).status_code == 404
    assert not Claim.objects.visible_to(table.samira).exists()
    assert str(table.round) in client.get(reverse("trash")).content.decode()
    client.post(reverse("restore_text", args=["rounds.round", table.round.pk]))
    assert Round.objects.get() == table.round
    assert Claim.objects.visible_to(table.samira).exists()


@pytest.mark.parametrize("label", sorted(label for label, kind in KINDS.items() if kind.stays))
def test_what_stays_says_so(label):
    kind = KINDS[label]
    assert str(kind.stays)
    assert not kind.can_withdraw(object(), object())


def test_the_trash_shows_content_only_to_who_may_bring_it_back(client):
    table = lay_table()
    claim = claims.create_claim(by=table.samira, round=table.round, text="Hier stond een naam")
    page = reverse("round_trash", args=[table.round.slug])
    client.force_login(table.samira)
    sent = client.post(reverse("withdraw_text", args=["rounds.claim", claim.pk]), follow=True)
    assert reverse("restore_text", args=["rounds.claim", claim.pk]) in sent.content.decode()
    assert "Hier stond een naam" in client.get(page).content.decode()
    client.force_login(table.joris)
    seen = client.get(page).content.decode()
    assert "Samira" in seen
    assert "Hier stond een naam" not in seen
    assert client.get(reverse("history", args=["rounds.claim", claim.pk])).status_code == 404
    client.force_login(table.noor)
    assert client.get(page).status_code == 404


def test_a_withdrawn_story_lies_in_the_trash_of_its_round_for_who_may_bring_it_back(client):
    table = lay_table()
    claim = judged_claim(table)
    told = claim.evidence.get(story__isnull=False).story
    waiting = stories_actions.create_story(
        by=table.joris,
        neighbourhood=table.round.neighbourhood,
        text="Dit wacht nog.",
        source="bewoner",
        circle=table.round.core,
        seen=True,
    )
    pages = [reverse("round_trash", args=[table.round.slug]), claims_queries.claim_url(claim)]
    for each in (told, waiting):
        stories_actions.withdraw_story(by=table.joris, story=each)

    def seen(person):
        client.force_login(person)
        return [client.get(page).content.decode() for page in pages]

    trash, evidence = seen(table.joris)
    assert told.text in trash
    assert waiting.text in trash
    assert "1 verhaal is ingetrokken." in evidence
    assert "Er is nog geen verhaal" not in evidence
    trash, evidence = seen(table.samira)
    assert "De prullenbak is leeg" in trash
    assert "1 verhaal is ingetrokken." in evidence
    assert told.text not in evidence


def test_the_pages_of_history_say_what_is_refused(client):
    table = lay_table()
    claim = claim_of(table)
    claims.edit_claim(by=table.joris, claim=claim, version=1, text="Het plein is vol")
    client.force_login(table.joris)
    page = reverse("history", args=["rounds.claim", claim.pk])
    assert "<del>leeg</del><ins>vol</ins>" in client.get(page).content.decode()
    back = reverse("revert_text", args=["rounds.claim", claim.pk])
    assert client.post(back, {"to": "1", "now": "1"}).status_code == 409
    assert "Deze versie bestaat niet meer" in client.post(back, {"to": "7", "now": "2"}, follow=True).content.decode()
    assert "eerdere tekst is hersteld" in client.post(back, {"to": "1", "now": "2"}, follow=True).content.decode()
    assert client.get(reverse("history", args=["rounds.nothing", 1])).status_code == 404


def test_the_trash_is_kept_ninety_days_and_then_erased_with_its_versions():
    table = lay_table()
    claim = claim_of(table)
    claims.edit_claim(by=table.joris, claim=claim, version=1, text="Anders")
    needed = judged_claim(table)
    told = Story.objects.get()
    text_actions.withdraw_text(by=table.joris, text=claim, kind=CLAIM)
    stories_actions.withdraw_story(by=table.joris, story=told)
    soon = timezone.now() + TRASH_PERIOD - timedelta(hours=1)
    assert text_actions.empty_trash(by=None, kinds=KINDS.values(), now=soon) == 0

    assert text_actions.empty_trash(by=None, kinds=KINDS.values(), now=soon + timedelta(hours=2)) == 2
    assert not Claim.objects.with_withdrawn().filter(pk=claim.pk).exists()
    assert not PastVersion.objects.filter(about=claim.label).exists()
    told.refresh_from_db()
    assert told.text == "–"
    assert needed.evidence.filter(story=told).exists()
    assert text_actions.empty_trash(by=None, kinds=KINDS.values(), now=soon + timedelta(hours=2)) == 0
    assert not PictureLine.objects.exists()
