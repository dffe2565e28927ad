"""What an organisation can do for a neighbourhood."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.models import Text
from buurtbalans.method.people.models.accounts import Organisation


class ProfileQuerySet(models.QuerySet["Profile"]):
    """What organisations can do: for everybody who works at one."""

    def visible_to(self, viewer: Any) -> Self:
        """Return all profiles for who works at an organisation, none for others."""
        return self if viewer.is_authenticated and viewer.organisation_id else self.none()


class Profile(Text):
    """What an organisation can do for a neighbourhood, for whom, with what mandate, and when it can be reached."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="profile")
    can = models.TextField(_("aanbod"), max_length=600)
    for_whom = models.CharField(_("voor welke mensen"), max_length=200)
    mandate = models.CharField(_("bevoegdheden"), max_length=300, blank=True)
    hours = models.CharField(_("bereikbaarheid"), max_length=160, blank=True)
    reach = models.CharField(_("contact"), max_length=160, blank=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ("organisation__name",)

    def __str__(self) -> str:
        return f"{self.organisation}: {self.for_whom}"
