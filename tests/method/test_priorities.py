"""What comes first: criteria, points of each organisation beside each other, and a choice with a reason."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow, EditConflict
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.rounds.actions import picture, priorities, round, team, versions
from buurtbalans.method.rounds.models import Weighing
from buurtbalans.method.rounds.queries import priorities as priorities_queries
from tests.method.table import judged_claim, lay_table, organisation, person, ring_member

pytestmark = pytest.mark.django_db


def last(verb):
    return AuditRow.objects.filter(verb=f"rounds.{verb}").last()


def refused(code, write, **given):
    with pytest.raises(ValidationError) as refusal:
        write(**given)
    assert refusal.value.code == code


@pytest.fixture
def table():
    """A round with two lines, two criteria (one counts double) and three organisations."""
    table = lay_table()
    claim = judged_claim(table)
    table.dark, table.full = (
        picture.create_line(by=table.samira, round=table.round, kind="zorg", text=text, claims=[claim])
        for text in ("Het plein is donker.", "De huisarts zit vol.")
    )
    (table.many,) = priorities.add_criteria(by=table.samira, round=table.round, texts=["Hoe veel?"])
    (table.bad,) = priorities.add_criteria(by=table.samira, round=table.round, texts=["Hoe erg?"], weight=2)
    table.amina = person("Amina", organisation("Zorg"))
    team.add_to_team(by=table.samira, round=table.round, person=table.amina, role=Role.CORE_MEMBER)
    return table


def give(table, who, line, many, bad, seen=(None, None)):
    cells = {(line.pk, table.many.pk): (seen[0], many), (line.pk, table.bad.pk): (seen[1], bad)}
    return priorities.weigh(by=who, round=table.round, points=cells)


def test_criteria_are_proposed_added_once_changed_and_taken_away_and_back(table):
    assert len(priorities_queries.proposed([])) == 5
    assert all(
        text.startswith("Hoe") for text in priorities_queries.proposed([])
    )  # answered by how much, as the points run
    refused("twice", priorities.add_criteria, by=table.samira, round=table.round, texts=["Hoe veel?", " "])
    refused("weight", priorities.add_criteria, by=table.samira, round=table.round, texts=["Nieuw"], weight=4)
    refused("traces", priorities.add_criteria, by=table.samira, round=table.round, texts=["a@b.nl"])
    priorities.edit_criterion(by=table.samira, criterion=table.many, version=1, text="Hoe veel mensen?", weight=3)
    refused("weight", priorities.edit_criterion, by=table.samira, criterion=table.many, version=2, text="x", weight=0)
    with pytest.raises(EditConflict):
        priorities.edit_criterion(by=table.samira, criterion=table.many, version=1, text="x", weight=1)
    priorities.withdraw_criterion(by=table.samira, criterion=table.many)
    assert [each.text for each in priorities_queries.criteria_of(table.round, table.joris)] == ["Hoe erg?"]
    priorities.restore_criterion(by=table.samira, criterion=table.many)
    refused("there", priorities.restore_criterion, by=table.samira, criterion=table.many)
    for verb in ("add_criteria", "edit_criterion", "withdraw_criterion", "restore_criterion"):
        assert last(verb) is not None


def test_only_the_guide_decides_what_the_group_pays_attention_to(table):
    one = {"criterion": table.many}
    for write, given in (
        (priorities.add_criteria, {"round": table.round, "texts": ["Nieuw"]}),
        (priorities.edit_criterion, one | {"version": 1, "text": "x", "weight": 1}),
        (priorities.withdraw_criterion, one),
        (priorities.restore_criterion, one),
    ):
        with pytest.raises(PermissionDenied):
            write(by=table.joris, **given)


def test_points_of_each_organisation_stand_beside_each_other_as_a_range(table):
    give(table, table.samira, table.dark, 1, 1)
    give(table, table.joris, table.dark, 2, 1)
    give(table, table.amina, table.dark, 3, 3)
    give(table, table.joris, table.full, 3, 0)

    dark, full = priorities_queries.rows_of(table.round, table.joris)

    assert [(one.name, one.total, one.far) for one in dark.points] == [
        ("Gemeente", 3, False),
        ("Buurtteam", 4, False),
        ("Zorg", 9, True),
    ]
    assert (dark.low, dark.high, dark.most, dark.wide) == (3, 9, 9, True)
    assert (full.low, full.high, full.wide) == (3, 3, False)
    assert [one.total for one in full.points] == [3, None, None]
    assert not hasattr(dark, "mean")


def test_who_did_not_weigh_every_criterion_has_no_total_yet(table):
    priorities.weigh(by=table.joris, round=table.round, points={(table.dark.pk, table.many.pk): (None, 3)})

    row = priorities_queries.rows_of(table.round, table.joris)[0]
    assert {one.total for one in row.points} == {None}
    priorities.withdraw_criterion(by=table.samira, criterion=table.bad)
    assert priorities_queries.rows_of(table.round, table.joris)[0].high == 3


def test_points_are_0_to_3_for_lines_and_criteria_that_stand(table):
    def points(line, criterion, given):
        return {"by": table.joris, "round": table.round, "points": {(line, criterion): (None, given)}}

    refused("points", priorities.weigh, **points(table.dark.pk, table.many.pk, 4))
    refused("gone", priorities.weigh, **points(9999, table.many.pk, 1))
    picture.withdraw_line(by=table.samira, line=table.full)
    refused("gone", priorities.weigh, **points(table.full.pk, table.many.pk, 1))
    for stranger in (table.noor, ring_member(table)):
        with pytest.raises(PermissionDenied):
            give(table, stranger, table.dark, 1, 1)
    assert not Weighing.objects.exists()


def test_a_colleague_is_never_written_over(table):
    give(table, table.joris, table.dark, 2, 1)
    assert last("weigh").detail == {"lines": 1}
    colleague = person("Cor", table.team)
    team.add_to_team(by=table.samira, round=table.round, person=colleague, role=Role.CORE_MEMBER)

    for seen in ((None, None), (1, 1)):  # opened before Joris gave points, or while they were other ones
        with pytest.raises(ValidationError) as refusal:
            give(table, colleague, table.dark, 3, 3, seen=seen)
        assert refusal.value.code == "changed"
    assert sorted(Weighing.objects.values_list("points", flat=True)) == [1, 2]
    give(table, colleague, table.dark, 3, 3, seen=(2, 1))
    assert set(Weighing.objects.values_list("points", flat=True)) == {3}


def test_the_group_chooses_with_a_reason_and_the_points_only_advise(table):
    refused("no_reason", priorities.choose, by=table.samira, line=table.dark, first=True, reason=" ")
    choice = priorities.choose(by=table.samira, line=table.dark, first=False, reason="Eerst de huisarts.")
    assert last("choose").detail == {"line": table.dark.pk, "first": False}
    with pytest.raises(EditConflict):
        priorities.choose(by=table.samira, line=table.dark, first=True, reason="Toch wel.")
    priorities.choose(by=table.samira, line=table.dark, first=True, reason="Toch wel.", version=choice.version)
    with pytest.raises(PermissionDenied):
        priorities.choose(by=table.joris, line=table.dark, first=True, reason="x")
    picture.withdraw_line(by=table.samira, line=table.full)
    refused("gone", priorities.choose, by=table.samira, line=table.full, first=True, reason="x")

    round.edit_round(by=table.samira, round=table.round, version=1, finding="Een stil plein")
    lines = versions.submit_version(by=table.samira, round=table.round).content["lines"]
    assert [line["first"] for line in lines] == [True]


def test_the_pages_of_what_comes_first(table, client):
    def at(name, *args):
        return reverse(f"rounds:{name}", args=[table.round.slug, *args])

    client.force_login(table.joris)
    cell = f"p{table.dark.pk}-{table.many.pk}"
    page = client.get(at("weigh")).content.decode()
    assert f'name="initial-{cell}"' in page
    client.post(at("weigh"), {cell: "2", f"initial-{cell}": ""})
    assert Weighing.objects.get().points == 2
    answer = client.post(at("weigh"), {cell: "3", f"initial-{cell}": "1"})
    assert answer.status_code == 422
    assert "Een collega heeft intussen andere punten gegeven" in answer.content.decode()
    assert client.get(at("choose", table.dark.pk)).status_code == 403

    client.force_login(table.samira)
    client.post(at("propose_criteria"))
    client.post(at("new_criterion"), {"text": "Wie kan dit?", "weight": "2"})
    client.post(at("withdraw_criterion", table.bad.pk))
    client.post(at("restore_criterion", table.bad.pk))
    client.post(at("edit_criterion", table.bad.pk), {"text": "Hoe erg?", "weight": "1", "version": 1})
    client.post(at("choose", table.dark.pk), {"first": "True", "reason": "Dit kan snel.", "version": "0"})
    assert priorities_queries.criteria_of(table.round, table.samira).count() == 8
    page = client.get(at("priorities")).content.decode()
    assert all(
        words in page
        for words in ("De groep pakt dit als eerste aan.", "Dit kan snel.", "Wie kan dit?", "Nog geen punten van:")
    )

    client.force_login(ring_member(table))
    assert client.get(at("priorities")).status_code == 403
    client.force_login(table.noor)
    assert client.get(at("priorities")).status_code == 404


def test_everybody_gives_the_same_only_when_everybody_gave_points(table, client):
    client.force_login(table.samira)
    address = reverse("rounds:priorities", args=[table.round.slug])
    give(table, table.samira, table.dark, 1, 1)
    page = client.get(address).content.decode()
    assert "Tot nu toe 3 van de 9 punten." in page
    assert "Alle organisaties geven" not in page

    give(table, table.joris, table.dark, 1, 1)
    give(table, table.amina, table.dark, 1, 1)
    assert "Alle organisaties geven 3 van de 9 punten." in client.get(address).content.decode()


def test_no_heading_stands_above_nothing(table, client):
    client.force_login(table.samira)
    address = reverse("rounds:priorities", args=[table.round.slug])
    assert "Punten per organisatie" in client.get(address).content.decode()
    for criterion in (table.many, table.bad):
        priorities.withdraw_criterion(by=table.samira, criterion=criterion)
    page = client.get(address).content.decode()
    assert "Er zijn nog geen vragen gekozen" in page
    assert "Punten per organisatie" not in page
