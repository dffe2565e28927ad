"""Stories: what people say and see, with their source, their tone, how much it matters and when it was."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buurtbalans.method.stories.models.contribution import Contribution


class Source(models.TextChoices):
    RESIDENT = "bewoner", _("verteld door een bewoner")
    PROFESSIONAL = "professional", _("verteld door een professional")
    OBSERVATION = "waarneming", _("eigen waarneming")
    INTERVIEW = "interview", _("interview")
    DOCUMENT = "document", _("uit een document")


class Tone(models.TextChoices):
    STRENGTH = "kracht", _("kracht")
    CHANCE = "kans", _("kans")
    CONCERN = "zorg", pgettext_lazy("verhaal", "zorg")
    EVENT = "gebeurtenis", _("gebeurtenis")
    UNKNOWN = "onbekend", _("weet ik niet")

    @property
    def marker(self) -> str:
        """The kind of marker on a map and beside the story; a story without a kind has the mark of a question."""
        return "vraag" if self is Tone.UNKNOWN else self.value


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


class Importance(models.IntegerChoices):
    SOME = 1, _("een beetje")
    MUCH = 2, _("belangrijk")
    MOST = 3, _("heel belangrijk")


class Story(Contribution):
    """Something that someone told or saw about a neighbourhood. It belongs to a circle: its audience."""

    WORDS: ClassVar = "text"

    text = models.TextField(_("verhaal"), max_length=600)
    source = models.CharField(_("soort bron"), max_length=12, choices=Source)
    tone = models.CharField(_("soort"), max_length=12, choices=Tone, default=Tone.UNKNOWN)
    theme = models.CharField(_("onderwerp"), max_length=12, choices=Theme, default=Theme.OTHER)
    importance = models.PositiveSmallIntegerField(_("belang"), choices=Importance, null=True, blank=True)
    period = models.CharField(_("wanneer"), max_length=60, blank=True)
    time_of_day = models.CharField(_("deel van de dag"), max_length=10, choices=TimeOfDay, blank=True)
    place = models.CharField(_("waar"), max_length=120, blank=True)
    area = models.CharField(max_length=12, blank=True)
    author_hidden = models.BooleanField(_("naam niet tonen"), default=False)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name_plural = "stories"
        constraints = [models.CheckConstraint(name="story_has_text", condition=~models.Q(text=""))]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def names_writer(self) -> bool:  # type: ignore[override]
        """Whether others read who told it: unless the author chose to hide that."""
        return not self.author_hidden

    @property
    def marker(self) -> str:
        """The marker of its tone."""
        return Tone(self.tone).marker
