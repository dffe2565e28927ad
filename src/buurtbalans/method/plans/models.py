"""Plans: the results that a round wants, with a baseline and a target, and the efforts that organisations agree on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.rounds.models import Claim, CoreQuerySet, Round
from buurtbalans.method.stories.models import Text


class EffortState(models.TextChoices):
    STARTS = "begint", _("begint")
    RUNS = "loopt", _("loopt")
    DONE = "klaar", _("klaar")
    STUCK = "staat_stil", _("staat stil")


class EvidenceClass(models.TextChoices):
    PROVEN = "bewezen", _("bewezen")
    PROMISING = "kansrijk", _("kansrijk")
    OWN_IDEA = "eigen_idee", _("eigen idee, nog niet getest")


class OfResultQuerySet(CoreQuerySet):
    """What belongs to a result; scoped like the result."""

    through = "result__round"


class Result(Text):
    """What the round wants to be different for people, measured from a frozen baseline to a target range."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="results")
    title = models.CharField(_("resultaat"), max_length=120)
    per_what = models.CharField(_("waarvan"), max_length=80)
    baseline = models.JSONField()
    target_low = models.FloatField(_("doel van"))
    target_high = models.FloatField(_("doel tot"))
    target_year = models.PositiveSmallIntegerField(_("doeljaar"))
    claims = models.ManyToManyField(Claim, related_name="results")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = CoreQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="result_target_is_a_range", condition=models.Q(target_low__lte=models.F("target_high"))
            )
        ]

    def __str__(self) -> str:
        return self.title


class Effort(Text):
    """What one organisation does for a result; it rests on at least one claim."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="efforts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="efforts")
    together_with = models.CharField(_("samen met"), max_length=80, blank=True)
    what = models.CharField(_("wat"), max_length=160)
    first_sign = models.CharField(_("eerste teken dat het werkt"), max_length=120)
    state = models.CharField(_("stand"), max_length=10, choices=EffortState, default=EffortState.STARTS)
    state_reason = models.CharField(_("reden"), max_length=120, blank=True)
    since = models.DateField(_("sinds"))
    evidence_class = models.CharField(_("hoe weten we dat het werkt"), max_length=10, choices=EvidenceClass)
    claims = models.ManyToManyField(Claim, related_name="efforts")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = OfResultQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="effort_stuck_has_reason", condition=~models.Q(state="staat_stil") | ~models.Q(state_reason="")
            )
        ]

    def __str__(self) -> str:
        return self.what
