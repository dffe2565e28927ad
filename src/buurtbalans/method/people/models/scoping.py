"""Which rows a viewer may read: the one place where circles, and everything with an audience, are scoped."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.people.permissions import Permission, roles_with

if TYPE_CHECKING:
    from buurtbalans.method.people.models.accounts import Person

CircleIds = tuple[int, ...]
STEPS_OUTWARD: Final = Audience.PUBLIC.width - Audience.CORE.width - 1  # from a core group to just inside the public

_read_once: ContextVar[dict[object, CircleIds] | None] = ContextVar(
    "circles of the viewers of one reading", default=None
)


@contextmanager
def one_reading() -> Iterator[None]:
    """While somebody only reads, in which circles a viewer may read is looked up once; nothing may be written within."""
    token = _read_once.set({})
    try:
        yield
    finally:
        _read_once.reset(token)


def _once(key: object, look_up: Callable[[], Iterable[int]]) -> CircleIds:
    """Return what is looked up, within one reading only the first time."""
    known = _read_once.get()
    if known is None:
        return tuple(look_up())
    if key not in known:
        known[key] = tuple(look_up())
    return known[key]


class CircleQuerySet(models.QuerySet[Any]):
    """Circles, by who belongs to them."""

    def with_member(self, person: "Person | AnonymousUser", permission: Permission) -> Self:
        """Return the circles in which a person holds a permission by a role in that very circle."""
        return self.filter(pk__in=self._ids_with_member(person, permission))

    def visible_to(self, viewer: "Person | AnonymousUser") -> Self:
        """Return the circles whose contributions the viewer may read: the own ones and every wider one."""
        return self.filter(pk__in=self.ids_visible_to(viewer))

    def ids_visible_to(self, viewer: "Person | AnonymousUser") -> CircleIds:
        """Return the keys of the circles that a viewer may read, by which rows are scoped without a subquery."""

        def look_up() -> Iterable[int]:
            own = self.model._default_manager.with_member(viewer, Permission.READ)
            return self.model._default_manager.seen_from(own).order_by().values_list("pk", flat=True)

        return _once(("visible", viewer.pk), look_up)

    def _ids_with_member(self, person: "Person | AnonymousUser", permission: Permission) -> CircleIds:
        if not person.is_authenticated or not person.is_active:
            return ()
        held = person.memberships.filter(role__in=roles_with(permission), circle__isnull=False)
        return _once((permission, person.pk), lambda: held.order_by().values_list("circle", flat=True).distinct())

    def seen_from(self, own: Self) -> Self:
        """Return the circles whose contributions somebody reads in `own`: these, every wider one, and the public's."""
        return self.filter(models.Q(kind=Audience.PUBLIC) | self._outward(own))

    def of_round(self, core: int) -> Self:
        """Return the circles of the round with this core group, from narrow to wide: the group and those around it."""
        circles = self._outward(self.model._default_manager.filter(pk=core))
        width = models.Case(*(models.When(kind=audience, then=audience.width) for audience in Audience.of_round()))
        return self.filter(circles, kind__in=Audience.of_round()).order_by(width)

    def _outward(self, own: Self) -> models.Q:
        """Return the condition of being one of some circles, or a wider one around it."""
        outward = models.Q(pk__in=own.values("pk"))
        for steps in range(1, STEPS_OUTWARD + 1):
            wider = self.model._default_manager.filter(**{f"{'__'.join(['inner'] * steps)}__in": own})
            outward |= models.Q(pk__in=wider.values("pk"))
        return outward


class SharedTexts:
    """Part of the querysets of texts of organisations: a circle reads them while the sharing agreement of its round says so.

    The three paths lead from a text to the organisation that it is of, to the circle whose agreement counts, and to
    its writer.
    """

    of_organisation = "organisation"
    agreement_circle = "circle"
    by_writer = "author"

    filter: Callable[..., Any]
    exclude: Callable[..., Any]

    def within_agreement(self, viewer: "Person | AnonymousUser") -> Any:
        """Return the texts that the sharing agreement lets the viewer read, whatever circles the viewer is in.

        Those are one's own, those of the own organisation, and those of an organisation whose signature stands under
        an agreement that holds. Somebody without an organisation speaks for nobody else and signs nothing.
        """
        return self.filter(shared_text(viewer, self.of_organisation, self.agreement_circle, self.by_writer))

    def agreed(self) -> Any:
        """Return the texts that everybody in their circle may read, as the sharing agreement says."""
        return self.filter(agreed_text(self.of_organisation, self.agreement_circle))

    def waiting_for_signature(self) -> Any:
        """Return the texts that nobody outside their organisation reads: it did not sign, or the agreement is over."""
        return self.exclude(agreed_text(self.of_organisation, self.agreement_circle))


def shared_text(viewer: "Person | AnonymousUser", organisation: str, circle: str, writer: str) -> models.Q:
    """Return the condition that a sharing agreement lets the viewer read a text; see `SharedTexts`."""
    shared = agreed_text(organisation, circle)
    if not viewer.is_authenticated:
        return shared
    own = models.Q(**{writer: viewer.pk}) if writer else models.Q()
    return shared | own | models.Q(**{organisation: viewer.organisation_id or 0})


def agreed_text(organisation: str, circle: str) -> models.Q:
    """Return the condition that others read a text: of nobody's organisation, at home, or as its agreement says."""
    terms = apps.get_model("people", "TextSharingTerm").objects.active()
    of_text = terms.filter(organisation=models.OuterRef(organisation), circle=models.OuterRef(circle))
    alone = models.Q(**{f"{organisation}__isnull": True})
    at_home = models.Q(**{f"{circle}__organisation": models.F(organisation)})
    return models.Q(models.Exists(of_text)) | alone | at_home


class CircleContentQuerySet(models.QuerySet[Any]):
    """Base of every model with an audience: the one place where its rows are scoped to a viewer."""

    def visible_to(self, viewer: "Person | AnonymousUser") -> Self:
        """Return the rows whose circle the viewer may read."""
        circles = self.model._meta.get_field("circle").related_model._default_manager
        return self.filter(circle__in=circles.all().ids_visible_to(viewer))
