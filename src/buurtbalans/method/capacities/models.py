"""Step 5: what an area can carry as people of a round agree it, what others think of that, and the support it needs."""

from datetime import date
from typing import Final, NamedTuple, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.choices import MarkedChoices
from buurtbalans.method.base.models import ActiveManager, Text
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.plans.models import Effort, EffortState
from buurtbalans.method.rounds.models import Claim, CoreQuerySet, Round, Stance

LEAST: Final = 1  # households: an agreement closes no area


class Load(models.TextChoices):
    """How many households that were placed live in an area now, in bands: an exact number may point to a home."""

    FEWEST = "0-4", _("minder dan 5")
    FEW = "5-9", _("5 tot en met 9")
    SOME = "10-14", _("10 tot en met 14")
    MORE = "15-19", _("15 tot en met 19")
    MANY = "20-29", _("20 tot en met 29")
    VERY_MANY = "30-49", _("30 tot en met 49")
    MOST = "50-", _("50 of meer")

    @property
    def ends(self) -> tuple[int, int | None]:
        """The fewest and the most households of the band; the last one has no most."""
        low, _dash, high = self.value.partition("-")
        return int(low), int(high) if high else None


class RoomRange(NamedTuple):
    """How many more households fit in an area, from low to high; never below 1."""

    low: int
    high: int

    @property
    def middle(self) -> int:
        """The whole number in the middle; of two the lower."""
        return (self.low + self.high) // 2


def room_between(low: int, high: int, load: str) -> RoomRange:
    """Return the widest room that a capacity leaves beside the present load.

    Examples
    --------
    >>> room_between(10, 14, "5-9"), room_between(4, 6, "10-14"), room_between(60, 70, "50-")
    (RoomRange(low=1, high=9), RoomRange(low=1, high=1), RoomRange(low=1, high=20))
    """
    least, most = Load(load).ends
    widest = max(LEAST, high - least)
    return RoomRange(max(LEAST, low - most) if most is not None else LEAST, widest)


class LineQuerySet(CoreQuerySet):
    """What a round agrees on carrying and support; scoped by its core circle."""

    def active(self) -> Self:
        """Return what was not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class CapacityQuerySet(LineQuerySet):
    """Carrying capacities: proposed, agreed, and superseded by a later one that was agreed."""

    def agreed(self) -> Self:
        """Return what holds now: of each area of a round what was agreed last, while it and its round stand."""
        later = Capacity.objects.filter(
            round=models.OuterRef("round"), area=models.OuterRef("area"), agreed_at__gt=models.OuterRef("agreed_at")
        )
        held = self.active().filter(agreed_at__isnull=False, round__withdrawn_at__isnull=True)
        return held.filter(~models.Exists(later))


class Capacity(Text):
    """How many placed households an area can carry, and how much room that leaves: a range with a reason, for a while.

    A proposal of one organisation holds once another one agrees. A changed one is a new proposal, which takes the place
    of the one before it when it is agreed; what was agreed never changes but for the day of looking again.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="capacities")
    area = models.CharField(_("gebied"), max_length=12)
    low = models.PositiveSmallIntegerField(_("totaal, minimaal"))
    high = models.PositiveSmallIntegerField(_("totaal, maximaal"))
    load = models.CharField(_("nu geplaatst"), max_length=5, choices=Load)
    room_low = models.PositiveSmallIntegerField(_("plaatsingsruimte van"))
    room_high = models.PositiveSmallIntegerField(_("plaatsingsruimte tot"))
    reason = models.TextField(_("waarom"), max_length=600)
    review_on = models.DateField(_("opnieuw bekijken op"))
    claims = models.ManyToManyField(Claim, related_name="capacities")
    efforts = models.ManyToManyField(Effort, related_name="capacities", verbose_name=_("acties die eerst nodig zijn"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")
    agreed_at = models.DateTimeField(null=True)

    objects = ActiveManager.from_queryset(CapacityQuerySet)()

    class Meta:
        ordering = ("area", "-pk")
        verbose_name_plural = "capacities"
        constraints = [
            models.CheckConstraint(name="capacity_is_a_range", condition=models.Q(low__lte=models.F("high"))),
            models.CheckConstraint(name="room_is_a_range", condition=models.Q(room_low__lte=models.F("room_high"))),
            models.CheckConstraint(name="room_closes_no_area", condition=models.Q(room_low__gte=LEAST)),
            models.CheckConstraint(name="capacity_has_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.room_low}–{self.room_high}"

    @property
    def room(self) -> RoomRange:
        """The room that was agreed."""
        return RoomRange(self.room_low, self.room_high)

    @property
    def needed(self) -> list[Effort]:
        """The efforts that must stand first, also those that were taken away since."""
        fetched: list[Effort] | None = getattr(self, "laid", None)  # by queries, for a whole page
        return list(Effort.objects.with_withdrawn().filter(capacities=self)) if fetched is None else fetched

    @property
    def waiting_for(self) -> list[Effort]:
        """The efforts that must stand first and do not: asked only, taken away, still to start, or standing still."""
        return [one for one in self.needed if not stands(one)]

    def headroom(self, today: date | None = None) -> int:
        """Return what an advice counts with: the middle of the room.

        The low end while an effort that must stand first does not, or when nobody looked again in time.
        """
        late = self.review_on < (today or timezone.localdate())
        return self.room.low if late or self.waiting_for else self.room.middle


def stands(effort: Effort) -> bool:
    """Return whether an effort was accepted and runs, or is done."""
    going = effort.state in (EffortState.RUNS, EffortState.DONE)
    return going and not effort.is_proposal and effort.withdrawn_at is None


class OfCapacityQuerySet(LineQuerySet):
    """What belongs to a capacity; scoped like the capacity."""

    through = "capacity__round"


class CapacityVoice(Text):
    """What one organisation thinks of a proposed capacity, in its own words; who disagrees stays readable."""

    capacity = models.ForeignKey(Capacity, on_delete=models.CASCADE, related_name="voices")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(_("mening"), max_length=12, choices=Stance)
    words = models.CharField(_("in eigen woorden"), max_length=300, blank=True)
    about_version = models.PositiveIntegerField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    names_writer = False

    objects = ActiveManager.from_queryset(OfCapacityQuerySet)()

    class Meta:
        ordering = ("organisation__name",)
        constraints = [
            models.UniqueConstraint(name="capacity_voice_once", fields=["capacity", "organisation"]),
            models.CheckConstraint(
                name="capacity_other_than_agree_has_words", condition=models.Q(stance="eens") | ~models.Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.stance}"

    @property
    def icon(self) -> str:
        """The icon of its stance."""
        return Stance(self.stance).icon

    @property
    def outdated(self) -> bool:
        """Whether the proposal was changed since."""
        return self.capacity.agreed_at is None and self.about_version != self.capacity.version


class SupportKind(MarkedChoices):
    """What kind of support an area needs."""

    GUIDANCE = "begeleiding", "persoon", _("begeleiding")
    FACILITY = "voorziening", "huis", _("voorzieningen")


class Support(Text):
    """Guidance or a facility that an area needs, as a range, beside what there is; the difference falls short."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="supports")
    area = models.CharField(_("gebied"), max_length=12, blank=True)
    kind = models.CharField(_("soort ondersteuning"), max_length=12, choices=SupportKind)
    what = models.CharField(_("wat"), max_length=80)
    who = models.CharField(_("aanbieder"), max_length=80, blank=True)
    unit = models.CharField(_("eenheid"), max_length=40)
    need_low = models.FloatField(_("nodig, minimaal"))
    need_high = models.FloatField(_("nodig, maximaal"))
    have = models.FloatField(_("nu beschikbaar"))
    reason = models.TextField(_("waarom"), max_length=600)
    review_on = models.DateField(_("opnieuw bekijken op"))
    claims = models.ManyToManyField(Claim, related_name="supports")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ActiveManager.from_queryset(LineQuerySet)()

    class Meta:
        ordering = ("kind", "what", "pk")
        constraints = [
            models.CheckConstraint(name="need_is_a_range", condition=models.Q(need_low__lte=models.F("need_high"))),
            models.CheckConstraint(name="support_is_counted", condition=models.Q(need_low__gte=0, have__gte=0)),
            models.CheckConstraint(name="support_has_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def icon(self) -> str:
        """The icon of its kind."""
        return SupportKind(self.kind).icon

    @property
    def short(self) -> tuple[float, float]:
        """How much falls short, from low to high; nothing when there is enough."""
        return max(0.0, self.need_low - self.have), max(0.0, self.need_high - self.have)
