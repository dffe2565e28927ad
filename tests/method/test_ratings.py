"""Rating twelve themes: spread and never a mean, hidden groups, where sides differ, and nothing of a sheet is lost."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.method.base.models import PastVersion
from buurtbalans.method.stories.actions import ratings
from buurtbalans.method.stories.models import RatingSheet, Side, When
from buurtbalans.method.stories.queries import ratings as ratings_queries
from buurtbalans.method.stories.queries.ratings import FEWEST, Spread
from tests.method.table import lay_table, ring_member

GROUP = (When.BEFORE, Side.RESIDENT)
counts = st.lists(st.integers(0, 9), min_size=7, max_size=7).map(tuple).filter(lambda found: sum(found) > 0)


@pytest.fixture
def table(db: None) -> SimpleNamespace:
    return lay_table()


def rated(table: SimpleNamespace, score: int | None, *, why: str = "", by: Any = None, **given: Any) -> RatingSheet:
    about: dict[str, Any] = {"when": "voor", "side": "bewoner", "seen": True, "answers": {"verkeer": (score, why)}}
    made: RatingSheet = ratings.create_rating_sheet(
        by=by or table.joris, neighbourhood=table.place, core=table.round.core, **{**about, **given}
    )
    return made


def theme(table: SimpleNamespace, aspect: str = "verkeer") -> Any:
    return next(each for each in ratings_queries.themes_of(table.round.core, table.samira) if each.aspect == aspect)


@given(counts, counts)
def test_how_far_groups_lie_apart(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    first, second = Spread(one), Spread(other)
    assert first.apart(second) == pytest.approx(second.apart(first))
    assert 0 <= first.apart(second) <= 6
    assert first.apart(Spread(tuple(3 * count for count in one))) == pytest.approx(0)
    low, high = first.middle
    assert sum(one[low - 1 : high]) * 2 >= sum(one)


def test_a_group_that_is_too_small_stays_away_with_its_reasons(table: SimpleNamespace) -> None:
    for number in range(FEWEST - 1):
        rated(table, number + 1, why="De auto’s rijden te hard.")
    rated(table, None, why="Geen idee, ik fiets.")  # who does not know makes no group larger
    assert theme(table).groups[GROUP].hidden
    assert theme(table).reasons == {}
    rated(table, 7)
    spread = theme(table).groups[GROUP]
    assert (spread.counts, spread.unknown, spread.hidden) == ((1, 1, 1, 1, 0, 0, 1), 1, False)
    assert len(theme(table).reasons[GROUP]) == FEWEST


def test_where_sides_differ_most_comes_first_and_only_of_groups_that_are_shown(table: SimpleNamespace) -> None:
    for _each in range(FEWEST):
        rated(table, 2, answers={"verkeer": (2, ""), "wonen": (4, ""), "groen": (1, "")})
        rated(table, 6, side="professional", answers={"verkeer": (6, ""), "wonen": (5, "")})
    rated(table, 7, side="professional", answers={"groen": (7, "")})  # one professional is no group
    (apart,) = ratings_queries.largest_contrasts(ratings_queries.themes_of(table.round.core, table.samira))
    assert (apart.theme.aspect, apart.one[1], apart.other[1]) == ("verkeer", Side.RESIDENT, Side.PROFESSIONAL)
    for _each in range(FEWEST):
        rated(table, 5, when="na", answers={"groen": (5, "")})
    assert [
        each.theme.aspect
        for each in ratings_queries.largest_contrasts(ratings_queries.themes_of(table.round.core, table.samira))
    ] == [
        "verkeer",
        "groen",
    ]


def test_a_reason_is_looked_at_and_an_empty_sheet_refused(table: SimpleNamespace) -> None:
    with pytest.raises(ValidationError):
        rated(table, 3, why="Te hard.", seen=False)
    with pytest.raises(ValidationError):
        rated(table, 3, why="Bel 06-12345678")
    with pytest.raises(ValidationError):
        rated(table, 3, answers={})
    with pytest.raises(PermissionDenied):
        rated(table, 3, by=ring_member(table))


def test_a_sheet_is_changed_taken_away_and_brought_back(table: SimpleNamespace) -> None:
    sheet = rated(table, 2, why="Te hard.")
    ratings.update_rating_sheet(
        by=table.joris, sheet=sheet, version=1, when="na", side="bewoner", age="", answers={"wonen": (7, "")}
    )
    assert [(r.aspect, r.score) for r in sheet.ratings.all()] == [("wonen", 7)]
    assert PastVersion.objects.get(about=sheet.label).fields["answers"] == {"verkeer": [2, "Te hard."]}
    with pytest.raises(PermissionDenied):
        ratings.update_rating_sheet(by=table.samira, sheet=sheet, version=2, answers={"wonen": (1, "")})
    ratings.withdraw_sheet(by=table.joris, sheet=sheet)
    assert theme(table, "wonen").groups == {}
    ratings.restore_sheet(by=table.joris, sheet=sheet)
    assert theme(table, "wonen").groups[(When.AFTER, Side.RESIDENT)].counts[6] == 1


def test_the_pages_show_the_same_in_bars_and_in_the_table(table: SimpleNamespace, client: Any) -> None:
    for score in (2, 2, 3, 5, 7):
        rated(table, score)
    client.force_login(table.samira)
    page = client.get(reverse("ratings:list", args=[table.round.slug])).content.decode()
    assert "1: 0, 2: 2, 3: 1, 4: 0, 5: 1, 6: 0, 7: 1" in page
    row = page[page.index("<tbody>") :].split("</tr>")[0]
    assert row.count('<td class="getal">') == 8
    new = reverse("ratings:new", args=[table.round.slug])
    given = {"when": "voor", "side": "professional", "score-wonen": "0", "reason-wonen": "Ik woon er niet."}
    refused = client.post(new, given)
    assert refused.status_code == 422
    assert '<a href="#id_seen">' in refused.content.decode()
    named = client.post(new, {**given, "reason-wonen": "Bel 06-12345678."}).content.decode()
    assert '<a href="#id_reason-wonen">Wonen: toelichting</a>' in named
    assert named.index(
        "Uw gegevens zijn nog niet opgeslagen, want er ontbreekt iets of er klopt iets niet."
    ) < named.index('id="id_reason-wonen"')
    assert client.post(new, {**given, "seen": "on"}).status_code == 302
    assert RatingSheet.objects.filter(side="professional").get().ratings.get().score is None
    client.force_login(ring_member(table))
    assert client.get(reverse("ratings:list", args=[table.round.slug])).status_code == 403
