"""Rounds: a neighbourhood's run through the six steps, its team, its meetings, and what waits for another time."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.models import ActiveManager, Text
from buurtbalans.method.people.models import Circle, Organisation, Person
from buurtbalans.method.people.models.scoping import CircleQuerySet
from buurtbalans.method.places.models import Neighbourhood


class Scope(models.TextChoices):
    NARROW = "smal", _("één vraag")
    BROAD = "breed", _("de hele buurt")


class StepState(models.TextChoices):
    AHEAD = "straks", _("nog niet begonnen")
    NOW = "nu", _("bezig")
    DONE = "klaar", _("klaar")


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds, scoped to who may know of them: the core group and the ring."""

    def visible_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return the rounds that the viewer is part of, in the core group or in the ring."""
        return self.filter(ring__in=Circle.objects.ids_visible_to(viewer))


class CoreQuerySet(models.QuerySet[Any]):
    """What the core group works on; scoped by the round's core circle. What is withdrawn takes its parts along."""

    through = "round"

    def visible_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return the rows of rounds in whose core group the viewer is."""
        return self.filter(**{f"{self.through}__core__in": Circle.objects.ids_visible_to(viewer)}, **self._above())

    def _above(self) -> dict[str, bool]:
        """Return that all stands which the rows belong to, up to the round."""
        model, path, conditions = self.model, "", {}
        for name in self.through.split("__"):
            model, path = model._meta.get_field(name).related_model, f"{path}{name}__"
            if issubclass(model, Text):
                conditions[f"{path}withdrawn_at__isnull"] = True
        return conditions


class Round(Text):
    """One neighbourhood, one question, six steps."""

    slug = models.SlugField(unique=True, max_length=60)
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="rounds")
    occasion = models.TextField(_("aanleiding"), max_length=600)
    question = models.CharField(_("vraag"), max_length=200)
    scope = models.CharField(_("hoe breed"), max_length=5, choices=Scope, default=Scope.NARROW)
    release = models.CharField(max_length=80)
    core = models.OneToOneField(Circle, on_delete=models.PROTECT, related_name="round_as_core")
    ring = models.OneToOneField(Circle, on_delete=models.PROTECT, related_name="round_as_ring")
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rounds_started")
    finding = models.CharField(_("het beeld in één zin"), max_length=160, blank=True)
    need = models.CharField(_("wat de buurt nodig heeft"), max_length=300, blank=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    closed_on = models.DateField(_("afgerond op"), null=True, blank=True)
    reached = models.CharField(_("wat er bereikt is"), max_length=300, blank=True)
    onward = models.CharField(_("hoe het verder gaat"), max_length=200, blank=True)

    objects = ActiveManager.from_queryset(RoundQuerySet)()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.neighbourhood}: {self.question}"

    @property
    def circles(self) -> CircleQuerySet:
        """The circles that belong to it, from narrow to wide: what is shared with one of them is shared here."""
        return Circle.objects.of_round(self.core_id)

    @property
    def next_meeting(self) -> "Meeting | None":
        """The first meeting that is not over; else one that waits for its day. The ring may know when, where, what."""
        now, standing = timezone.now(), list(self.meetings.all())
        planned = [meeting for meeting in standing if meeting.ends is not None and meeting.ends > now]
        waiting = [meeting for meeting in standing if meeting.at is None]
        return next(iter(planned + waiting), None)


class MeetingQuerySet(CoreQuerySet):
    """Meetings: the core group reads all of one, the ring reads when, where and what."""

    def announced_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return the meetings of the rounds that the viewer is part of, for when, where and what alone."""
        return self.filter(round__ring__in=Circle.objects.ids_visible_to(viewer))


class RoundStep(Text):
    """The state of one step in one round; what the step is stands in steps.py."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=6, choices=StepState, default=StepState.AHEAD)
    began_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    note = models.CharField(_("notitie"), max_length=120, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(name="round_step_once", fields=["round", "number"]),
            models.CheckConstraint(name="round_step_one_to_six", condition=models.Q(number__range=(1, 6))),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.number} {self.state}"


class SubTeam(Text):
    """A few people of a round who look into one problem; it once went out at night and interviewed people."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="subteams")
    name = models.CharField(_("naam"), max_length=80)
    problem = models.CharField(_("wat zij uitzoeken"), max_length=200)
    people = models.ManyToManyField(Person, related_name="subteams", blank=True)
    found = models.TextField(_("wat zij vonden"), max_length=600, blank=True)

    objects = ActiveManager.from_queryset(CoreQuerySet)()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Meeting(Text):
    """A meeting of a round, about one or more steps; a step may take several meetings.

    Without `at` its day is still to be found.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="meetings")
    at = models.DateTimeField(_("wanneer"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("hoe lang"), default=90)
    where = models.CharField(_("waar"), max_length=120, blank=True)
    what = models.CharField(_("wat we dan doen"), max_length=160)
    steps: Any = models.JSONField(_("stappen"), default=list)
    notes = models.TextField(_("uitkomsten"), max_length=2000, blank=True)

    objects = ActiveManager.from_queryset(MeetingQuerySet)()

    class Meta:
        ordering = (models.F("at").asc(nulls_last=True), "pk")

    def __str__(self) -> str:
        return self.what

    @property
    def ends(self) -> datetime | None:
        """When it is over."""
        return self.at + timedelta(minutes=self.minutes) if self.at else None


class Parked(Text):
    """Something for another time: not this question, but not forgotten either."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="parked")
    text = models.CharField(_("wat we nu niet doen"), max_length=200)
    why = models.CharField(_("waarom later"), max_length=200, blank=True)
    claim = models.ForeignKey("Claim", on_delete=models.CASCADE, null=True, blank=True, related_name="parked")
    gap = models.ForeignKey("Gap", on_delete=models.CASCADE, null=True, blank=True, related_name="parked")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_up = models.ForeignKey(
        Round, on_delete=models.SET_NULL, null=True, blank=True, related_name="items_taken_over"
    )

    objects = ActiveManager.from_queryset(CoreQuerySet)()

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "parked"

    def __str__(self) -> str:
        return self.text


class Score(Text):
    """How far a round is on one point of the readiness check or of a step's benchmark, 0 to 4, as advice."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="scores")
    point = models.SlugField(max_length=60)
    level = models.PositiveSmallIntegerField()
    note = models.CharField(_("waarom"), max_length=200, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ActiveManager.from_queryset(CoreQuerySet)()

    class Meta:
        ordering = ("point",)
        constraints = [
            models.UniqueConstraint(name="score_once", fields=["round", "point"]),
            models.CheckConstraint(name="score_nought_to_four", condition=models.Q(level__range=(0, 4))),
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.level}"
