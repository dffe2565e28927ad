"""What was shared before each audience had its own view keeps what was shown then."""

from collections.abc import Iterator

import pytest
from django.apps.registry import Apps

from tests.method.walking import back_at, moved

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
BEFORE = [("datasets", "0002_shipments"), ("people", "0003_attempts")]


@pytest.fixture
def old() -> Iterator[Apps]:
    """The models as they were."""
    with back_at(BEFORE) as apps:
        yield apps


def test_what_was_shown_stays_shown(old: Apps) -> None:
    make = {name: old.get_model("people", name).objects.create for name in ("Organisation", "Circle", "Person")}
    public = old.get_model("people", "Circle").objects.get(kind="public")
    organisation = make["Organisation"](slug="x", name="X", kind="zorg")
    circle = make["Circle"](kind="organisation", name="X", organisation=organisation, within=public)
    person = make["Person"](username="x")
    for for_all in (False, True):
        shipment = old.get_model("datasets", "Shipment").objects.create(
            organisation=organisation,
            circle=circle,
            for_all=for_all,
            state="gedeeld",
            title="x",
            source="x",
            file="x",
            sha256="a",
            by=person,
        )
        count = old.get_model("datasets", "ShipmentCount").objects.create
        about = {"shipment": shipment, "indicator": "x", "division": 2025, "period": 2025}
        count(area="BU1", value=41, shown=41, **about)
        count(area="BU2", value=3, withheld="too_few", **about)
        old.get_model("datasets", "UseAnswers").objects.create(
            shipment=shipment, audience="x", legal="x", ethical="x", good_idea="x", decides="x", by=person
        )
    new = moved([("datasets", "0003_audiences")])
    uses = new.get_model("datasets", "UseAnswers").objects.order_by("pk")
    assert [(use.level, use.circle_id) for use in uses] == [("core", circle.pk), ("public", None)]
    shown = new.get_model("datasets", "ShownCount").objects.order_by("count_id", "audience")
    assert [(row.count.area, row.audience, row.value, row.absence) for row in shown] == [
        ("BU1", "core", 41, ""),
        ("BU2", "core", None, "too_few"),
        ("BU1", "core", 41, ""),
        ("BU1", "public", 41, ""),
        ("BU2", "core", None, "too_few"),
        ("BU2", "public", None, "too_few"),
    ]
