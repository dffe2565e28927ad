"""What organisations answer when they are asked whether everybody may read their opinion on a version of the picture."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.rounds.models.picture import PictureVoice
from buurtbalans.method.rounds.models.round import CoreQuerySet


class ConsentAnswer(models.TextChoices):
    WHOLE = "heel", _("Akkoord: iedereen mag deze mening lezen.")
    SHORTENED = "ingekort", _("Akkoord met een kortere tekst.")
    HELD_BACK = "niet", _("Niet openbaar: deze mening blijft binnen de ronde.")


class OfVoiceQuerySet(CoreQuerySet):
    """What is asked about opinions on a version of the picture; only the core group reads it."""

    through = "voice__picture__round"


class PublicationConsent(models.Model):
    """Whether everybody may read an opinion of an organisation on a version of the picture: asked, and answered.

    It counts only for the words that were asked about: `version` is that of the opinion, which every change raises.
    `shortened` is what everybody reads in place of the words, which stay as they are for the round.
    """

    voice = models.OneToOneField(PictureVoice, on_delete=models.CASCADE, related_name="consent")
    version = models.PositiveIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=8, choices=ConsentAnswer, blank=True)
    shortened = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = OfVoiceQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="publication_consent_answered",
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="publication_consent_shortened",
                condition=(models.Q(answer=ConsentAnswer.SHORTENED) & ~models.Q(shortened=""))
                | (~models.Q(answer=ConsentAnswer.SHORTENED) & models.Q(shortened="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id} v{self.version}: {self.answer or 'asked'}"

    @property
    def is_about_these_words(self) -> bool:
        """Whether the opinion still reads as it did when its organisation was asked."""
        return self.version == self.voice.version

    @property
    def is_held_back(self) -> bool:
        """Whether the organisation keeps its opinion within the round."""
        return self.answer == ConsentAnswer.HELD_BACK

    @property
    def is_shortened(self) -> bool:
        """Whether everybody reads fewer words than the round."""
        return self.answer == ConsentAnswer.SHORTENED
