"""The publications: who made which release the one that everybody sees, when, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.models import Person


class Kind(models.TextChoices):
    """What happened."""

    PUBLISHED = "gepubliceerd", _("gepubliceerd")
    UNDONE = "teruggedraaid", _("teruggedraaid")


class Publication(models.Model):
    """One switch of the published release. The releases themselves lie on the shelf; here is who decided.

    `release` is the release that everybody sees from then on; empty when nothing is published any more.
    """

    kind = models.CharField(max_length=16, choices=Kind)
    release = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                name="publication_of_a_release",
                condition=~models.Q(kind=Kind.PUBLISHED, release=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.release} {self.kind}"
