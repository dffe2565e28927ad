"""Whether somebody wants to hear by mail that something waits, and what they heard of last."""

from typing import Any

from django.db import models

from buurtbalans.method.people.models.accounts import Person


class Reminder(models.Model):
    """The choice of one person to get a mail when something waits; `about` holds the addresses they were told of."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="reminder")
    on = models.BooleanField(default=False)
    sent_on = models.DateField(null=True, blank=True)
    about: Any = models.JSONField(default=list)

    class Meta:
        ordering = ("person",)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.on}"
