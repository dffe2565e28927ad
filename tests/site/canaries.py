"""A word of its own in every kind of text of both rounds: it says for which circle it is and where it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.models import PastVersion, Text
from buurtbalans.method.evaluation.models import EvaluationLine
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.people.models import Profile as Profiles
from tests.site.content_fixtures import CANARY, Content

APPS = ("places", "stories", "rounds", "plans", "capacities", "evaluation")
MARKED = re.compile(r"kanarie-(\d+)-(?:([a-z]+)\.([a-z_]+)\.)?")
WORKING = 0  # the circle of who works at an organisation: it reads what partners can do
CODES = (  # a code, or words of the catalogue: nobody types them; and a working area, which is no secret
    "neighbourhood.name",
    "neighbourhood.municipality",
    "neighbourhood.wider",
    "neighbourhood.streets",
    "neighbourhoodpart.code",
    "landmark.shape",
    "round.release",
    "evidence.figure",
    "effort.intervention",
    "effort.area",
    "condition.area",
    "capacity.area",
    "support.area",
    "score.point",
    "meeting.steps",
    "publishedfeelings.cells",
    "publishedfeelings.counted",
)


def kinds() -> Iterator[tuple[type[models.Model], list[models.Field[Any, Any]]]]:
    """Yield every model of the round with the fields in which somebody types, and what is frozen of them."""
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            texts = [
                field
                for field in model._meta.get_fields()
                if isinstance(field, models.CharField | models.TextField | models.JSONField)
                and not field.choices
                and not isinstance(field, models.SlugField)
            ]
            if texts:
                yield model, texts


def mark(content: Content) -> set[str]:
    """Write into each canary where it stands, also in past versions and profiles; return the kinds that have one."""
    found = set()
    for line in EvaluationLine.objects.select_related("result"):
        EvaluationLine.objects.filter(pk=line.pk).update(now=line.result.baseline)
    for model, texts in kinds():
        for row in model._base_manager.all():
            circles = CANARY.findall(" ".join(_said(row, field) for field in texts))
            new = {field.name: _marked(row, field, circles) for field in texts if circles and _takes_words(row, field)}
            if new:
                found |= {_name(model, field) for field in texts if field.name in new}
                _changed(content, row, new)
    for profile in Profiles.objects.all():
        new = {name: f"kanarie-{WORKING}-profile.{name}." for name in ("can", "for_whom", "mandate", "hours", "reach")}
        Profiles.objects.filter(pk=profile.pk).update(**new)
    return found | {"profile"} | _mark_past()


def _said(row: models.Model, field: models.Field[Any, Any]) -> str:
    value = getattr(row, field.name)
    return value if isinstance(value, str) else json.dumps(value)


def _name(model: type[models.Model], field: models.Field[Any, Any]) -> str:
    return f"{model._meta.model_name}.{field.name}"


def _takes_words(row: models.Model, field: models.Field[Any, Any]) -> bool:
    """Return whether a canary stands in a field, or nothing yet while somebody may type in it."""
    empty = getattr(row, field.name) == "" and _name(type(row), field) not in CODES
    return empty or bool(CANARY.search(_said(row, field)))


def _marked(row: models.Model, field: models.Field[Any, Any], circles: list[str]) -> Any:
    """Return the text of a field as its canary alone; in what is frozen, each canary says that it is."""
    where, said = _name(type(row), field), _said(row, field)
    if isinstance(field, models.JSONField):
        return json.loads(MARKED.sub(lambda hit: f"kanarie-{hit[1]}-{where}.", said))
    hit = MARKED.search(said)
    return f"kanarie-{hit[1] if hit else max(circles, key=_narrowness)}-{where}."


def _narrowness(circle: str) -> bool:
    return Circle.objects.get(pk=circle).kind != Audience.RING


def _changed(content: Content, row: models.Model, new: dict[str, Any]) -> None:
    """Change a row as a later version, so that its former words lie in the past."""
    fitting = {}
    for name, value in new.items():
        size = getattr(row._meta.get_field(name), "max_length", None)
        fitting[name] = value if not isinstance(value, str) or not size or len(value) <= size else value[:size]
    if isinstance(row, Text) and row.withdrawn_at is None:
        row.change(by=content.world["process_guide"], version=row.version, **fitting)
    else:
        type(row)._base_manager.filter(pk=row.pk).update(**fitting)


def _mark_past() -> set[str]:
    for past in PastVersion.objects.all():
        said = MARKED.sub(lambda hit: f"kanarie-{hit[1]}-past.fields.", json.dumps(past.fields))
        PastVersion.objects.filter(pk=past.pk).update(fields=json.loads(said))
    return {"past.fields"}


def throw_away(content: Content) -> int:
    """Take every text of both rounds away, as its writer may; it lies in the trash then."""
    thrown = 0
    for model, _texts in kinds():
        if issubclass(model, Text):
            who = content.world["process_guide"]
            thrown += model._base_manager.update(withdrawn_at=timezone.now(), withdrawn_by=who)
    return thrown


def allowed_to(viewer: Person | AnonymousUser) -> set[int]:
    """Return the circles whose words somebody may read."""
    works = isinstance(viewer, Person) and viewer.organisation_id is not None
    return set(Circle.objects.visible_to(viewer).values_list("pk", flat=True)) | ({WORKING} if works else set())


def searches(content: Content) -> list[str]:
    """Return what somebody would type to find the words of others."""
    circles = [
        circle.pk for side in ("own", "foreign") for circle in (content.world.core[side], content.world.ring[side])
    ]
    return [
        "/zoek/?q=kanarie",
        *(f"/zoek/?q=kanarie-{pk}-" for pk in circles),
        "/zoek/?q=verhaal",
        "/wat-werkt/?q=kanarie",
    ]
