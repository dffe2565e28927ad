"""Stories: what people say and see, with their source, their tone and who may see them."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buurtbalans.method.people.models import Circle, Organisation, Person, Text
from buurtbalans.method.people.queries import ContributionQuerySet
from buurtbalans.method.places.models import Neighbourhood


class Source(models.TextChoices):
    RESIDENT = "bewoner", _("een bewoner vertelt")
    PROFESSIONAL = "professional", _("een professional vertelt")
    OBSERVATION = "waarneming", _("zelf gezien")
    INTERVIEW = "interview", _("interview")
    DOCUMENT = "document", _("uit een document")


class Tone(models.TextChoices):
    STRENGTH = "kracht", _("kracht")
    CHANCE = "kans", _("kans")
    CONCERN = "zorg", pgettext_lazy("verhaal", "zorg")
    EVENT = "gebeurtenis", _("gebeurtenis")
    UNKNOWN = "onbekend", _("weet ik niet")


class Theme(models.TextChoices):
    MEETING = "ontmoeten", _("ontmoeten")
    SAFETY = "veiligheid", _("veiligheid")
    HOUSING = "wonen", _("wonen")
    CARE = "zorg", _("zorg en gezondheid")
    MONEY = "geld", _("geld en werk")
    YOUTH = "opgroeien", _("opgroeien")
    GREEN = "groen", _("straat en groen")
    OTHER = "anders", _("iets anders")


class TimeOfDay(models.TextChoices):
    MORNING = "ochtend", _("’s ochtends")
    AFTERNOON = "middag", _("’s middags")
    EVENING = "avond", _("’s avonds")
    NIGHT = "nacht", _("’s nachts")
    ALWAYS = "hele_dag", _("de hele dag")


class WhoKind(models.TextChoices):
    RESIDENT = "bewoner", _("bewoner")
    VOLUNTEER = "vrijwilliger", _("vrijwilliger")
    SHOPKEEPER = "ondernemer", _("ondernemer")
    PROFESSIONAL = "professional", _("professional")
    VISITOR = "bezoeker", _("bezoeker")


class AgeBand(models.TextChoices):
    UNDER_18 = "0-18", _("jonger dan 18 jaar")
    UNDER_30 = "18-30", _("18 tot 30 jaar")
    UNDER_45 = "30-45", _("30 tot 45 jaar")
    UNDER_60 = "45-60", _("45 tot 60 jaar")
    UNDER_75 = "60-75", _("60 tot 75 jaar")
    OLDER = "75+", _("75 jaar of ouder")


class StoryQuerySet(ContributionQuerySet):
    """Stories, scoped to who may read them."""

    def visible_to(self, viewer: "Person | AnonymousUser") -> Self:
        """Return the stories that the viewer may read; a withdrawn one only for who can restore it."""
        standing = models.Q(withdrawn_at__isnull=True)
        if viewer.is_authenticated:
            standing |= models.Q(author=viewer) | models.Q(withdrawn_by=viewer)
        return super().visible_to(viewer).filter(standing)

    def standing(self) -> "StoryQuerySet":
        """Return the stories that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Story(Text):
    """Something that someone told or saw about a neighbourhood. It belongs to a circle: its audience."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="stories")
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="stories")
    # A story waits in its organisation until a colleague has looked at it; or came back, and why.
    asked = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="stories_asked", null=True, blank=True)
    returned = models.CharField(_("waarom terug"), max_length=200, blank=True)
    text = models.TextField(_("verhaal"), max_length=600)
    source = models.CharField(_("soort bron"), max_length=12, choices=Source)
    tone = models.CharField(_("wat is het"), max_length=12, choices=Tone, default=Tone.UNKNOWN)
    theme = models.CharField(_("onderwerp"), max_length=12, choices=Theme, default=Theme.OTHER)
    period = models.CharField(_("wanneer"), max_length=60, blank=True)
    time_of_day = models.CharField(_("deel van de dag"), max_length=10, choices=TimeOfDay, blank=True)
    place = models.CharField(_("waar"), max_length=120, blank=True)
    area = models.CharField(max_length=12, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    who = models.CharField(_("wie vertelt het"), max_length=12, choices=WhoKind, default=WhoKind.RESIDENT)
    age = models.CharField(_("leeftijd"), max_length=6, choices=AgeBand, blank=True)
    heard_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="stories_heard")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stories")
    author_hidden = models.BooleanField(_("toon mijn naam niet"), default=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name_plural = "stories"
        constraints = [models.CheckConstraint(name="story_has_text", condition=~models.Q(text=""))]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def teller(self) -> str:
        """Who tells it and through whom, without a name: "bewoner, 60 tot 75 jaar · via Buurtteam"."""
        who = str(self.get_who_display()).capitalize()
        if self.age:
            who = f"{who}, {self.get_age_display()}"
        return f"{who} · via {self.heard_by.name}" if self.heard_by else who
