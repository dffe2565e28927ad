"""Nothing of an organisation becomes public by one click: it is asked, answers for its own words, and may take back."""

import re
from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.rounds import panels
from buurtbalans.method.rounds.actions import agreement as agreement_actions
from buurtbalans.method.rounds.actions import claims, picture, publication, team, versions
from buurtbalans.method.rounds.models import PictureVersion, PictureVoice, PublicationConsent
from buurtbalans.method.rounds.queries.publication import consent_rows, publication_url
from buurtbalans.method.rounds.queries.versions import version_url
from buurtbalans.site.exports.chain import whole_chain
from buurtbalans.site.papers.content import texts
from buurtbalans.site.papers.papers import paper_of
from tests.method import table as table_parts
from tests.method.agreements import proposed
from tests.method.publishing import answer

pytestmark = [pytest.mark.django_db, pytest.mark.unsigned]

LEAD, TAIL = "merel-die-mag", "kanarie-die-niet-mag"
WORDS = f"Het plein is vol, {LEAD}, behalve dan {TAIL}."
SHORTER = f"Het plein is vol, {LEAD}."
ELSEWHERE = "kanarie-van-de-kerngroep"


@pytest.fixture
def table(waterdam: Release) -> SimpleNamespace:
    """An agreed version on which the town agrees and the neighbourhood team does not, both under a sharing agreement."""
    made = table_parts.lay_table()
    round, joris, samira = made.round, made.joris, made.samira
    made.huub = table_parts.ring_member(made)
    made.colleague = table_parts.person("Wim", made.team)
    made.guest = table_parts.person("Gast", made.team)
    made.guest.memberships.create(role=Role.GUEST, circle=round.core)
    made.agreement = proposed(round)
    for person in (samira, joris):
        agreement_actions.sign_agreement(by=person, agreement=made.agreement, role="teamleider")
    claim = claims.create_claim(by=joris, round=round, text=f"Stelling {ELSEWHERE}", quote=f"Citaat {ELSEWHERE}")
    claims.add_figure(by=joris, claim=claim, figure=table_parts.figure(), says="ja")
    told = table_parts.story(joris, round, f"Verhaal {ELSEWHERE}")
    claims.add_story(by=joris, claim=claim, story=told, says="nee", note=f"Notitie {ELSEWHERE}")
    own = claims.answer_claim(by=joris, claim=claim, answer="bevestigd", answer_reason=f"Antwoord {ELSEWHERE}")
    claim = table_parts.opened(samira, claim)
    claims.judge(by=samira, claim=claim, version=claim.version, verdict="genuanceerd", reason=f"Reden {ELSEWHERE}")
    said = {"stance": "oneens", "words": f"Mening {ELSEWHERE}"}
    claims.give_opinion(by=joris, claim=claim, version=own.version, **said)
    picture.create_line(by=samira, round=round, kind="kracht", text="Buren kennen elkaar", claims=[claim])
    round.finding, round.release = "Een stil plein", waterdam.id
    round.save()
    versions.share_picture(by=samira, round=round)
    made.picture = PictureVersion.objects.get(round=round)
    versions.give_version_opinion(by=samira, picture=made.picture, stance="eens")
    versions.give_version_opinion(by=joris, picture=made.picture, stance="oneens", words=WORDS)
    versions.comment(by=made.huub, picture=made.picture, who=f"Wie {ELSEWHERE}", text=f"Reactie {ELSEWHERE}")
    versions.agree_version(by=samira, picture=made.picture)
    return made


def ask(table: SimpleNamespace) -> None:
    publication.ask_consent(by=table.samira, picture=table.picture)


def answers(table: SimpleNamespace, given: str = "heel", shortened: str = "") -> None:
    ask(table)
    answer(table.samira, table.picture)
    answer(table.joris, table.picture, given, shortened)


def publish(table: SimpleNamespace, given: str = "heel", shortened: str = "") -> None:
    answers(table, given, shortened)
    publication.publish_version(by=table.samira, picture=table.picture)


def take_back(table: SimpleNamespace) -> None:
    publish(table)
    answer(table.joris, table.picture, "niet")


def take_signature_back(table: SimpleNamespace) -> None:
    publish(table)
    agreement_actions.withdraw_signature(by=table.joris, agreement=table.agreement, reason="Wij stoppen.")


def say_otherwise(table: SimpleNamespace, words: str) -> None:
    """Change the opinion of the neighbourhood team, which an agreed version does not allow on the site."""
    voice = PictureVoice.objects.get(organisation=table.team)
    voice.change(by=table.joris, version=voice.version, words=words)


def change_words(table: SimpleNamespace) -> None:
    publish(table)
    say_otherwise(table, f"{WORDS} En meer.")


def unpublish(table: SimpleNamespace) -> None:
    publish(table)
    publication.unpublish_version(by=table.samira, picture=table.picture)


# What is done, and whether an outsider then reads the page, the first part of the words, and the last part.
STATES: dict[str, tuple[Callable[[SimpleNamespace], None], tuple[bool, bool, bool]]] = {
    "before asking": (lambda table: None, (False, False, False)),
    "asked": (ask, (False, False, False)),
    "answered": (answers, (False, False, False)),
    "published": (publish, (True, True, True)),
    "shortened": (lambda table: publish(table, "ingekort", SHORTER), (True, True, False)),
    "held back": (lambda table: publish(table, "niet"), (True, False, False)),
    "taken back": (take_back, (True, False, False)),
    "signature taken back": (take_signature_back, (True, False, False)),
    "other words": (change_words, (True, False, False)),
    "unpublished": (unpublish, (False, False, False)),
}


def outside(table: SimpleNamespace, client: Client) -> tuple[list[str], bool]:
    """Return all that somebody outside the round can ask for, and whether there is a public page."""
    found, public = [], reverse("rounds:public_picture", args=[table.round.slug])
    for viewer in (AnonymousUser(), table.noor, table.colleague):
        client.logout()
        if viewer.is_authenticated:
            client.force_login(viewer)
        page = client.get(public)
        found.append(page.content.decode())
        for url in (version_url(table.picture), publication_url(table.picture), reverse("search") + "?q=mag"):
            found.append(client.get(url).content.decode())
        found.append(" ".join(texts(paper_of("picture", table.round, viewer))))
        found.append(str(whole_chain(table.round, viewer)["picture_voices"]))
        found.append(str(whole_chain(table.round, viewer)["comments"]))
    return found, page.status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("state", STATES)
def test_outside_the_round_only_agreed_words_are_read(table: SimpleNamespace, client: Client, state: str) -> None:
    reach, (is_public, lead, tail) = STATES[state]
    reach(table)

    found, there = outside(table, client)

    assert there is is_public
    assert any(LEAD in each for each in found) is lead
    assert any(TAIL in each for each in found) is tail
    assert not any(ELSEWHERE in each for each in found)


@pytest.mark.slow
@pytest.mark.parametrize("state", [state for state in STATES if state != "signature taken back"])
def test_the_round_keeps_reading_the_whole_opinion(table: SimpleNamespace, client: Client, state: str) -> None:
    STATES[state][0](table)

    for viewer in (table.samira, table.huub):
        client.force_login(viewer)
        assert TAIL in client.get(version_url(table.picture)).content.decode()
        assert TAIL in " ".join(texts(paper_of("picture", table.round, viewer)))
        assert TAIL in str(whole_chain(table.round, viewer)["picture_voices"])


def sheet_of(page: str) -> str:
    """Return the part of a page that everybody reads."""
    return re.search(r'<p class="intro">\s*Dit beeld hebben.*vel-voet">.*?</p>', page, re.DOTALL)[0]  # type: ignore[index]


@pytest.mark.slow
@pytest.mark.parametrize(("given", "shortened"), [("heel", ""), ("ingekort", SHORTER), ("niet", "")])
def test_the_preview_is_what_everybody_reads_afterwards(
    table: SimpleNamespace, client: Client, given: str, shortened: str
) -> None:
    answers(table, given, shortened)
    client.force_login(table.joris)
    preview = sheet_of(client.get(publication_url(table.picture)).content.decode())
    publication.publish_version(by=table.samira, picture=table.picture)
    public = reverse("rounds:public_picture", args=[table.round.slug])
    pages = []
    for viewer in (table.joris, table.samira, None):
        client.logout()
        if viewer:
            client.force_login(viewer)
        pages.append(sheet_of(client.get(public).content.decode()))

    assert [page == preview for page in pages] == [True, True, True]


def test_publication_waits_for_every_organisation_and_names_who_did_not_answer(
    table: SimpleNamespace, client: Client
) -> None:
    def refusal() -> ValidationError:
        with pytest.raises(ValidationError) as refused:
            publication.publish_version(by=table.samira, picture=table.picture)
        assert refused.value.code == "waiting"
        return refused.value

    assert refusal().messages == ["Wacht met openbaar maken, want er is nog geen antwoord van: Buurtteam, Gemeente."]
    ask(table)
    answer(table.samira, table.picture)
    assert "van: Buurtteam." in refusal().messages[0]
    client.force_login(table.samira)
    page = client.get(publication_url(table.picture)).content.decode()
    assert "Nog geen antwoord van: Buurtteam." in page
    assert reverse("rounds:publish_version", args=[table.round.slug, 1]) not in page

    answer(table.joris, table.picture, "niet")
    page = client.get(publication_url(table.picture)).content.decode()
    assert reverse("rounds:publish_version", args=[table.round.slug, 1]) in page
    assert publication.publish_version(by=table.samira, picture=table.picture).is_public


def test_who_is_asked_finds_it_among_the_tasks_until_it_is_answered(table: SimpleNamespace) -> None:
    def titles(person: Any) -> list[str]:
        return [str(task.title) for task in panels.tasks(person)]

    question, ready = "Mening openbaar maken?", "Beeld openbaar maken"
    assert question not in titles(table.joris)
    ask(table)
    assert (question in titles(table.joris), question in titles(table.samira)) == (True, True)
    for other in (table.huub, table.guest, table.colleague, table.noor):
        assert question not in titles(other)

    answer(table.joris, table.picture)
    assert (question in titles(table.joris), ready in titles(table.samira)) == (False, False)
    answer(table.samira, table.picture)
    assert (ready in titles(table.samira), ready in titles(table.joris)) == (True, False)
    publication.publish_version(by=table.samira, picture=table.picture)
    assert ready not in titles(table.samira)


def test_only_who_speaks_for_the_organisation_answers(table: SimpleNamespace, client: Client) -> None:
    ask(table)
    for stranger in (table.noor, table.huub, table.guest, table.colleague):
        with pytest.raises(PermissionDenied):
            publication.answer_consent(by=stranger, picture=table.picture, answer="heel", version=1)
        client.force_login(stranger)
        status = client.post(publication_url(table.picture), {"answer": "heel", "version": 1}).status_code
        assert status in (403, 404)
    for not_guide in (table.joris, table.noor, table.huub):
        for write in (publication.ask_consent, publication.publish_version, publication.unpublish_version):
            with pytest.raises(PermissionDenied):
                write(by=not_guide, picture=table.picture)
    answer(table.samira, table.picture)

    assert not PublicationConsent.objects.get(voice__organisation=table.team).answer
    assert PublicationConsent.objects.get(voice__organisation=table.town).answer == "heel"


def test_somebody_of_an_organisation_without_an_opinion_answers_for_nobody(table: SimpleNamespace) -> None:
    third = table_parts.person("Derde", table.other)
    team.add_to_team(by=table.samira, round=table.round, person=third, role=Role.CORE_MEMBER)
    ask(table)
    with pytest.raises(ValidationError) as refused:
        publication.answer_consent(by=third, picture=table.picture, answer="heel", version=1)

    assert refused.value.code == "changed"
    assert not PublicationConsent.objects.exclude(answer="").exists()


def test_each_organisation_is_asked_about_its_own_words_alone(table: SimpleNamespace, client: Client) -> None:
    ask(table)
    client.force_login(table.samira)
    form = client.get(publication_url(table.picture)).content.decode().split('id="antwoord"')[1].split("</section>")[0]
    assert TAIL not in form
    client.force_login(table.joris)
    form = client.get(publication_url(table.picture)).content.decode().split('id="antwoord"')[1].split("</section>")[0]

    assert TAIL in form
    assert form.index("kunt u niet") < form.index("Antwoord opslaan</button>")
    assert "afgedrukt of gedownload" in form


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"answer": "misschien"}, "answer"),
        ({"answer": "ingekort", "shortened": " "}, "shortened"),
        ({"answer": "ingekort", "shortened": WORDS}, "shortened"),
        ({"answer": "ingekort", "shortened": "Het plein is fijn."}, "shortened"),
        ({"answer": "ingekort", "shortened": "plein Het is vol"}, "shortened"),
        ({"answer": "heel", "shortened": SHORTER}, "shortened"),
        ({"answer": "niet", "shortened": SHORTER}, "shortened"),
        ({"answer": "heel", "version": 2}, "changed"),
    ],
)
def test_an_answer_is_about_the_own_words_that_were_read(table: SimpleNamespace, given: Any, code: str) -> None:
    ask(table)
    with pytest.raises(ValidationError) as refused:
        publication.answer_consent(**{"by": table.joris, "picture": table.picture, "version": 1} | given)

    assert refused.value.code == code
    assert not PublicationConsent.objects.exclude(answer="").exists()


def test_an_answer_before_the_question_or_the_agreement_is_refused(table: SimpleNamespace) -> None:
    with pytest.raises(ValidationError) as refused:
        answer(table.joris, table.picture)
    assert refused.value.code == "changed"
    table.picture.agreed_at = None
    for write in (lambda: ask(table), lambda: answer(table.joris, table.picture)):
        with pytest.raises(ValidationError) as refused:
            write()
        assert refused.value.code == "not_agreed"


def test_other_words_make_an_answer_void_and_are_asked_about_again(table: SimpleNamespace) -> None:
    answers(table)
    say_otherwise(table, "Toch anders.")
    with pytest.raises(ValidationError) as refused:
        publication.publish_version(by=table.samira, picture=table.picture)
    assert refused.value.code == "waiting"

    assert publication.ask_consent(by=table.samira, picture=table.picture) == ["Buurtteam"]
    assert [row.is_answered for row in consent_rows(table.picture)] == [False, True]
    answer(table.joris, table.picture)
    publication.publish_version(by=table.samira, picture=table.picture)
    with pytest.raises(ValidationError) as refused:
        ask(table)
    assert refused.value.code == "asked"


def test_a_new_version_is_asked_about_anew(table: SimpleNamespace, client: Client) -> None:
    publish(table)
    picture.create_line(by=table.samira, round=table.round, kind="oorzaak", text="De lampen zijn stuk.")
    second = versions.submit_version(by=table.samira, round=table.round)
    versions.give_version_opinion(by=table.joris, picture=second, stance="oneens", words=WORDS)
    versions.agree_version(by=table.samira, picture=second)

    assert [row.status for row in consent_rows(second)] == ["nog niet gevraagd"]
    with pytest.raises(ValidationError, match="Buurtteam"):
        publication.publish_version(by=table.samira, picture=second)


def test_asking_and_answering_leave_their_rows_without_the_words(table: SimpleNamespace) -> None:
    answers(table, "ingekort", SHORTER)
    asked, _own, answered = AuditRow.objects.order_by("-sequence")[:3][::-1]

    assert (asked.verb, asked.detail) == ("rounds.ask_consent", {"organisations": ["Buurtteam", "Gemeente"]})
    assert answered.detail == {"picture": table.picture.pk, "answer": "ingekort"}
    assert LEAD not in str(answered.detail)


def test_an_organisation_that_nobody_speaks_for_is_not_waited_for_and_stays_within_the_round(
    table: SimpleNamespace, client: Client
) -> None:
    team.remove_from_team(by=table.samira, round=table.round, person=table.joris)
    ask(table)
    answer(table.samira, table.picture)
    publication.publish_version(by=table.samira, picture=table.picture)

    found, there = outside(table, client)
    assert there
    assert not any(LEAD in each for each in found)


def test_a_picture_that_was_public_before_keeps_its_page_and_asks_about_its_opinions(
    table: SimpleNamespace, client: Client
) -> None:
    publish(table)
    PublicationConsent.objects.all().delete()

    import_module("buurtbalans.method.rounds.migrations.0004_ask_about_public_versions").ask(apps, None)

    found, there = outside(table, client)
    assert there
    assert "Buren kennen elkaar" in found[0]
    assert not any(LEAD in each for each in found)
    assert "Mening openbaar maken?" in [str(task.title) for task in panels.tasks(table.joris)]
    answer(table.joris, table.picture)
    assert any(TAIL in each for each in outside(table, client)[0])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "shortened", "note"),
    [
        ("heel", "", ""),
        ("ingekort", SHORTER, "Op de openbare pagina staat een kortere tekst"),
        ("niet", "", "Deze mening staat niet op de openbare pagina"),
    ],
)
def test_page_and_paper_of_the_round_say_what_everybody_does_not_read(
    table: SimpleNamespace, client: Client, given: str, shortened: str, note: str
) -> None:
    publish(table, given, shortened)
    client.force_login(table.samira)
    sources = (
        client.get(version_url(table.picture)).content.decode(),
        " ".join(texts(paper_of("picture", table.round, table.samira))),
    )

    for source in sources:
        assert TAIL in source
        assert ("openbare pagina staat" in source or "op de openbare pagina" in source) is bool(note)
        assert note in source


def test_an_organisation_whose_accounts_are_closed_is_not_waited_for(table: SimpleNamespace) -> None:
    table.joris.is_active = False
    table.joris.save()

    assert publication.ask_consent(by=table.samira, picture=table.picture) == ["Gemeente"]


def test_a_comment_says_that_everybody_reads_it_before_it_is_written(table: SimpleNamespace, client: Client) -> None:
    url = reverse("rounds:comment", args=[table.round.slug, 1])
    client.force_login(table.huub)
    given = {"who": "bewoner", "text": "Zaterdag is er markt.", "for_everybody": "False"}
    assert "Iedereen kan deze reactie lezen" not in client.get(url).content.decode()
    publish(table)

    late = client.post(url, given)
    assert late.status_code == 422
    assert "net openbaar geworden" in late.content.decode()
    assert 'name="for_everybody" value="True"' in late.content.decode()
    assert "afgedrukt of gedownload" in late.content.decode()
    assert client.post(url, given | {"for_everybody": "True"}).status_code == 302
    client.force_login(table.samira)
    for text, everybody in (("Zaterdag is er markt.", True), (f"Reactie {ELSEWHERE}", False)):
        said = table.picture.comments.get(text=text)
        answering = client.get(reverse("rounds:answer_comment", args=[table.round.slug, said.pk])).content.decode()
        assert ("iedereen leest hierna de reactie en dit antwoord" in answering) is everybody
        versions.answer_comment(by=table.samira, comment=said, version=said.version, answer="Dank.")
    client.logout()
    public = client.get(reverse("rounds:public_picture", args=[table.round.slug])).content.decode()
    assert "Zaterdag is er markt." in public
    assert ELSEWHERE not in public


def test_the_page_of_the_round_does_not_say_that_everybody_reads_all_that_is_on_it(
    table: SimpleNamespace, client: Client
) -> None:
    client.force_login(table.joris)
    publish(table)
    page = client.get(version_url(table.picture)).content.decode()

    assert "Iedereen ziet dit" not in page
    assert reverse("rounds:public_picture", args=[table.round.slug]) in page
