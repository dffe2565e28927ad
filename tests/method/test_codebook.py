"""The codebook of a round: words with what they mean, hung on stories and counted, for the core group alone."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow, EditConflict
from buurtbalans.method.stories.actions import codebook
from buurtbalans.method.stories.models import Code, Tag, Tone
from buurtbalans.method.stories.queries.codebook import codes_of, counted, hung
from buurtbalans.method.stories.queries.stories import stories_of
from tests.method.table import lay_table, ring_member, story

pytestmark = pytest.mark.django_db


def word(table, name="licht", by=None):
    return codebook.create_code(by=by or table.joris, circle=table.round.core, name=name, meaning="Lampen en zicht.")


def verbs():
    return [verb.removeprefix("stories.") for verb in AuditRow.objects.values_list("verb", flat=True)][-3:]


def test_a_word_is_added_changed_taken_out_and_put_back():
    table = lay_table()
    code = word(table, "  licht  en zicht ")
    assert (code.name, code.version) == ("licht en zicht", 1)

    codebook.update_code(by=table.samira, code=code, version=1, name="licht", meaning="Alles met lampen.")
    with pytest.raises(EditConflict):
        codebook.update_code(by=table.joris, code=code, version=1, name="donker", meaning="x")
    codebook.withdraw_code(by=table.joris, code=code)
    assert not codes_of(table.round.core, table.joris)
    codebook.restore_code(by=table.joris, code=code)

    assert list(codes_of(table.round.core, table.joris)) == [code]
    assert verbs() == ["update_code", "withdraw_code", "restore_code"]


def test_a_word_stands_once_in_a_codebook_and_never_empty():
    table = lay_table()
    first, other = word(table), word(table, "groen")
    for given in (
        {"name": "Licht", "meaning": "x"},
        {"name": " ", "meaning": "x"},
        {"name": "x", "meaning": " "},
        {"name": "bel 06-12345678", "meaning": "x"},
    ):
        with pytest.raises(ValidationError):
            codebook.create_code(by=table.joris, circle=table.round.core, **given)
    with pytest.raises(ValidationError):
        codebook.update_code(by=table.joris, code=other, version=1, name="licht", meaning="x")
    codebook.withdraw_code(by=table.joris, code=first)
    word(table)
    with pytest.raises(ValidationError):
        codebook.restore_code(by=table.joris, code=first)
    assert Code.objects.filter(withdrawn_at=None).count() == 2


def test_only_the_core_group_works_with_the_codebook():
    table = lay_table()
    code, told, gp = word(table), story(table.joris, table.round, circle=table.round.core), ring_member(table)
    for by in (gp, table.noor):
        assert not codes_of(table.round.core, by)
        for act in (
            lambda by: word(table, "ander", by),
            lambda by: codebook.update_code(by=by, code=code, version=1, name="x", meaning="x"),
            lambda by: codebook.withdraw_code(by=by, code=code),
            lambda by: codebook.restore_code(by=by, code=code),
            lambda by: codebook.tag_story(by=by, code=code, story=told),
            lambda by: codebook.untag_story(by=by, code=code, story=told),
        ):
            with pytest.raises(PermissionDenied):
                act(by)
    assert not Tag.objects.exists()


def test_a_word_hangs_once_comes_off_and_counts_only_what_one_may_read():
    table = lay_table()
    code, bare = word(table), word(table, "groen")
    shared = story(table.joris, table.round, tone="zorg")
    own = story(table.joris, table.round, circle=table.team.circle, tone="kracht")
    for told in (shared, shared, own):
        codebook.tag_story(by=table.joris, code=code, story=told)
    with pytest.raises(PermissionDenied):
        codebook.tag_story(by=table.samira, code=code, story=own)  # not hers to read
    with pytest.raises(PermissionDenied):
        codebook.untag_story(by=table.samira, code=code, story=own)

    def seen(by):
        return {row.code: (row.number, dict(row.tones)[Tone.CONCERN]) for row in rows(by)}

    def rows(by):
        return counted(table.round.core, by, stories_of(table.place, by))

    assert seen(table.joris) == {code: (2, 1), bare: (0, 0)}
    assert seen(table.samira) == {code: (1, 1), bare: (0, 0)}
    assert [tone for tone, *_bar in rows(table.joris)[0].bars] == [Tone.STRENGTH, Tone.CONCERN]
    assert sum(long for *_at, long in rows(table.joris)[0].bars) == pytest.approx(100)
    assert hung(table.round.core, table.samira, [shared, own])[shared.pk] == [code]

    codebook.untag_story(by=table.samira, code=code, story=shared)
    assert seen(table.samira)[code] == (0, 0)
    assert verbs() == ["tag_story", "tag_story", "untag_story"]
    assert Tag.objects.get().story == own


def test_what_hangs_nowhere_or_is_taken_out_is_not_hung():
    table = lay_table()
    code, told = word(table), story(table.joris, table.round)
    codebook.withdraw_code(by=table.joris, code=code)
    with pytest.raises(PermissionDenied):
        codebook.tag_story(by=table.joris, code=code, story=told)


@pytest.mark.slow
def test_the_pages_say_what_to_do_count_and_offer_the_undo(client):
    table = lay_table()
    told, slug = story(table.joris, table.round, tone="zorg"), table.round.slug
    client.force_login(table.joris)
    page = reverse("stories:codes", args=[slug])
    assert "Nog geen trefwoorden" in client.get(page).content.decode()

    given = {"name": "licht", "meaning": "Lampen en zicht."}
    assert client.post(reverse("stories:new_code", args=[slug]), {"name": "licht"}).status_code == 422
    client.post(reverse("stories:new_code", args=[slug]), given)
    code = Code.objects.get()
    assert client.post(reverse("stories:new_code", args=[slug]), given).status_code == 422
    hang, take_off = (
        reverse(f"stories:{name}", args=[slug, told.pk, code.pk]) for name in ("tag_story", "untag_story")
    )
    assert take_off in client.post(hang, follow=True).content.decode()
    listed = client.get(page).content.decode()
    assert f"?woord={code.pk}&amp;soort=zorg" in listed
    assert "nog geen trefwoord" not in listed
    chosen = reverse("stories:list", args=[slug]) + f"?woord={code.pk}"
    assert told.text in client.get(chosen).content.decode()
    assert hang in client.post(take_off, follow=True).content.decode()
    assert told.text not in client.get(chosen).content.decode()
    gone = client.post(reverse("stories:withdraw_code", args=[slug, code.pk]), follow=True).content.decode()
    assert reverse("stories:restore_code", args=[slug, code.pk]) in gone
    client.post(reverse("stories:new_code", args=[slug]), given)
    again = client.post(reverse("stories:restore_code", args=[slug, code.pk]), follow=True)
    assert "Dit trefwoord staat al in het codeboek, dus kies een ander woord." in again.content.decode()
