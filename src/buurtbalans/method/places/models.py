"""Neighbourhoods: the working areas of the method, of one buurt, several buurten or only some streets."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Neighbourhood(models.Model):
    """A working area: what the people around the table mean when they say "the neighbourhood".

    Its parts are area codes, which mean something only together with `division`, the year of the boundaries.
    """

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(_("naam"), max_length=80)
    municipality = models.CharField(max_length=8)
    division = models.PositiveSmallIntegerField()
    wider = models.CharField(_("ligt in"), max_length=80, blank=True)
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
