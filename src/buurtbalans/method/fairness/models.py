"""Totals that an office outside made of a placing, kept as they came: about classes of people, never about few."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.models import Withdrawable
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission, roles_with


class OutsideTotalsQuerySet(models.QuerySet["OutsideTotals"]):
    """Totals, for who places for the organisation or watches over that."""

    def visible_to(self, viewer: Any) -> Self:
        """Return the totals of the viewer's organisation."""
        home = getattr(viewer, "organisation", None)
        if home is None or not viewer.is_active:
            return self.none()
        roles = [*roles_with(Permission.PLACE), *roles_with(Permission.SWITCH_PLACING)]
        mine = viewer.memberships.filter(role__in=roles, circle=home.circle).exists()
        return self.filter(organisation=home) if mine else self.none()


class OutsideTotals(Withdrawable):
    """The totals that one office made of one placing, as rows; they can be withdrawn and restored."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("naam"), max_length=80)
    office = models.CharField(_("wie telde"), max_length=80)
    rows: Any = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = OutsideTotalsQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "outside totals"

    def __str__(self) -> str:
        return self.title
