"""Placing: whether an organisation may place at all, and what it places with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.models import Organisation, Person


class PlacingSwitch(models.Model):
    """One turn of the switch of an organisation: on or off, by whom, and why; the last one holds."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="placing_switches")
    on = models.BooleanField(_("aan"))
    reason = models.TextField(_("waarom"), max_length=600)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "placing switches"
        constraints = [models.CheckConstraint(name="placing_switch_has_reason", condition=~models.Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.on}"
