"""Until when a circle of a round may read what an organisation shares, as the sharing agreement of the round says."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from buurtbalans.method.people.models.accounts import Circle, Organisation

if TYPE_CHECKING:
    from typing import Self


class AgreedTermQuerySet(models.QuerySet[Any]):
    """Until when circles may read something."""

    def active(self) -> "Self":
        """Return what holds today."""
        return self.filter(until__gte=timezone.localdate())


class AgreedTerm(models.Model):
    """Base of a term: until when a circle may read something; without a row, or after its day, nobody there does.

    The agreement of the round and the signatures under it say so: rounds write these rows anew whenever one changes.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    until = models.DateField()

    objects = AgreedTermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("pk",)

    @property
    def is_active(self) -> bool:
        """Whether it holds today."""
        return self.until >= timezone.localdate()


class TextSharingTerm(AgreedTerm):
    """Until when a circle of a round may read the texts of an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")

    class Meta(AgreedTerm.Meta):
        constraints = [models.UniqueConstraint(name="text_sharing_term_once", fields=["organisation", "circle"])]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.circle_id} {self.until}"
