"""Whose voice is missing, beside who lives there and who takes part: figures through the gate, stories of all."""

import pytest

from buurtbalans.method.rounds.models import Gap
from buurtbalans.method.rounds.queries import heard
from tests.method.table import lay_table, organisation, person, story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (12.5, "1 op de 8"),
        (11.8, "1 op de 8"),
        (34, "1 op de 3"),
        (35, "4 op de 10"),
        (62, "6 op de 10"),
        (0, "geen van de"),
        (0.4, "1 op de 250"),
    ],
)
def test_a_share_is_said_as_one_can_see_it(share, words):
    assert heard.one_in(share) == words


def with_shares(monkeypatch, **values):
    """Let the release of the round hold shares; None is withheld."""
    found = [
        {"indicator": name, "area": "BU99990301", "period": 2025, "value": value, "sentence": "Te weinig mensen."}
        for name, value in values.items()
    ]
    monkeypatch.setattr(heard, "figures", lambda round, indicators: found)


def ages(table, viewer=None):
    return {row.told: row.here for row in heard.age_representation(table.round, viewer or table.samira)}


def test_ages_of_stories_stand_beside_those_of_residents(monkeypatch):
    table = lay_table()
    with_shares(monkeypatch, share_0_14=15.0, share_15_24=10.0, share_25_44=None, share_45_64=30.0, share_65_plus=12.5)
    story(table.joris, table.round, age="0-18")
    story(table.joris, table.round, age="75+", circle=table.team.circle)  # of one organisation: it does not count

    assert (
        ages(table)
        == ages(table, table.joris)
        == {
            "1 verhaal van mensen jonger dan 30 jaar": "1 op de 4 bewoners is jonger dan 25 jaar",
            "nog niemand": "1 op de 8 bewoners is 65 jaar of ouder",
        }
    )  # the middle says the same "nog niemand": see below
    rows = heard.age_representation(table.round, table.joris)
    assert [row.here for row in rows][1] == "Te weinig mensen."
    assert [row.voice and row.voice.key for row in rows] == [None, "ages:midden", "ages:oud"]


def test_a_group_that_tells_little_beside_its_part_is_a_task_too(monkeypatch):
    table = lay_table()
    with_shares(monkeypatch, share_0_14=20.0, share_15_24=20.0, share_25_44=20.0, share_45_64=20.0, share_65_plus=20.0)
    for age in ["30-45"] * 7 + ["0-18", "75+"]:
        story(table.joris, table.round, age=age)
    young, middle, old = heard.age_representation(table.round, table.joris)
    assert "weinig voor het aantal bewoners" in young.told
    assert young.voice is not None
    assert (middle.voice, old.voice) == (None, None)  # one of nine is more than half of twenty in a hundred


def test_without_figures_the_words_say_so_and_the_stories_still_count():
    table = lay_table()  # its release does not exist
    assert {row.here for row in heard.age_representation(table.round, table.joris)} == {"geen cijfer"}


def test_sectors_say_who_takes_part_and_who_could_be_asked(client):
    table = lay_table()
    rounds_people = {row.name: row for row in heard.sectors(table.round, table.joris)}
    assert rounds_people["stadsdeel"].organisations == ["Buurtteam", "Gemeente"]
    assert rounds_people["politie"].voice.what == "Wie uit de sector ‘politie’ kunnen we vragen om mee te doen?"
    person("Pim", organisation("Politie", "politie"))  # an organisation that takes no part
    assert {row.name: row for row in heard.sectors(table.round, table.joris)}["politie"].voice

    client.force_login(table.joris)
    page = client.get("/rondes/weverskwartier/stap/3/").content.decode()
    assert "Deelnemers per sector" in page
    for key in ("sector:politie", "ages:oud"):
        assert f'value="{key}"' in page
        assert client.post("/rondes/weverskwartier/vragen/stem/", {"stem": key}).status_code == 302
        assert client.post("/rondes/weverskwartier/vragen/stem/", {"stem": key}).status_code == 404
    assert [gap.whom for gap in Gap.objects.all()] == ["politie", "mensen van 60 jaar of ouder"]
