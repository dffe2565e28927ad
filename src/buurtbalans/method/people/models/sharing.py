"""Until when a circle of a round may read the texts of an organisation, as its sharing agreement says."""

from typing import Self

from django.db import models
from django.utils import timezone

from buurtbalans.method.people.models.accounts import Circle, Organisation


class TextSharingTermQuerySet(models.QuerySet["TextSharingTerm"]):
    """Until when circles may read the texts of organisations."""

    def active(self) -> Self:
        """Return what holds today."""
        return self.filter(until__gte=timezone.localdate())


class TextSharingTerm(models.Model):
    """Until when a circle of a round may read the texts of an organisation; without this row nobody else there does.

    The agreement of the round and the signatures under it say so: rounds write these rows anew whenever one changes.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="text_terms")
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="text_terms")
    until = models.DateField()

    objects = TextSharingTermQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(name="text_sharing_term_once", fields=["organisation", "circle"])]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.circle_id} {self.until}"
