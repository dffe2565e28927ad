"""How well an intervention is known to work: the classes of evidence, declared once."""

from typing import Any, Self

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class EvidenceClass(models.TextChoices):
    """The evidence that an effort works, the strongest first.

    A member is declared as its value, its strength from 0 to 3, the words that end "show what …", and its label.
    """

    strength: int
    ending: str | Promise

    PROVEN = "bewezen", 3, _("bewezen is"), _("bewezen")
    PROMISING = "kansrijk", 2, _("kansrijk is"), _("kansrijk")
    OWN_IDEA = "eigen_idee", 0, _("nog niet getest is"), _("eigen idee, nog niet getest")

    def __new__(cls, value: Any, strength: int = 0, ending: str | Promise = "") -> Self:
        """Make a member; Django has taken the label off."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.strength, member.ending = strength, ending
        return member
