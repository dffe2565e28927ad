"""What others will see of a story before it is shared is what they get from their own list, byte for byte."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from buurtbalans.method.people.permissions import Role
from buurtbalans.method.places.rules import blurred
from buurtbalans.method.rounds.actions import team
from buurtbalans.method.stories.actions.codebook import create_code, tag_story
from buurtbalans.method.stories.actions.stories import update_story
from buurtbalans.method.stories.models import Story
from tests.method.table import lay_table, looked_at, organisation, person, ring_member, story

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TYPED = {
    "text": "De lampen bij het plein doen het niet.",
    "source": "bewoner",
    "tone": "zorg",
    "theme": "veiligheid",
    "importance": "3",
    "place": "het plein",
    "period": "najaar",
    "time_of_day": "avond",
    "who": "bewoner",
    "age": "75+",
    "point": "52.20113, 5.20347",
}

POINT = {"longitude": 5.20347, "latitude": 52.20113}
AUTHOR = "Opgeschreven door Joris"
PARTS = (r"<figure.*?</figure>", r'<p class="klein">.*?</p>', r'<span class="wie-ziet">.*?</span></span>')


def everybody(table):
    """Return per pair of eyes a real person with them."""
    colleague = person("Mila", table.team)
    team.add_to_team(by=table.samira, round=table.round, person=colleague, role=Role.CORE_MEMBER)
    outsider = person("Otto", organisation("Sport"))
    return {
        "buurtteam-core": colleague,
        "gemeente-core": table.samira,
        "huisartsen-ring": ring_member(table),
        "buiten": outsider,
    }


def story_in(page, start):
    """Return what was told, where and when, and for whom, as a page shows it."""
    piece = page[page.index(start) :]
    found = [re.search(part, piece, re.DOTALL).group() for part in PARTS]
    return [re.sub(r"\s+", " ", each) for each in found]


def looked(client, page, typed, eyes):
    answer = client.post(page, typed | {"bekijk": "1", "ogen": eyes})
    assert answer.status_code == 200
    assert answer.templates[0].name in ("stories/tell.html", "stories/share.html")
    return answer.content.decode()


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize("kind", ["organisation", "core", "ring"])
def test_what_the_preview_shows_is_what_a_real_reader_gets(client, kind, hidden):
    table = lay_table()
    people = everybody(table)
    circle = {"organisation": table.team.circle, "core": table.round.core, "ring": table.round.ring}[kind]
    page, listed = (reverse(f"stories:{name}", args=[table.round.slug]) for name in ("new", "list"))
    typed = TYPED | {"circle": circle.pk} | ({"author_hidden": "on"} if hidden else {})

    client.force_login(table.joris)
    said = {eyes: looked(client, page, typed, eyes) for eyes in people}
    assert not Story.objects.exists()
    assert TYPED["text"] in said["buiten"]  # what was typed stands in the form again
    client.post(page, typed)
    told = looked_at(Story.objects.get())
    assert (told.circle, told.importance, told.point) == (circle, 3, blurred(5.20347, 52.20113))

    for eyes, who in people.items():
        client.force_login(who)
        answer = client.get(listed)
        got = answer.content.decode() if answer.status_code == 200 else ""
        sees = f'id="verhaal-{told.pk}"' in got
        shown = said[eyes].partition("</section>")[0]
        assert ('class="verhaal-rij"' in shown) is sees, eyes
        if sees:
            assert story_in(shown, 'class="verhaal-rij"') == story_in(got, f'id="verhaal-{told.pk}"')
            assert [AUTHOR in page for page in (shown, got)] == [not hidden] * 2


def test_the_page_where_one_shares_shows_it_first_with_its_words(client):
    table = lay_table()
    gp, told = ring_member(table), story(table.joris, table.round, circle=table.round.core)
    tag_story(
        by=table.joris,
        story=told,
        code=create_code(by=table.joris, circle=table.round.core, name="verlichting", meaning="Lampen."),
    )
    page = reverse("stories:share", args=[table.round.slug, told.pk])
    client.force_login(table.joris)
    typed = {"circle": table.round.ring.pk}

    ring, core = (
        looked(client, page, typed, eyes).partition("</section>")[0] for eyes in ("huisartsen-ring", "gemeente-core")
    )
    assert told.text in ring
    assert "verlichting" in core
    assert "verlichting" not in ring  # the codebook is of the core group
    told.refresh_from_db()
    assert told.circle == table.round.core
    client.force_login(gp)
    assert told.text not in client.get(reverse("stories:list", args=[table.round.slug])).content.decode()


def test_no_eyes_show_a_word_of_the_codebook_to_who_does_not_read_it(client):
    table = lay_table()
    gp = ring_member(table)
    told = story(gp, table.round, circle=table.round.ring)
    tag_story(
        by=table.joris,
        story=told,
        code=create_code(by=table.joris, circle=table.round.core, name="verlichting", meaning="Lampen."),
    )
    client.force_login(gp)
    page = reverse("stories:edit", args=[table.round.slug, told.pk])
    shown = looked(client, page, TYPED | {"version": "1"}, "gemeente-core")
    assert TYPED["text"] in shown.partition("</section>")[0]
    assert "verlichting" not in shown


def test_a_change_is_seen_first_as_others_will_and_is_not_kept(client):
    table = lay_table()
    told = story(table.joris, table.round, "De lampen zijn stuk.")
    page = reverse("stories:edit", args=[table.round.slug, told.pk])
    client.force_login(table.joris)
    shown = looked(client, page, TYPED | {"version": "1"}, "gemeente-core").partition("</section>")[0]
    assert TYPED["text"] in shown
    assert "heel belangrijk" in shown
    told.refresh_from_db()
    assert (told.text, told.version) == ("De lampen zijn stuk.", 1)


def test_a_form_that_is_not_whole_is_asked_for_as_always_and_a_tick_is_kept(client):
    table = lay_table()
    page = reverse("stories:new", args=[table.round.slug])
    client.force_login(table.joris)
    typed = TYPED | {"circle": table.round.core.pk, "seen": "on", "text": "Mevrouw Jansen ziet het donker."}

    asked = client.post(page, typed | {"bekijk": "1"})
    assert asked.status_code == 422
    name, words = re.search(r'type="checkbox" name="(bekeken-text)" value="([^"]+)"', asked.content.decode()).groups()
    ticked = typed | {name: words}
    shown = looked(client, page, ticked, "gemeente-core")
    assert f'type="hidden" name="{name}" value="{words}"' in shown
    assert client.post(page, ticked).status_code == 302
    assert Story.objects.get().text == typed["text"]


def test_a_place_is_changed_and_cleared_again_and_an_area_is_one_of_here(client):
    table = lay_table()
    table.place.parts.create(code="BU99990302")
    told = story(table.joris, table.round, **POINT)
    page = reverse("stories:edit", args=[table.round.slug, told.pk])
    client.force_login(table.joris)
    assert "op de kaart" in client.get(reverse("stories:list", args=[table.round.slug])).content.decode()
    typed = {name: value for name, value in TYPED.items() if name != "point"}
    for given, place, area in (
        ({"longitude": "5.3", "latitude": "52.3", "area": "BU99990301"}, blurred(5.3, 52.3), ""),
        ({"longitude": "", "latitude": "", "area": "BU99990302"}, None, "BU99990302"),
        ({"longitude": "", "latitude": ""}, None, ""),
    ):
        assert client.post(page, typed | given | {"version": told.version}).status_code == 302
        told.refresh_from_db()
        assert (told.point, told.area) == (place, area)
    assert client.post(page, typed | {"area": "BU1", "version": told.version}).status_code == 422
    with pytest.raises(ValidationError):
        update_story(by=table.joris, story=told, version=told.version, text="x", area="BU1")
