"""The shared picture: lines that move and come back, versions that never change, dissent and residents in them."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow, EditConflict
from buurtbalans.method.rounds import panels
from buurtbalans.method.rounds.actions import claims, gaps, picture, publication, round, versions
from buurtbalans.method.rounds.models import Comment, PictureLine, PictureVersion
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.rounds.queries import picture as picture_queries
from buurtbalans.method.rounds.queries import round as round_queries
from buurtbalans.method.rounds.queries import versions as versions_queries
from buurtbalans.site.papers.picture import unknown_blocks
from buurtbalans.site.papers.picture_content import picture_content
from tests.method.publishing import published
from tests.method.table import figure, judged_claim, lay_table, opened, ring_member, story

pytestmark = pytest.mark.django_db
CORE_ONLY = "De kanarie zingt voor de kerngroep"


def last(verb):
    return AuditRow.objects.filter(verb=f"rounds.{verb}").last()


def refused(code, write, **given):
    with pytest.raises(ValidationError) as refusal:
        write(**given)
    assert refusal.value.code == code


@pytest.fixture
def table():
    """A round with a judged claim, somebody who disagrees, and a picture of two lines."""
    table = lay_table()
    table.claim = judged_claim(table)
    claims.give_opinion(by=table.joris, claim=table.claim, stance="oneens", words="Het plein is vol.")
    round.edit_round(by=table.samira, round=table.round, version=1, finding="Een stil plein", need="Licht")
    table.strength = picture.create_line(
        by=table.samira, round=table.round, kind="kracht", text="Buren helpen elkaar.", claims=[table.claim]
    )
    table.concern = picture.create_line(
        by=table.samira, round=table.round, kind="zorg", text="Het plein is donker.", claims=[table.claim]
    )
    return table


def lay(table):
    return versions.submit_version(by=table.samira, round=table.round)


def texts(table):
    return [line.text for _kind, lines in picture_queries.picture_of(table.round, table.joris) for line in lines]


def test_a_line_is_moved_to_another_kind_with_what_it_rests_on(table):
    line = picture.edit_line(
        by=table.samira,
        line=table.concern,
        version=1,
        text="Licht maakt het plein fijn.",
        kind="kans",
        claims=[table.claim],
    )

    assert (line.kind, line.past.get().fields) == ("kans", {"text": "Het plein is donker.", "kind": "zorg"})
    refused(
        "rests_on_nothing", picture.edit_line, by=table.samira, line=line, version=2, text="x", kind="zorg", claims=[]
    )
    picture.edit_line(by=table.samira, line=line, version=2, text="De lampen zijn stuk.", kind="oorzaak", claims=[])
    assert not line.claims.exists()
    with pytest.raises(EditConflict):
        picture.edit_line(by=table.samira, line=line, version=2, text="x")
    with pytest.raises(PermissionDenied):
        picture.edit_line(by=table.joris, line=line, version=3, text="x")


def test_lines_change_places_within_their_kind(table):
    third = picture.create_line(by=table.samira, round=table.round, kind="zorg", text="Derde.", claims=[table.claim])
    PictureLine.objects.update(order=0)  # as lines of before there was an order

    picture.move_line(by=table.samira, line=third, up=True)
    assert texts(table) == ["Buren helpen elkaar.", "Derde.", "Het plein is donker."]
    picture.move_line(by=table.samira, line=third, up=True)
    assert texts(table)[1] == "Derde."
    picture.move_line(by=table.samira, line=third, up=False)
    assert texts(table)[2] == "Derde."
    assert last("move_line").detail == {"up": False}
    with pytest.raises(PermissionDenied):
        picture.move_line(by=table.joris, line=third, up=True)


def test_a_line_is_taken_out_and_put_back_where_it_stood(table):
    picture.withdraw_line(by=table.samira, line=table.strength)
    assert texts(table) == ["Het plein is donker."]
    assert last("withdraw_line") is not None

    picture.restore_line(by=table.samira, line=table.strength)
    assert texts(table) == ["Buren helpen elkaar.", "Het plein is donker."]
    refused("there", picture.restore_line, by=table.samira, line=table.strength)
    for write in (picture.withdraw_line, picture.restore_line):
        with pytest.raises(PermissionDenied):
            write(by=table.joris, line=table.strength)


def test_a_version_freezes_the_picture_with_all_it_rests_on(table):
    version = lay(table)

    content = version.content
    line = content["lines"][0]
    laid = table.claim.evidence.all()
    assert (content["finding"], line["text"], line["number"]) == ("Een stil plein", "Buren helpen elkaar.", 1)
    assert line["claims"] == [
        {
            "id": table.claim.pk,
            "version": table.claim.version,
            "verdict": "genuanceerd",
            "figures": [laid[0].pk],
            "stories": [laid[1].pk],
        }
    ]
    assert content["dissent"][0]["lines"] == [table.strength.pk, table.concern.pk]
    assert [each["name"] for each in content["asked"]] == ["Gemeente", "Buurtteam"] or len(content["asked"]) == 2
    assert last("submit_version").detail == {"round": table.round.pk}

    picture.edit_line(by=table.samira, line=table.strength, version=1, text="Anders.")
    version.refresh_from_db()
    assert version.content == content


def test_an_empty_picture_and_the_same_picture_are_not_laid_before_anybody(table):
    lay(table)
    refused("same", versions.submit_version, by=table.samira, round=table.round)
    with pytest.raises(PermissionDenied):
        versions.submit_version(by=table.joris, round=table.round)
    for line in (table.strength, table.concern):
        picture.withdraw_line(by=table.samira, line=line)
    refused("empty", versions.submit_version, by=table.samira, round=table.round)


def test_nothing_that_leads_to_a_person_is_laid_before_organisations(table):
    PictureLine.objects.filter(pk=table.strength.pk).update(text="Bel 06 12345678.")
    refused("traces", versions.submit_version, by=table.samira, round=table.round)


def test_organisations_agree_or_say_what_they_see_otherwise(table):
    version = lay(table)
    given = {"by": table.joris, "picture": version}

    refused("no_words", versions.give_version_opinion, stance="oneens", **given)
    refused("stance", versions.give_version_opinion, stance="misschien", **given)
    refused("traces", versions.give_version_opinion, stance="oneens", words="Mail mij: a@b.nl", **given)
    voice = versions.give_version_opinion(stance="kanttekening", words="Alleen in de winter.", **given)
    assert last("give_version_opinion").detail == {"picture": version.pk, "stance": "kanttekening"}
    with pytest.raises(EditConflict):
        versions.give_version_opinion(stance="eens", **given)
    versions.give_version_opinion(stance="eens", version=voice.version, **given)
    assert [name for _pk, name in versions_queries.silent(version)] == ["Gemeente"]
    for stranger in (table.noor, ring_member(table)):
        with pytest.raises(PermissionDenied):
            versions.give_version_opinion(by=stranger, picture=version, stance="eens")


def test_a_version_is_agreed_with_who_did_not_answer_and_then_stays_as_it_is(table):
    version = lay(table)
    refused("no_voice", versions.agree_version, by=table.samira, picture=version)
    versions.give_version_opinion(by=table.joris, picture=version, stance="oneens", words="Het plein is vol.")
    with pytest.raises(PermissionDenied):
        versions.agree_version(by=table.joris, picture=version)

    versions.agree_version(by=table.samira, picture=version)

    assert last("agree_version").detail == {"silent": ["Gemeente"]}
    assert [voice.words for voice in versions_queries.voices_of(version, table.samira)] == ["Het plein is vol."]
    refused("agreed", versions.give_version_opinion, by=table.samira, picture=version, stance="eens")
    refused("agreed", versions.agree_version, by=table.samira, picture=version)


def test_a_change_after_agreement_is_a_new_version_that_says_what_changed(table):
    first = lay(table)
    versions.give_version_opinion(by=table.joris, picture=first, stance="eens")
    versions.agree_version(by=table.samira, picture=first)
    assert versions_queries.latest_version(table.round, table.joris) == (first, False)

    picture.edit_line(by=table.samira, line=table.concern, version=1, text="Het plein is ’s avonds donker.")
    picture.withdraw_line(by=table.samira, line=table.strength)
    picture.create_line(by=table.samira, round=table.round, kind="oorzaak", text="Lampen stuk.")
    assert versions_queries.latest_version(table.round, table.joris) == (first, True)
    second = lay(table)

    found = [
        (change.what, "".join(piece for piece, _new in change.after))
        for change in versions_queries.changes(first, second)
    ]
    assert found == [("changed", "Het plein is ’s avonds donker."), ("new", "Lampen stuk."), ("gone", "")]
    assert second.number == 2
    refused("older", versions.give_version_opinion, by=table.samira, picture=_reopened(first), stance="eens")


def _reopened(version):
    version.agreed_at = None
    return version


def test_a_verdict_that_changed_is_a_change_of_what_a_line_rests_on(table):
    first = lay(table)
    table.claim.refresh_from_db()
    claims.judge(
        by=table.samira, claim=table.claim, version=table.claim.version, verdict="bevestigd", reason="Toch wel."
    )

    assert {change.what for change in versions_queries.changes(first, lay(table))} == {"moved"}


def test_the_ring_reads_a_version_when_it_is_shared_and_nothing_that_lies_below_it(table, client):
    gp = ring_member(table)
    claim = claims.create_claim(by=table.joris, round=table.round, text=f"{CORE_ONLY} 1")
    claims.add_figure(by=table.joris, claim=claim, figure=figure(sentence=f"{CORE_ONLY} 2", period=2020), says="ja")
    told = story(table.joris, table.round, text=f"{CORE_ONLY} 3")
    claims.add_story(by=table.joris, claim=claim, story=told, says="nee", note=f"{CORE_ONLY} 4")
    opened(table.samira, claim)
    claims.judge(by=table.samira, claim=claim, version=claim.version, verdict="genuanceerd", reason=f"{CORE_ONLY} 5")
    gaps.create_gap(
        by=table.joris, round=table.round, what=f"{CORE_ONLY} 6", organisation=table.team, whom="x", before=None
    )
    picture.create_line(by=table.samira, round=table.round, kind="zorg", text="Nog een zorg.", claims=[claim])
    lay(table)
    assert not versions_queries.picture_versions(table.round, gp)

    versions.share_picture(by=table.samira, round=table.round)

    version = versions_queries.picture_versions(table.round, gp).get()
    assert CORE_ONLY not in json.dumps(version.content)
    client.force_login(gp)
    for url in (versions_queries.version_url(version), picture_queries.picture_url(table.round)):
        page = client.get(url).content.decode()
        assert "Nog een zorg." in page
        assert "Het plein is vol." not in page  # only the core group reads who sees a conclusion otherwise
        assert CORE_ONLY not in page
    client.force_login(table.joris)
    assert CORE_ONLY in client.get(claims_queries.claim_url(claim)).content.decode()


def test_sharing_makes_a_version_and_a_later_line_waits_for_the_next_one(table):
    gp = ring_member(table)
    assert versions.share_picture(by=table.samira, round=table.round) == 2
    later = picture.create_line(by=table.samira, round=table.round, kind="kans", text="Later.", claims=[table.claim])

    assert later.circle == table.round.core
    assert "Later." not in json.dumps(versions_queries.picture_versions(table.round, gp).get().content)
    versions.share_picture(by=table.samira, round=table.round)
    assert PictureVersion.objects.count() == 2


@pytest.fixture
def agreed(table):
    """The table with a version that was shared with the ring and agreed, one organisation against."""
    versions.share_picture(by=table.samira, round=table.round)
    table.version = versions_queries.newest(table.round)
    versions.give_version_opinion(by=table.joris, picture=table.version, stance="oneens", words="Wij zien het anders.")
    table.gp = ring_member(table)
    return table


def test_everybody_reads_an_agreed_version_only_and_it_can_be_taken_back(agreed, client):
    version, public = agreed.version, reverse("rounds:public_picture", args=[agreed.round.slug])
    refused("not_agreed", publication.publish_version, by=agreed.samira, picture=version)
    versions.agree_version(by=agreed.samira, picture=version)
    with pytest.raises(PermissionDenied):
        publication.publish_version(by=agreed.joris, picture=version)
    assert client.get(public).status_code == 404

    published(agreed.samira, version, agreed.joris)

    page = client.get(public)
    assert page.status_code == 200
    assert all(words in page.content.decode() for words in ("Buren helpen elkaar.", "Wij zien het anders.", "Gemeente"))
    assert "Onderbouwing" not in page.content.decode()
    assert client.get(versions_queries.version_url(version)).status_code == 302  # all else asks to sign in

    publication.unpublish_version(by=agreed.samira, picture=version)
    assert client.get(public).status_code == 404
    refused("not_public", publication.unpublish_version, by=agreed.samira, picture=version)
    with pytest.raises(PermissionDenied):
        publication.unpublish_version(by=agreed.joris, picture=version)
    assert [row.verb for row in AuditRow.objects.order_by("-sequence")[:2]] == [
        "rounds.unpublish_version",
        "rounds.publish_version",
    ]


def test_words_that_lead_to_a_person_are_never_published(agreed):
    versions.agree_version(by=agreed.samira, picture=agreed.version)
    agreed.version.voices.update(words="Bel 06 12345678.")
    refused("traces", published, guide=agreed.samira, picture=agreed.version)
    assert not agreed.version.is_public


def test_a_comment_of_a_resident_gets_an_answer(agreed):
    given = {"picture": agreed.version, "who": "bewoner", "text": "Zaterdag is er markt."}
    said = versions.comment(by=agreed.gp, **given)
    assert last("comment").detail == {"picture": agreed.version.pk}
    assert [str(task.title) for task in panels.tasks(agreed.samira)] == [
        "Mening geven over het gedeelde beeld",
        "Reactie van een bewoner beantwoorden",
    ]
    assert "Reactie van een bewoner beantwoorden" not in [str(task.title) for task in panels.tasks(agreed.joris)]

    for who in (agreed.joris, agreed.gp):
        with pytest.raises(PermissionDenied):
            versions.answer_comment(by=who, comment=said, version=1, answer="Klopt.")
    refused("empty", versions.answer_comment, by=agreed.samira, comment=said, version=1, answer=" ")
    refused("traces", versions.answer_comment, by=agreed.samira, comment=said, version=1, answer="a@b.nl")
    versions.answer_comment(by=agreed.samira, comment=said, version=1, answer="Klopt.")
    with pytest.raises(EditConflict):
        versions.answer_comment(by=agreed.samira, comment=said, version=1, answer="Nee.")
    assert last("answer_comment").detail == {"version": 2}
    assert "Reactie van een bewoner beantwoorden" not in [str(task.title) for task in panels.tasks(agreed.samira)]


def test_a_comment_is_for_a_shared_version_by_who_joins_and_without_traces(agreed):
    given = {"picture": agreed.version, "who": "bewoner", "text": "Zaterdag is er markt."}
    with pytest.raises(PermissionDenied):
        versions.comment(by=agreed.noor, **given)
    refused("traces", versions.comment, by=agreed.gp, **given | {"text": "Ik woon hier, bel 0612345678."})
    refused("traces", versions.comment, by=agreed.gp, **given | {"who": "a@b.nl"})
    refused("empty", versions.comment, by=agreed.gp, **given | {"text": " "})
    agreed.concern.refresh_from_db()
    picture.edit_line(by=agreed.samira, line=agreed.concern, version=agreed.concern.version, text="Anders.")
    refused("not_shared", versions.comment, by=agreed.gp, **given | {"picture": lay(agreed)})


def test_a_comment_is_taken_away_and_put_back_by_who_wrote_it_or_the_guide(agreed):
    said = versions.comment(by=agreed.gp, picture=agreed.version, who="bewoner", text="Zaterdag is er markt.")
    with pytest.raises(PermissionDenied):
        versions.withdraw_comment(by=agreed.joris, comment=said)
    versions.withdraw_comment(by=agreed.gp, comment=said)
    assert versions_queries.comments_of(agreed.version, agreed.samira) == []
    versions.restore_comment(by=agreed.samira, comment=said)
    assert versions_queries.comments_of(agreed.version, agreed.gp) == [said]
    refused("there", versions.restore_comment, by=agreed.gp, comment=said)


def test_what_the_ring_said_before_publishing_stays_in_the_ring(agreed, client):
    early = versions.comment(by=agreed.gp, picture=agreed.version, who="bewoner", text="Voor de kring bedoeld.")
    versions.answer_comment(by=agreed.samira, comment=early, version=1, answer="Dank.")
    versions.agree_version(by=agreed.samira, picture=agreed.version)
    version = published(agreed.samira, agreed.version, agreed.joris)
    about = {"by": agreed.gp, "picture": version, "who": "bewoner", "text": "Voor iedereen bedoeld."}
    refused("public", versions.comment, **about)  # the writer read that the ring reads it
    late = versions.comment(**about, for_everybody=True)
    url = reverse("rounds:public_picture", args=[agreed.round.slug])
    assert "bedoeld" not in client.get(url).content.decode()  # not answered yet

    versions.answer_comment(by=agreed.samira, comment=late, version=1, answer="Dank.")

    page = client.get(url).content.decode()
    assert "Voor iedereen bedoeld." in page
    assert "Voor de kring bedoeld." not in page
    assert len(versions_queries.comments_of(version, agreed.gp)) == 2
    assert versions_queries.comments_of(version, agreed.noor) == [late]


def test_the_buttons_of_the_sheet_and_the_version_do_what_they_say(table, client):
    client.force_login(table.samira)
    sheet = picture_queries.picture_url(table.round)

    def press(name, *args, **given):
        return client.post(reverse(f"rounds:{name}", args=[table.round.slug, *args]), given, follow=True)

    press("move_line", table.concern.pk, naar="boven")
    press("withdraw_line", table.concern.pk)
    assert "Het plein is donker." not in client.get(sheet).content.decode()
    press("restore_line", table.concern.pk)
    assert "Het plein is donker." in client.get(sheet).content.decode()
    assert "staat al in het gedeelde beeld" in press("restore_line", table.concern.pk).content.decode()
    assert "Versie 1" not in client.get(sheet).content.decode()
    assert f'<a class="met-teken" href="{round_queries.round_url(table.round)}">' in client.get(sheet).content.decode()
    assert press("submit_version").status_code == 200
    assert "niets gewijzigd" in press("submit_version").content.decode()
    press("voice", 1, stance="eens", words="", version=0)
    assert client.get(reverse("rounds:comment", args=[table.round.slug, 1])).status_code == 403  # not shared yet
    press("share_picture")
    press("comment", 1, who="bewoner", text="Fijne buurt.")
    said = Comment.objects.get()
    press("answer_comment", said.pk, answer="Dank.", version=1)
    press("agree_version", 1)
    press("ask_consent", 1)
    press("publication", 1, answer="heel", version=1)
    press("publish_version", 1)
    page = client.get(reverse("rounds:version", args=[table.round.slug, 1])).content.decode()
    assert all(words in page for words in ("Vastgesteld op", "Fijne buurt.", "Dank.", "geen mening gedeeld"))
    press("unpublish_version", 1)
    press("withdraw_comment", said.pk)
    press("restore_comment", said.pk)
    assert Comment.objects.get().answer == "Dank."
    assert PictureVersion.objects.get().circle == table.round.ring


def test_a_version_leads_to_figure_and_story_in_two_clicks(table, client):
    version = lay(table)
    client.force_login(table.joris)

    assert claims_queries.claim_url(table.claim) in client.get(versions_queries.version_url(version)).content.decode()
    page = client.get(claims_queries.claim_url(table.claim)).content.decode()
    assert figure()["sentence"] in page
    assert "De lampen doen het niet." in page


def test_each_version_shows_the_questions_that_were_open_to_whom_may_read_them(agreed, client):
    asked = gaps.create_gap(
        by=agreed.joris, round=agreed.round, what=f"{CORE_ONLY}?", organisation=agreed.team, whom="x", before=None
    )
    version = lay(agreed)
    gaps.edit_gap(
        by=agreed.joris, gap=asked, version=1, what="Iets anders?", organisation=agreed.team, whom="x", before=None
    )
    url = versions_queries.version_url(version)
    client.force_login(agreed.joris)
    page = client.get(url).content.decode()
    assert f"{CORE_ONLY}?" in page
    assert "Iets anders?" not in page

    gaps.answer_gap(by=agreed.joris, gap=asked, version=asked.version, answer="Van de buurt.")
    versions.share_picture(by=agreed.samira, round=agreed.round)
    newest = versions_queries.newest(agreed.round)
    assert "waren er geen open vragen" in client.get(versions_queries.version_url(newest)).content.decode()
    assert f"{CORE_ONLY}?" in client.get(url).content.decode()  # it was open then


def test_the_paper_of_a_version_shows_the_questions_that_were_open_to_whom_may_read_them(agreed):
    asked = gaps.create_gap(
        by=agreed.joris, round=agreed.round, what=f"{CORE_ONLY}?", organisation=agreed.team, whom="x", before=None
    )
    versions.share_picture(by=agreed.samira, round=agreed.round)
    gaps.answer_gap(by=agreed.joris, gap=asked, version=asked.version, answer="Van de buurt.")
    core, ring = (
        str(list(unknown_blocks(agreed.round, viewer, picture_content(agreed.round, viewer), [])))
        for viewer in (agreed.joris, agreed.gp)
    )

    assert f"{CORE_ONLY}?" in core
    assert CORE_ONLY not in ring
    assert "was er 1 open vraag" in ring


def test_ring_and_public_read_how_many_questions_are_open_and_not_which(agreed, client):
    gaps.create_gap(
        by=agreed.joris, round=agreed.round, what=f"{CORE_ONLY}?", organisation=agreed.team, whom="x", before=None
    )
    versions.share_picture(by=agreed.samira, round=agreed.round)
    version = versions_queries.newest(agreed.round)
    versions.give_version_opinion(by=agreed.joris, picture=version, stance="eens", words="")
    versions.agree_version(by=agreed.samira, picture=version)
    published(agreed.samira, version, agreed.joris)
    pages = [client.get(reverse("rounds:public_picture", args=[agreed.round.slug])).content.decode()]
    client.force_login(agreed.gp)
    pages.append(client.get(versions_queries.version_url(version)).content.decode())

    for page in pages:
        assert "was er nog 1 open vraag" in page
        assert CORE_ONLY not in page


def test_the_sheet_keeps_the_text_of_a_claim_from_the_ring_and_says_whose_conclusion_it_shows(agreed, client):
    url = picture_queries.picture_url(agreed.round)
    client.force_login(agreed.joris)
    core = client.get(url).content.decode()
    client.force_login(agreed.gp)
    ring = client.get(url).content.decode()

    assert agreed.claim.text in core
    assert agreed.claim.text not in ring
    for page in (core, ring):
        assert page.count("Stelling:") == 2
