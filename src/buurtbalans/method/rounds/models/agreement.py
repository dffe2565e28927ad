"""The sharing agreement of a round: why, who shares what with whom until when, on which ground, signed and kept."""

from datetime import date

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.models import Text
from buurtbalans.method.datasets.models import Delivery
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.models.accounts import AUDIENCE_CHOICES
from buurtbalans.method.rounds.models.round import CoreQuerySet, Round
from buurtbalans.method.rounds.states import AgreementState


class OfAgreementQuerySet(CoreQuerySet):
    """Rows of an agreement (pledges, signatures); visible to who may see the round of that agreement."""

    through = "agreement__round"


class Agreement(Text):
    """One version of the agreement on sharing. A changed one is a new version, which all sign again.

    `proposed_at` closes the text; without it the text is still being written.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="agreements")
    number = models.PositiveSmallIntegerField(default=1)
    purpose = models.TextField(_("waarvoor wij delen"), max_length=600)
    ground = models.TextField(_("op welke grond"), max_length=600)
    third_parties = models.CharField(_("wie nog meer"), max_length=300, blank=True)
    rights = models.CharField(_("waar mensen terechtkunnen"), max_length=300, blank=True)
    security = models.CharField(_("hoe wij het veilig houden"), max_length=300, blank=True)
    steering = models.CharField(_("wie erop let"), max_length=200, blank=True)
    until = models.DateField(_("geldig tot en met"))
    proposed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(_("waarom zij stopt"), max_length=300, blank=True)

    objects = CoreQuerySet.as_manager()

    class Meta:
        ordering = ("round", "-number")
        constraints = [models.UniqueConstraint(name="agreement_once", fields=["round", "number"])]

    def __str__(self) -> str:
        return f"{self.round_id} v{self.number}"

    def state(self, today: date) -> AgreementState:
        """Return where it stands on a day; its dates say so, and nothing else does."""
        if self.proposed_at is None:
            return AgreementState.DRAFT
        if self.ended_at is not None:
            return AgreementState.ENDED
        return AgreementState.EXPIRED if today > self.until else AgreementState.PROPOSED

    def holds(self, today: date) -> bool:
        """Return whether it is proposed, not ended, and its term has not passed."""
        return self.state(today) is AgreementState.PROPOSED


class Pledge(Text):
    """One line of an agreement: this organisation shares this with that circle, until a date."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="pledges")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="pledges")
    what = models.CharField(_("wat"), max_length=200)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="pledges")
    audience = models.CharField(_("met wie"), max_length=12, choices=AUDIENCE_CHOICES, default=Audience.CORE)
    until = models.DateField(_("tot en met"))

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        ordering = ("organisation__name", "pk")

    def __str__(self) -> str:
        return self.what

    @property
    def readers(self) -> str:
        """Everybody who may see it, in words."""
        return gettext(Audience(self.audience).words.readers)


class Signature(models.Model):
    """The word of one organisation under an agreement, and when it took that back, with the reason."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="signatures")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("in welke functie"), max_length=80)
    at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("waarom"), max_length=300, blank=True)

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        ordering = ("at",)
        constraints = [
            models.UniqueConstraint(
                name="signature_once",
                fields=["agreement", "organisation"],
                condition=models.Q(taken_back_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.at:%Y-%m-%d}"
