"""No model points to a model of a higher app; keys written as text escape the linter, so the models are asked."""

from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture.reading import rank


def targets(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Yield each relation of a model: the field's name and the label of the app it points to.

    The account that acts is no relation upward: Django names it by the setting AUTH_USER_MODEL, whatever app has it.
    """
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        target = field.remote_field.model if field.remote_field else None
        if target is get_user_model():
            continue
        if isinstance(target, str):
            yield field.name, target.rpartition(".")[0] or model._meta.app_label
        elif target is not None:
            yield field.name, target._meta.app_label


def upward(found: Iterable[type[models.Model]]) -> list[str]:
    """Return every relation that points to a higher app."""
    return [
        f"{model._meta.label}.{field} points up to {app}"
        for model in found
        for field, app in targets(model)
        if rank(app) > rank(model._meta.app_label) and rank(model._meta.app_label) >= 0
    ]


def test_no_relation_points_upward() -> None:
    assert upward(apps.get_models(include_auto_created=True)) == []


@pytest.mark.parametrize("kind", [models.ForeignKey, models.OneToOneField, models.ManyToManyField])
def test_a_planted_relation_is_caught(kind: type[models.Field]) -> None:
    options = {} if kind is models.ManyToManyField else {"on_delete": models.CASCADE}
    with isolate_apps("buurtbalans.method.people"):

        class Planted(models.Model):
            higher = kind("rounds.Round", **options)

            class Meta:
                app_label = "people"

            def __str__(self) -> str:
                return "planted"

        assert upward([Planted]) == ["people.Planted.higher points up to rounds"]


def test_a_relation_downward_or_to_itself_is_fine() -> None:
    with isolate_apps("buurtbalans.method.rounds"):

        class Fine(models.Model):
            lower = models.ForeignKey("people.Circle", on_delete=models.CASCADE)
            own = models.ForeignKey("self", on_delete=models.CASCADE)

            class Meta:
                app_label = "rounds"

            def __str__(self) -> str:
                return "fine"

        assert upward([Fine]) == []
