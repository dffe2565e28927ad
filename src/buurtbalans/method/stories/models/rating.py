"""Rating: the same twelve themes from 1 to 7, with the reason, by residents and professionals, before and after."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.models import ActiveManager, Text
from buurtbalans.method.people.models import Circle, Organisation, Person
from buurtbalans.method.people.models.scoping import CircleContentQuerySet, SharedTexts
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.stories.models.contribution import AgeBand


class Aspect(models.TextChoices):
    MOVING = "bewegen", _("lopen en fietsen")
    TRAVEL = "reizen", _("bus, tram en trein")
    TRAFFIC = "verkeer", _("verkeer en parkeren")
    STREETS = "straten", _("straten en pleinen")
    GREEN = "groen", _("groen en spelen")
    SERVICES = "voorzieningen", _("winkels en voorzieningen")
    WORK = "werk", _("werk en rondkomen")
    HOMES = "wonen", _("wonen")
    CONTACT = "contact", _("contact met elkaar")
    BELONGING = "thuis", _("zich thuis voelen")
    SAFETY = "veiligheid", _("zich veilig voelen")
    SAY = "meebeslissen", _("zorg voor de buurt en meebeslissen")


class When(models.TextChoices):
    BEFORE = "voor", _("aan het begin")
    AFTER = "na", _("aan het eind")


class Side(models.TextChoices):
    RESIDENT = "bewoner", _("bewoners")
    PROFESSIONAL = "professional", _("professionals")


class RatingSheetQuerySet(SharedTexts, CircleContentQuerySet):
    """Ratings, scoped by the core group that they are for, and by the sharing agreement of its round."""

    of_organisation = "heard_by"

    def visible_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return the ratings that count for the viewer."""
        return super().visible_to(viewer).within_agreement(viewer)


class RatingSheet(Text):
    """What one person thinks of the neighbourhood, in one sitting. It belongs to the core group of a round."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="rating_sheets")
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="rating_sheets")
    when = models.CharField(_("wanneer"), max_length=4, choices=When)
    side = models.CharField(_("ingevuld door"), max_length=12, choices=Side)
    age = models.CharField(_("leeftijd"), max_length=6, choices=AgeBand, blank=True)
    heard_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="rating_sheets")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rating_sheets")

    names_writer = False

    objects = ActiveManager.from_queryset(RatingSheetQuerySet)()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.side}, {self.when}"


class Rating(models.Model):
    """One theme on a sheet: 1 (much must change) to 7 (hardly anything), or no number for who does not know."""

    sheet = models.ForeignKey(RatingSheet, on_delete=models.CASCADE, related_name="ratings")
    aspect = models.CharField(_("onderwerp"), max_length=14, choices=Aspect)
    score = models.PositiveSmallIntegerField(null=True, validators=[MinValueValidator(1), MaxValueValidator(7)])
    reason = models.CharField(_("waarom"), max_length=200, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="rating_once", fields=["sheet", "aspect"]),
            models.CheckConstraint(name="rating_one_to_seven", condition=models.Q(score__range=(1, 7))),
        ]

    def __str__(self) -> str:
        return f"{self.aspect}: {self.score}"
