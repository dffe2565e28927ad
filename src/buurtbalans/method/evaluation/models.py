"""Evaluation: for each agreed result whether it was reached, the evidence, and what happens next."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.choices import MarkedChoices
from buurtbalans.method.base.models import ActiveManager, Text
from buurtbalans.method.people.models import Person
from buurtbalans.method.plans.models import OfResultQuerySet, Result
from buurtbalans.method.stories.models import Story


class Outcome(MarkedChoices):
    """Whether a result was reached."""

    REACHED = "bereikt", "bevestigd", _("bereikt")
    PARTLY = "deels", "genuanceerd", _("deels bereikt")
    NOT = "niet", "tegengesproken", _("niet bereikt")
    UNKNOWN = "onbekend", "onbekend", _("niet bekend")


class NextStep(MarkedChoices):
    """What the core group does after looking back."""

    STOP = "stoppen", "kruis", _("stoppen")
    GO_ON = "doorgaan", "vink", _("doorgaan")
    QUESTION = "nieuwe_vraag", "vraag", _("nieuwe vraag")


class EvaluationLine(Text):
    """The evaluation of one result: the outcome, the current figure, a reason, a story, and what happens next."""

    result = models.OneToOneField(Result, on_delete=models.CASCADE, related_name="evaluation")
    outcome = models.CharField(_("doel bereikt"), max_length=8, choices=Outcome)
    now = models.JSONField(null=True)
    reason = models.TextField(_("toelichting"), max_length=600)
    voice = models.ForeignKey(Story, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    next = models.CharField(_("vervolg"), max_length=12, choices=NextStep)
    next_text = models.CharField(_("samenvatting in één zin"), max_length=200)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ActiveManager.from_queryset(OfResultQuerySet)()

    class Meta:
        ordering = ("result_id",)
        constraints = [
            models.CheckConstraint(name="evaluation_has_reason", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="evaluation_known_has_figure",
                condition=models.Q(outcome="onbekend") | models.Q(now__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result}: {self.outcome}"

    @property
    def outcome_icon(self) -> str:
        """The icon of its outcome."""
        return Outcome(self.outcome).icon

    @property
    def next_icon(self) -> str:
        """The icon of its next step."""
        return NextStep(self.next).icon
