"""Choices that bring their icon and their explanation, so that forms, pages and papers ask them and keep no list."""

from typing import Any, Self

from django.db import models
from django.utils.functional import Promise


class MarkedChoices(models.TextChoices):
    """Choices with an icon of the design system and, where one needs it, a few words that explain it.

    A member is declared as its value, icon and label, or as its value, icon, explanation and label.
    """

    icon: str
    meaning: str | Promise

    def __new__(cls, value: Any, icon: str = "", meaning: str | Promise = "") -> Self:
        """Make a member; Django has taken the label off."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.icon, member.meaning = icon, meaning
        return member
