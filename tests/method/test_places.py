"""A working area is made of areas of a division, by who may start a round."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.places.actions import draw_neighbourhood
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.places.queries import neighbourhoods, with_area
from tests.method.table import neighbourhood, organisation, person

pytestmark = pytest.mark.django_db
KNOWN = ["BU99990301", "BU99990302"]


def draw(by, **other):
    given = {"name": "Oude Werf", "municipality": "GM9999", "division": 2025, "codes": KNOWN, "known": KNOWN}
    return draw_neighbourhood(by=by, **(given | other))


def test_a_neighbourhood_keeps_its_parts_and_leaves_an_audit_row():
    samira = person("Samira", organisation("Gemeente"))

    place = draw(samira, codes=[KNOWN[1], KNOWN[0], KNOWN[0]], wider="Havenwijk")

    assert place.codes == KNOWN
    assert place.slug == "oude-werf"
    row = AuditRow.objects.get(verb="places.draw_neighbourhood")
    assert row.actor == samira
    assert row.detail == {"codes": KNOWN, "division": 2025}


def test_two_neighbourhoods_of_one_name_get_two_addresses():
    samira = person("Samira", organisation("Gemeente"))

    assert [neighbourhood(samira).slug, neighbourhood(samira).slug] == ["weverskwartier", "weverskwartier-2"]


def test_some_streets_are_less_than_a_whole_area():
    samira = person("Samira", organisation("Gemeente"))

    assert not draw(samira, streets="Kadestraat").is_whole_areas
    assert draw(samira).is_whole_areas


@pytest.mark.parametrize("codes", [[], ["BU00000000"]])
def test_a_neighbourhood_of_nothing_or_of_unknown_areas_is_refused(codes):
    samira = person("Samira", organisation("Gemeente"))

    with pytest.raises(ValidationError):
        draw(samira, codes=codes)

    assert not Neighbourhood.objects.exists()


def test_who_may_not_start_a_round_draws_no_neighbourhood():
    stranger = organisation("Gemeente").people.create(username="los", first_name="Los")

    with pytest.raises(PermissionDenied):
        draw(stranger)


def test_an_area_leads_to_its_neighbourhoods_of_the_same_division():
    place = draw(person("Samira", organisation("Gemeente")))

    assert with_area(KNOWN[0], 2025) == [place]
    assert with_area(KNOWN[0], 2019) == []
    assert neighbourhoods() == [place]
