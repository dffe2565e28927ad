"""Facilities and works on the map: who may put them there, what is refused, and what the trail keeps."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from buurtbalans.method.base.models import AuditRow, EditConflict
from buurtbalans.method.places import actions
from buurtbalans.method.places.models import Landmark
from tests.method.table import lay_table, ring_member

pytestmark = pytest.mark.django_db
POINT = {"type": "Point", "coordinates": [5.2, 52.2]}
CROSSED = [[5.2, 52.2], [5.3, 52.3], [5.3, 52.2], [5.2, 52.3], [5.2, 52.2]]  # its sides cross each other
SCHOOL = {"kind": "school", "name": "Het Getouw", "source": "eigen kennis", "shape": POINT}


def verbs() -> list[str]:
    return list(AuditRow.objects.order_by("sequence").values_list("verb", flat=True))


def test_the_core_group_puts_on_changes_and_takes_away():
    table = lay_table()
    made = actions.add_landmark(by=table.joris, neighbourhood=table.place, **SCHOOL)
    assert (made.organisation, made.author) == (table.team, table.joris)
    actions.edit_landmark(by=table.samira, landmark=made, version=1, **{**SCHOOL, "name": "De Spoel"})
    assert (made.name, made.version) == ("De Spoel", 2)
    with pytest.raises(EditConflict):
        actions.edit_landmark(by=table.joris, landmark=made, version=1, **SCHOOL)
    actions.withdraw_landmark(by=table.joris, landmark=made)
    assert not Landmark.objects.active().exists()
    actions.restore_landmark(by=table.joris, landmark=made)
    assert Landmark.objects.active().exists()
    assert [verb for verb in verbs() if verb.startswith("places.")][1:] == [
        "places.add_landmark",
        "places.edit_landmark",
        "places.withdraw_landmark",
        "places.restore_landmark",
    ]


def test_the_ring_and_strangers_do_not():
    table = lay_table()
    made = actions.add_landmark(by=table.joris, neighbourhood=table.place, **SCHOOL)
    before = verbs()
    for who in (table.noor, huub := ring_member(table)):
        with pytest.raises(PermissionDenied):
            actions.add_landmark(by=who, neighbourhood=table.place, **SCHOOL)
        with pytest.raises(PermissionDenied):
            actions.import_landmarks(by=who, neighbourhood=table.place, rows=[SCHOOL])
        for write in (actions.withdraw_landmark, actions.restore_landmark):
            with pytest.raises(PermissionDenied):
                write(by=who, landmark=made)
        with pytest.raises(PermissionDenied):
            actions.edit_landmark(by=who, landmark=made, version=1, **SCHOOL)
        with pytest.raises(PermissionDenied):
            actions.withdraw_landmarks(by=who, neighbourhood=table.place, first=1, last=made.pk)
    assert [verb for verb in verbs() if verb.startswith("places.")] == [v for v in before if v.startswith("places.")]
    assert list(Landmark.objects.visible_to(huub)) == [made]
    assert not Landmark.objects.visible_to(table.noor).exists()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": " "}, "name"),
        ({"kind": ""}, "name"),
        ({"starts_on": date(2027, 3, 1), "ends_on": date(2027, 2, 1)}, "dates"),
        ({"shape": {"type": "Point", "coordinates": [52.2, 5.2]}}, "shape"),
        ({"shape": {"type": "MultiPoint", "coordinates": [[5.2, 52.2]]}}, "shape"),
        ({"shape": {"type": "Polygon", "coordinates": [CROSSED]}}, "shape"),
        ({"shape": None}, "shape"),
        ({"shape": {"type": "Point"}}, "shape"),
    ],
)
def test_what_is_no_place_or_has_no_name_is_refused(wrong, code):
    table = lay_table()
    with pytest.raises(ValidationError) as refused:
        actions.add_landmark(by=table.joris, neighbourhood=table.place, **(SCHOOL | wrong))
    assert refused.value.code == code
    assert not Landmark.objects.exists()


def test_a_file_counts_whole_or_not_at_all_and_goes_at_once():
    table = lay_table()
    with pytest.raises(ValidationError):
        actions.import_landmarks(by=table.joris, neighbourhood=table.place, rows=[SCHOOL, SCHOOL | {"name": ""}])
    with pytest.raises(ValidationError):
        actions.import_landmarks(by=table.joris, neighbourhood=table.place, rows=[])
    assert not Landmark.objects.exists()
    made = actions.import_landmarks(by=table.joris, neighbourhood=table.place, rows=[SCHOOL, SCHOOL | {"name": "X"}])
    other = actions.add_landmark(by=table.samira, neighbourhood=table.place, **SCHOOL)
    gone = actions.withdraw_landmarks(by=table.joris, neighbourhood=table.place, first=made[0].pk, last=made[-1].pk + 5)
    assert gone == made
    assert list(Landmark.objects.active()) == [other]
