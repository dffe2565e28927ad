"""Placing: whether an organisation may place, the batches it places, each advice on them, and what people decided."""

import re
from datetime import date, timedelta
from typing import Any, Final, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.jobs import Job
from buurtbalans.method.capacities.models import Capacity
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission, roles_with

APPEAL: Final = timedelta(days=42)  # six weeks after a batch is closed
OPEN_MOST: Final = timedelta(days=182)  # a batch that nobody closes
BEST: Final = "best"  # the plan that is best for all together


class PlacingSwitch(models.Model):
    """One turn of the switch of an organisation: on or off, by whom, and why; the last one holds."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="placing_switches")
    on = models.BooleanField(_("aan"))
    reason = models.TextField(_("waarom"), max_length=600)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "placing switches"
        constraints = [models.CheckConstraint(name="placing_switch_has_reason", condition=~models.Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.on}"


class PlacingBatchQuerySet(models.QuerySet["PlacingBatch"]):
    """Batches, scoped to who has to do with them while placing is on for their organisation."""

    def visible_to(self, viewer: Any) -> Self:
        """Return the batches of the viewer's organisation, and those in which its homes are offered."""
        home = getattr(viewer, "organisation", None)
        if home is None or not viewer.is_active:
            return self.none()
        roles = [*roles_with(Permission.PLACE), *roles_with(Permission.READ)]
        if not viewer.memberships.filter(role__in=roles, circle=home.circle).exists():
            return self.none()
        places = viewer.memberships.filter(role__in=roles_with(Permission.PLACE), circle=home.circle).exists()
        return self.shown_to(home.pk) if places else self.shown_to(home.pk).filter(removed_by=None)

    def shown_to(self, organisation: int) -> Self:
        """Return the batches of an organisation and those in which its homes are offered, where placing is on."""
        return self.with_part(organisation, (True,))

    def with_part(self, organisation: int, on: tuple[bool, ...] = (True, False)) -> Self:
        """Return the same batches where placing is on, or off."""
        last = PlacingSwitch.objects.filter(organisation=models.OuterRef("organisation")).order_by("-pk")
        mine = models.Q(organisation=organisation) | models.Q(
            pk__in=PlacingBatch.corporations.through.objects.filter(organisation=organisation).values("placingbatch")
        )
        return self.annotate(on=models.Subquery(last.values("on")[:1])).filter(mine, on__in=on)


class PlacingBatch(models.Model):
    """Households and homes that are placed together, under working numbers; erased after the term."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("naam"), max_length=80)
    files: Any = models.JSONField()  # per file of the case its rows as text; empty once erased
    hashes: Any = models.JSONField()
    warnings: Any = models.JSONField(default=list)  # what asks for a look, as findings; empty once erased
    households = models.PositiveIntegerField()
    homes = models.PositiveIntegerField()
    corporations = models.ManyToManyField(Organisation, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # read in by mistake
    removed_reason = models.TextField(_("waarom"), max_length=600, blank=True)

    objects = PlacingBatchQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "placing batches"

    def __str__(self) -> str:
        return self.title

    @property
    def erased_on(self) -> date:
        """Return the day on which the site erases it: after the appeal term, or when it stays open too long."""
        until = self.closed_at + APPEAL if self.closed_at else self.at + OPEN_MOST
        return timezone.localdate(until)


class PlacingAdvice(models.Model):
    """One advice on a batch, with all that it was made of, so that it can be made again byte for byte."""

    batch = models.ForeignKey(PlacingBatch, on_delete=models.CASCADE, related_name="advices")
    number = models.PositiveIntegerField()
    locks: Any = models.JSONField()
    rejections: Any = models.JSONField()
    shown: Any = models.JSONField()
    plan = models.CharField(max_length=20, default=BEST)
    reason = models.TextField(_("reden voor deze variant"), max_length=600, blank=True)
    proposals: Any = models.JSONField()
    placed = models.PositiveIntegerField()
    proof: Any = models.JSONField(null=True)  # of the whole model: the bound, and the prices of agreements
    room: Any = models.JSONField(default=dict)  # per area the headroom that it counted with and the batch does not now
    seal = models.CharField(max_length=64)
    made_with = models.CharField(max_length=40)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(name="placing_advice_once", fields=["batch", "number"])]

    def __str__(self) -> str:
        return f"{self.batch} {self.number}"


class PlacingChoice(models.TextChoices):
    """What a person decides about a household."""

    TAKE = "overnemen", _("akkoord")
    CHOOSE = "anders", _("andere woning")
    HOLD = "aanhouden", _("in de wacht")
    REFUSED = "geweigerd", _("geweigerd door het huishouden")
    PICK = "koos", _("gekozen door het huishouden")
    LOCK = "vastleggen", _("vastgezet")
    REJECT = "afwijzen", _("woning afgewezen")
    BACK = "terugnemen", _("ongedaan maken gevraagd")


BY_TWO: Final = (PlacingChoice.CHOOSE, PlacingChoice.BACK)  # a second person looks at it
LOCKING_CHOICES: Final = (PlacingChoice.TAKE, PlacingChoice.CHOOSE, PlacingChoice.PICK, PlacingChoice.LOCK)
REJECTING_CHOICES: Final = (PlacingChoice.REFUSED, PlacingChoice.REJECT)
FITS_AHEAD: Final = gettext_noop(
    "Dit past het beste, ook als de verwachte huishoudens meetellen."
)  # reasons that a week writes itself
WAITS_AHEAD: Final = gettext_noop("Dit huishouden kan beter wachten op een woning in %(area)s.")


class PlacingDecision(models.Model):
    """One decision of a person about a household; another home counts only once a second person agrees.

    So does taking back what two decided: agreed, that decision is undone, and this one says who asked it and why.
    """

    batch = models.ForeignKey(PlacingBatch, on_delete=models.CASCADE, related_name="decisions")
    household = models.CharField(max_length=40)
    home = models.CharField(max_length=40, blank=True)
    proposed = models.CharField(max_length=40, blank=True)
    choice = models.CharField(max_length=12, choices=PlacingChoice)
    reason = models.TextField(_("waarom"), max_length=600, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    agreed = models.BooleanField(null=True)
    review = models.TextField(_("toelichting van de tweede persoon"), max_length=600, blank=True)
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    along = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")  # the first of one step

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="placing_other_home_has_reason", condition=~models.Q(choice="anders", reason="")
            ),
            models.CheckConstraint(name="placing_back_has_reason", condition=~models.Q(choice="terugnemen", reason="")),
            models.CheckConstraint(
                name="placing_reviewed_by_another",
                condition=models.Q(reviewed_by__isnull=True) | ~models.Q(reviewed_by=models.F("by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household}: {self.choice}"

    @property
    def why(self) -> str:
        """Return the reason; one that a week wrote, and nobody typed, in the language of who reads."""
        for ours in (FITS_AHEAD, WAITS_AHEAD) if self.along_id else ():
            if match := re.fullmatch(re.escape(ours).replace(re.escape("%(area)s"), "(?P<area>.+)"), self.reason):
                return gettext(ours) % match.groupdict()
        return self.reason

    @property
    def waits(self) -> bool:
        """Return whether a second person still has to look at it."""
        return self.choice in BY_TWO and self.agreed is None and self.undone_at is None

    @property
    def counts(self) -> bool:
        """Return whether it holds now; to take back gives no home itself, and what was taken back is undone."""
        holds = self.choice not in BY_TWO or (self.choice == PlacingChoice.CHOOSE and self.agreed is True)
        return holds and self.undone_at is None

    @property
    def by_two(self) -> bool:
        """Return whether two people decided it, so that one of them does not undo it alone."""
        return self.choice == PlacingChoice.CHOOSE and self.agreed is True and self.undone_at is None

    @property
    def settles(self) -> bool:
        """Return whether its household has a home now; without, a proposal is still to be chosen."""
        return self.counts and self.choice in LOCKING_CHOICES


class PlacingRenewal(models.Model):
    """One time that a batch took the headroom that was agreed since; taken back, it counts with what it had before."""

    batch = models.ForeignKey(PlacingBatch, on_delete=models.CASCADE, related_name="renewals")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.batch} {self.at}"


class PlacingRoom(models.Model):
    """The headroom that a batch counts with in an area, and the agreement that says so; about areas, never people."""

    batch = models.ForeignKey(PlacingBatch, on_delete=models.CASCADE, related_name="rooms")
    renewal = models.ForeignKey(PlacingRenewal, on_delete=models.CASCADE, null=True, related_name="rooms")
    area = models.CharField(max_length=40)
    headroom = models.PositiveIntegerField()
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    why = models.TextField()
    round = models.CharField(max_length=80)
    review_on = models.DateField()
    capacity = models.ForeignKey(Capacity, on_delete=models.SET_NULL, null=True, related_name="+")
    sent = models.CharField(max_length=20, blank=True)  # what the sheet said, which did not count
    was = models.CharField(max_length=20, blank=True)  # what it counted with before a renewal

    class Meta:
        ordering = ("area",)
        constraints = [
            models.UniqueConstraint(
                name="placing_room_once", fields=["batch", "area"], condition=models.Q(renewal__isnull=True)
            ),
            models.UniqueConstraint(name="placing_room_once_renewed", fields=["renewal", "area"]),
            models.CheckConstraint(name="placing_room_closes_no_area", condition=models.Q(headroom__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.headroom}"


class PlacingPlan(models.Model):
    """One plan beside an advice, as it was worked out: who lives where, how far it gets, and how far any could."""

    advice = models.ForeignKey(PlacingAdvice, on_delete=models.CASCADE, related_name="plans")
    name = models.CharField(max_length=20)
    proposals: Any = models.JSONField()
    value = models.FloatField()
    bound = models.FloatField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(name="placing_plan_once", fields=["advice", "name"])]

    def __str__(self) -> str:
        return f"{self.advice}: {self.name}"


class WorkKind(models.TextChoices):
    """What takes too long for a page."""

    ADVICE = "advies", _("een nieuw advies")
    PLANS = "plannen", _("andere varianten")
    WHY = "waarom", _("gevolgen van een andere woning")
    AGAIN = "narekenen", _("narekenen van het advies")


class PlacingWork(Job):
    """Long work on a batch, one at a time; what is asked meanwhile waits for it."""

    PRIORITIES = {WorkKind.ADVICE: 1}  # an advice goes before all else

    batch = models.ForeignKey(PlacingBatch, on_delete=models.CASCADE, related_name="works")
    kind = models.CharField(max_length=10, choices=WorkKind)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                name="placing_work_one_open", fields=["batch"], condition=models.Q(done_at=None, queued=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch}: {self.kind}"
