"""Neighbourhoods: the working areas of the method, of one buurt, several buurten or only some streets."""

from typing import Any, Final, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.models import Text
from buurtbalans.method.people.models import Circle, Organisation, Person


class Neighbourhood(models.Model):
    """A working area: what the people around the table mean when they say "the neighbourhood".

    Its parts are area codes, which mean something only together with `division`, the year of the boundaries.
    """

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(_("naam"), max_length=80)
    municipality = models.CharField(max_length=8)
    division = models.PositiveSmallIntegerField()
    wider = models.CharField(_("hoort bij"), max_length=80, blank=True)
    streets = models.TextField(_("straten"), blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def codes(self) -> list[str]:
        """The area codes of its parts, in a fixed order."""
        return [part.code for part in self.parts.all()]

    @property
    def is_whole_areas(self) -> bool:
        """Whether it is made of whole buurten, so that figures describe exactly this neighbourhood."""
        return not self.streets


class NeighbourhoodPart(models.Model):
    """One area that a neighbourhood is made of."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.CASCADE, related_name="parts")
    code = models.CharField(max_length=12)

    class Meta:
        ordering = ("code",)
        constraints = [models.UniqueConstraint(name="neighbourhood_part_once", fields=["neighbourhood", "code"])]

    def __str__(self) -> str:
        return self.code


class LandmarkKind(models.TextChoices):
    SCHOOL = "school", _("school")
    CARE = "zorg", _("zorg en gezondheid")
    MEETING = "ontmoeten", _("buurthuis of ontmoetingsplek")
    SPORT = "sport", _("sport en spelen")
    SHOP = "winkel", _("winkel of markt")
    WORSHIP = "gebedshuis", _("kerk, moskee of ander gebedshuis")
    TRAVEL = "halte", _("station of halte")
    OTHER = "anders", _("andere voorziening")
    WORKS = "werk", _("geplande werkzaamheden")


class LandmarkQuerySet(models.QuerySet["Landmark"]):
    """What is there and what comes, for who is part of a round about the neighbourhood."""

    def visible_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return the landmarks of neighbourhoods that the viewer has a round about, in the core group or the ring."""
        rings = Circle.objects.visible_to(viewer).filter(kind=Audience.RING, round_as_ring__withdrawn_at__isnull=True)
        return self.filter(neighbourhood__in=rings.values("round_as_ring__neighbourhood"))

    def active(self) -> Self:
        """Return what was not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Landmark(Text):
    """A facility, or works to come: a thing in a neighbourhood that everybody may know, at its exact place.

    `shape` is a point, line or polygon as GeoJSON, in degrees. Works say from when until when.
    """

    SHAPES: Final = ("Point", "LineString", "Polygon")

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="landmarks")
    kind = models.CharField(_("soort"), max_length=12, choices=LandmarkKind)
    name = models.CharField(_("naam"), max_length=80)
    about = models.CharField(_("bijzonderheden"), max_length=200, blank=True)
    shape: Any = models.JSONField(_("plaats"))
    starts_on = models.DateField(_("van"), null=True, blank=True)
    ends_on = models.DateField(_("tot en met"), null=True, blank=True)
    source = models.CharField(_("bron"), max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="landmarks")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = LandmarkQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "name")
        constraints = [
            models.CheckConstraint(
                name="landmark_ends_after_start",
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_works(self) -> bool:
        """Whether it is still to come, and not a facility that is there."""
        return self.kind == LandmarkKind.WORKS
