"""Plans: the results a round aims for, with a baseline and a target, and the efforts that organisations agree on."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.choices import MarkedChoices
from buurtbalans.method.base.models import ActiveManager, Text
from buurtbalans.method.base.versions import ERASED, field_words, value_words
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.plans.interventions.evidence import EvidenceClass
from buurtbalans.method.rounds.models import Claim, CoreQuerySet, Round

PROMISED_FIELDS = (
    *("what", "together_with", "first_sign", "starts_on", "ends_on", "renew_by"),
    *("where", "area", "longitude", "latitude"),
)


class EffortState(MarkedChoices):
    """Where an effort stands."""

    STARTS = "begint", "kalender", _("begint")
    RUNS = "loopt", "speel", _("loopt")
    DONE = "klaar", "vink", _("klaar")
    STUCK = "staat_stil", "pauze", _("ligt stil")


class PlanQuerySet(CoreQuerySet):
    """Lines of a plan, scoped by the round's core circle; a withdrawn line is kept and can be restored."""

    parent_lookups: tuple[str, ...] = ()  # prefixes of the lines that a line disappears with

    def active(self) -> Self:
        """Return the lines that are not withdrawn and of which no parent is withdrawn."""
        return self.filter(**{f"{prefix}withdrawn_at__isnull": True for prefix in ("", *self.parent_lookups)})

    def withdrawn(self) -> Self:
        """Return the lines that are withdrawn themselves."""
        return self.filter(withdrawn_at__isnull=False)


class OfResultQuerySet(PlanQuerySet):
    """Parts of a result; scoped like the result."""

    through = "result__round"
    parent_lookups = ("result__",)


class Result(Text):
    """A change that the round wants for people, measured from a frozen baseline to a target range."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="results")
    title = models.CharField(_("doel"), max_length=120)
    per_what = models.CharField(_("waarvan"), max_length=80)
    baseline = models.JSONField()
    target_low = models.FloatField(_("streefwaarde van"))
    target_high = models.FloatField(_("streefwaarde tot"))
    target_year = models.PositiveSmallIntegerField(_("doeljaar"))
    claims = models.ManyToManyField(Claim, related_name="results")
    measured_by = models.CharField(_("manier van meten"), max_length=200, blank=True)
    measured_on = models.DateField(_("moment van meten"), null=True, blank=True)
    measured_with = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisatie die meet"),
    )
    asked_too = models.CharField(_("vragen aan bewoners"), max_length=200, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ActiveManager.from_queryset(PlanQuerySet)()

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
    """An effort of one organisation for a result; it rests on at least one claim."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="efforts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="efforts")
    together_with = models.CharField(_("samen met"), max_length=80, blank=True)
    what = models.CharField(_("wat"), max_length=160)
    first_sign = models.CharField(_("eerste teken dat het werkt"), max_length=120)
    state = models.CharField(_("stand"), max_length=10, choices=EffortState, default=EffortState.STARTS)
    state_reason = models.CharField(_("reden"), max_length=120, blank=True)
    since = models.DateField(_("sinds"))
    evidence_class = models.CharField(_("mate van bewijs"), max_length=10, choices=EvidenceClass)
    intervention = models.SlugField(_("maatregel uit ‘Wat werkt’"), max_length=60, blank=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="efforts")
    starts_on = models.DateField(_("begindatum"), null=True, blank=True)
    ends_on = models.DateField(_("einddatum"), null=True, blank=True)
    quick_win = models.BooleanField(_("snel zichtbaar"), default=False)
    renew_by = models.DateField(_("opnieuw besluiten vóór"), null=True, blank=True)
    confirmed_on = models.DateField(_("laatst bevestigd op"), null=True, blank=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    where = models.CharField(_("waar"), max_length=120, blank=True)
    area = models.CharField(_("in welke buurt"), max_length=12, blank=True)
    longitude = models.FloatField(_("lengtegraad"), null=True, blank=True)
    latitude = models.FloatField(_("breedtegraad"), null=True, blank=True)
    claims = models.ManyToManyField(Claim, related_name="efforts")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ActiveManager.from_queryset(OfResultQuerySet)()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="effort_stuck_has_reason", condition=~models.Q(state="staat_stil") | ~models.Q(state_reason="")
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def state_icon(self) -> str:
        """The icon of its state."""
        return EffortState(self.state).icon

    @property
    def is_running(self) -> bool:
        """Whether it runs now."""
        return self.state == EffortState.RUNS

    @property
    def is_done(self) -> bool:
        """Whether it is finished."""
        return self.state == EffortState.DONE

    @property
    def evidence_strength(self) -> int:
        """How strong the evidence for it is, from 0 to 3."""
        return EvidenceClass(self.evidence_class).strength

    @property
    def place(self) -> tuple[float, float] | None:
        """The place as longitude and latitude, if one is set."""
        if self.longitude is None or self.latitude is None:
            return None
        return self.longitude, self.latitude

    @property
    def is_proposal(self) -> bool:
        """Whether its organisation has not accepted it yet."""
        return self.accepted_at is None

    @property
    def changes_since_accepted(self) -> list[tuple[str, str, str]]:
        """What differs from what its organisation accepted before, of a proposal: the field, the old and new words."""
        old: dict[str, Any] = {}
        for past in self.past if self.is_proposal else ():
            old |= {name: ERASED if past.erased_at else value for name, value in past.fields.items()}
            if past.fields.get("accepted_at"):
                return [
                    (field_words(Effort, name), was, now)
                    for name in PROMISED_FIELDS
                    if name in old
                    and (was := self._words(name, old[name])) != (now := self._words(name, getattr(self, name)))
                ]
        return []

    def _words(self, name: str, value: Any) -> str:
        field: Any = self._meta.get_field(name)
        return value_words(self, name, value if value is ERASED else field.to_python(value)) or gettext("niets")

    @property
    def was_declined(self) -> bool:
        """Whether its organisation declined it: never accepted, and withdrawn with a reason."""
        return self.withdrawn_at is not None and self.accepted_at is None and bool(self.state_reason)


class OfEffortQuerySet(PlanQuerySet):
    """Parts of an effort; scoped like the effort."""

    through = "effort__result__round"
    parent_lookups = ("effort__", "effort__result__")


class Progress(Text):
    """How an effort went in a period: its reach, dose and quality, and who benefits."""

    effort = models.ForeignKey(Effort, on_delete=models.CASCADE, related_name="progress")
    start = models.DateField(_("van"))
    end = models.DateField(_("tot en met"))
    reached = models.PositiveIntegerField(_("aantal bereikte mensen"), null=True, blank=True)
    meant = models.PositiveIntegerField(_("omvang van de doelgroep"), null=True, blank=True)
    dose = models.CharField(_("hoe vaak en hoe lang"), max_length=120, blank=True)
    quality = models.CharField(_("uitvoering"), max_length=200, blank=True)
    better_off = models.CharField(_("wat mensen ervan merken"), max_length=200, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ActiveManager.from_queryset(OfEffortQuerySet)()

    class Meta:
        ordering = ("effort", "start")
        verbose_name_plural = "progress"
        constraints = [
            models.CheckConstraint(name="progress_has_a_while", condition=models.Q(start__lte=models.F("end")))
        ]

    def __str__(self) -> str:
        return f"{self.effort_id}: {self.start}"


class ConditionTopic(MarkedChoices):
    """What a condition is about."""

    PLACING = "plaatsen", "huis", _("bij het plaatsen van mensen")
    SUPPORT = "begeleiden", "persoon", _("bij de begeleiding van mensen")


class Condition(Text):
    """A condition for placing or supporting vulnerable people well in the area; it rests on at least one claim."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="conditions")
    about = models.CharField(_("onderwerp"), max_length=10, choices=ConditionTopic)
    text = models.CharField(_("voorwaarde"), max_length=200)
    area = models.CharField(max_length=12, blank=True)
    claims = models.ManyToManyField(Claim, related_name="conditions")
    review_on = models.DateField(_("opnieuw bekijken op"), null=True, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ActiveManager.from_queryset(PlanQuerySet)()

    class Meta:
        ordering = ("about", "pk")

    def __str__(self) -> str:
        return self.text

    @property
    def icon(self) -> str:
        """The icon of what it is about."""
        return ConditionTopic(self.about).icon


class PlanVersion(models.Model):
    """The plan as it was agreed; it never changes, because a changed plan is a new version."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="plans")
    number = models.PositiveSmallIntegerField()
    content: Any = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = CoreQuerySet.as_manager()

    class Meta:
        ordering = ("round", "-number")
        constraints = [models.UniqueConstraint(name="plan_version_once", fields=["round", "number"])]

    def __str__(self) -> str:
        return f"{self.round_id} v{self.number}"
