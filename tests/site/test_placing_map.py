"""The map of placing names what is not in the list, and the legend says what its pattern means."""

from django.template.loader import render_to_string
from django.test import RequestFactory

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.release.frozen import Release
from buurtbalans.site.pages.city_release import requested_city_release
from buurtbalans.site.pages.placing_map import draw_room


def test_areas_that_are_not_in_the_list_have_a_pattern_of_their_own_and_words(
    waterdam: Release, rf: RequestFactory
) -> None:
    request = rf.get("/")
    here = requested_city_release(request)
    assert here is not None
    rooms = {area.code: (3, "enige ruimte") for area in here.areas(AreaLevel.BUURT)}
    whole = draw_room(request, rooms, {})
    first = next(iter(rooms))
    part = draw_room(request, {first: rooms[first]}, {})
    assert part.count("niet in deze plaatsingsronde") == len(rooms) - 1
    assert "niet in deze plaatsingsronde" not in whole
    told = [render_to_string("placements/outside.html", {"map": drawn}) for drawn in (part, whole, "")]
    assert "niet in deze plaatsingsronde" in told[0]
    assert "niet in deze plaatsingsronde" not in "".join(told[1:])
