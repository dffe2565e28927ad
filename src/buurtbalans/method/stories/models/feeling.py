"""Feelings on the map: where people feel at ease or not, why, by day or in the evening; and what is shown outward."""

from typing import Any, ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.choices import MarkedChoices
from buurtbalans.method.base.models import ActiveManager, Text
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.people.models.scoping import CircleContentQuerySet
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.stories.models.contribution import Contribution


class Mood(models.TextChoices):
    HAPPY = "blij", _("blij")
    PROUD = "trots", _("trots")
    SAFE = "veilig", _("veilig")
    HOME = "thuis", _("thuis")
    RESTLESS = "onrustig", _("onrustig")
    AFRAID = "bang", _("bang")
    ANGRY = "boos", _("boos")
    OTHER = "anders", _("anders")


PLEASANT: Final = frozenset({Mood.HAPPY, Mood.PROUD, Mood.SAFE, Mood.HOME})
UNPLEASANT: Final = frozenset({Mood.RESTLESS, Mood.AFRAID, Mood.ANGRY})


class DayPart(MarkedChoices):
    """The part of the day that a feeling is about."""

    DAY = "overdag", "zon", _("overdag")
    EVENING = "avond", "maan", _("’s avonds")


class Feeling(Contribution):
    """How one person feels at one place by day or in the evening. Who wrote it down is never shown beside it.

    `voice` is the same for all feelings of one person on one occasion, and says nothing of who that is: by it people
    are counted, not feelings.
    """

    WORDS: ClassVar = "reason"

    names_writer = False
    mood = models.CharField(_("gevoel"), max_length=8, choices=Mood)
    day_part = models.CharField(_("wanneer"), max_length=7, choices=DayPart)
    reason = models.CharField(_("waarom"), max_length=300, blank=True)
    voice = models.UUIDField()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="feeling_has_place", condition=models.Q(longitude__isnull=False, latitude__isnull=False)
            ),
            models.CheckConstraint(
                name="feeling_other_says_why", condition=~models.Q(mood="anders") | ~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mood}, {self.day_part}"


class PublishedFeelings(Text):
    """The feelings of a round as others than the team see them, as they were on the day that the team showed them.

    `cells` holds per part of the day squares of enough people, each with its borders in degrees and how it feels there
    in one of three words; `voices` how many people they rest on in all. It does not change afterwards. `counted` are
    the feelings it was made of, only for the next view (decision 11): no page, file or answer shows them.
    """

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="published_feelings")
    core = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="published_feelings")
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="published_feelings_to")
    cells: Any = models.JSONField()
    counted: Any = models.JSONField(default=dict, editable=False)
    voices = models.PositiveIntegerField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ActiveManager.from_queryset(CircleContentQuerySet)()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name_plural = "published feelings"

    def __str__(self) -> str:
        return f"{self.neighbourhood}: {self.voices}"
