"""What organisations answer when they are asked whether everybody may read their opinion on a version of the picture."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.models import Organisation
from buurtbalans.method.rounds.models.claims import Stance
from buurtbalans.method.rounds.models.picture import PictureVersion, PictureVoice
from buurtbalans.method.rounds.models.round import CoreQuerySet


class ConsentAnswer(models.TextChoices):
    WHOLE = "heel", _("Akkoord: iedereen mag deze mening lezen.")
    SHORTENED = "ingekort", _("Akkoord met een kortere tekst.")
    HELD_BACK = "niet", _("Niet openbaar: deze mening blijft binnen de ronde.")


class OfVersionQuerySet(CoreQuerySet):
    """Rows of a version of the picture that only the core group reads."""

    through = "picture__round"


class PublicationConsent(models.Model):
    """Whether everybody may read the opinion of an organisation on a version: asked, answered, and for which words.

    It counts only for the opinion exactly as it was asked about: `stance` and `words`. `shortened` is what everybody
    reads in place of the words, which stay as they are for the round.
    """

    picture = models.ForeignKey(PictureVersion, on_delete=models.CASCADE, related_name="consents")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=12, choices=Stance)
    words = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=8, choices=ConsentAnswer, blank=True)
    shortened = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = OfVersionQuerySet.as_manager()

    class Meta:
        ordering = ("organisation__name",)
        constraints = [
            models.UniqueConstraint(name="publication_consent_once", fields=["picture", "organisation"]),
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
        return f"{self.picture_id}/{self.organisation_id}: {self.answer or 'asked'}"

    @property
    def is_held_back(self) -> bool:
        """Whether the organisation keeps its opinion within the round."""
        return self.answer == ConsentAnswer.HELD_BACK

    @property
    def is_shortened(self) -> bool:
        """Whether everybody reads fewer words than the round."""
        return self.answer == ConsentAnswer.SHORTENED

    @property
    def public_words(self) -> str:
        """The words that everybody reads when the organisation agreed."""
        return self.shortened or self.words

    def is_about(self, voice: PictureVoice) -> bool:
        """Return whether the opinion is still exactly what the organisation was asked about."""
        return (self.stance, self.words) == (voice.stance, voice.words)
