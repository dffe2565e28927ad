"""Publications of releases, and what partners deliver: drafts, deliveries with their counts, and the right of reply."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.choices import MarkedChoices
from buurtbalans.method.people.models import AgreedTerm, Circle, Organisation, Person
from buurtbalans.method.people.models.scoping import CircleContentQuerySet
from buurtbalans.method.people.permissions import Permission


class PublicationKind(models.TextChoices):
    """What happened."""

    PUBLISHED = "gepubliceerd", _("gepubliceerd")
    UNDONE = "teruggedraaid", _("teruggedraaid")


class Publication(models.Model):
    """One switch of the published release. The releases themselves lie in the store; here is who decided.

    `release` is the release that everybody sees from then on; empty when nothing is published any more.
    """

    kind = models.CharField(max_length=16, choices=PublicationKind)
    release = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                name="publication_of_a_release",
                condition=~models.Q(kind=PublicationKind.PUBLISHED, release=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.release} {self.kind}"


class DraftQuerySet(models.QuerySet["Draft"]):
    """Tables that somebody is still looking at."""

    def visible_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return the drafts of the viewer: nobody else sees what is not kept yet."""
        return self.filter(by=viewer.pk) if viewer.is_authenticated else self.none()


class Draft(models.Model):
    """A table between sending and keeping, without the columns that are not read; erased when kept or after a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120)
    file = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    table: Any = models.JSONField()
    choices: Any = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.title


class DeliveryState(models.TextChoices):
    """Where a delivery is_active."""

    READ = "ingelezen", _("alleen van uw organisatie")
    SHARED = "gedeeld", _("gedeeld")
    WITHDRAWN = "ingetrokken", _("ingetrokken")


class DeliveryQuerySet(CircleContentQuerySet):
    """Deliveries, scoped to the organisation they are of and to whom it shared them with."""

    def visible_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return what the viewer's organisation delivered, and what others shared with a circle of the viewer."""
        return self._seen(viewer, [DeliveryState.SHARED])

    def once_visible_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return what the viewer may see, or could see before it was withdrawn: on a claim it stays."""
        return self._seen(viewer, [DeliveryState.SHARED, DeliveryState.WITHDRAWN])

    def shared_with(self, circles: Iterable[int | None]) -> Self:
        """Return what is shared now with one of some circles, as agreed there, or with all organisations."""
        reach = models.Q(circle__in=[pk for pk in circles if pk]) & _agreed() | models.Q(for_all=True)
        return self.filter(reach, state=DeliveryState.SHARED)

    def frozen_for(self, viewer: Person | AnonymousUser) -> Self:
        """Return of which deliveries the viewer may read a figure as it was frozen, on a claim or in a plan.

        Later all organisations may see a delivery, in a stricter view: what a circle saw stays with its agreement.
        """
        circles = Circle.objects.visible_to(viewer).filter(kind__in=Audience.of_round()).values("pk")
        works = Circle.objects.with_member(viewer, Permission.READ).filter(kind=Audience.ORGANISATION)
        mine = {"delivery": models.OuterRef("pk"), "circle__in": circles}
        agreed = models.Exists(SharingTerm.objects.active().filter(**mine))
        narrow = models.Exists(UseAssessment.objects.filter(**mine))
        own = models.Q(organisation__in=works.values("organisation"))
        return self.once_visible_to(viewer).filter(own | models.Q(agreed) | ~models.Q(narrow))

    def _seen(self, viewer: Person | AnonymousUser, states: list[DeliveryState]) -> Self:
        circles = Circle.objects.visible_to(viewer).filter(kind__in=Audience.of_round())
        works = Circle.objects.with_member(viewer, Permission.READ).filter(kind=Audience.ORGANISATION)
        agreed = models.Q(circle__in=circles.values("pk")) & _agreed()
        shared = agreed | models.Q(for_all=True, pk__in=self._if(works))
        return self.filter(
            models.Q(organisation__in=works.values("organisation")) | (models.Q(state__in=states) & shared)
        )

    def _if(self, works: Any) -> Any:
        """Return all deliveries for who works at an organisation, none for others."""
        everything = Delivery._base_manager.values("pk")
        return everything if works.exists() else everything.none()

    def active(self) -> Self:
        """Return the deliveries that were not withdrawn."""
        return self.exclude(state=DeliveryState.WITHDRAWN)


def _agreed() -> models.Q:
    """Return what an agreement must say of a delivery: its circle may see it, today."""
    about = {"delivery": models.OuterRef("pk"), "circle": models.OuterRef("circle")}
    return models.Q(models.Exists(SharingTerm.objects.active().filter(**about)))


class Delivery(models.Model):
    """Counts that an organisation delivered: its own until it shares them with a circle or with all organisations."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="deliveries")
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    for_all = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.READ)
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    file = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    mapping: Any = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.title

    @property
    def is_withdrawn(self) -> bool:
        """Whether its organisation took it back."""
        return self.state == DeliveryState.WITHDRAWN

    @property
    def audience(self) -> "str | Any":
        """Who sees it, in words."""
        if self.state != DeliveryState.SHARED:
            return DeliveryState(self.state).label
        return _("alle organisaties") if self.for_all else self.circle.name


class SharingTerm(AgreedTerm):
    """Until when a circle of a round may see a delivery."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="terms")

    class Meta(AgreedTerm.Meta):
        constraints = [models.UniqueConstraint(name="shared_until_once", fields=["delivery", "circle"])]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.circle_id} {self.until}"


class DeliveryCount(models.Model):
    """One count of a delivery, or why there is none: as the own organisation delivered it."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="counts")
    indicator = models.CharField(max_length=120)
    area = models.CharField(max_length=16)
    division = models.PositiveSmallIntegerField()
    period = models.PositiveSmallIntegerField()
    value = models.BigIntegerField(null=True)
    absence = models.CharField(max_length=20, blank=True, choices=[(one.value, one.value) for one in Absence])

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="count_once", fields=["delivery", "indicator", "area", "division", "period"]),
            models.CheckConstraint(
                name="count_or_reason",
                condition=models.Q(value__isnull=True) & ~models.Q(absence="")
                | models.Q(value__isnull=False, value__gte=0, absence=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.indicator}"


AUDIENCE_CHOICES = [(audience.value, audience.value) for audience in Audience.outside()]


class AudienceCount(models.Model):
    """What an audience sees of one count, frozen on sharing; a `step` above 1 says to what it is rounded.

    `kept` says that it is a value of an earlier delivery: the new one would tell too much beside it.
    """

    count = models.ForeignKey(DeliveryCount, on_delete=models.CASCADE, related_name="shown")
    audience = models.CharField(max_length=8, choices=AUDIENCE_CHOICES)
    value = models.BigIntegerField(null=True)
    step = models.PositiveSmallIntegerField(default=1)
    kept = models.BooleanField(default=False)
    absence = models.CharField(max_length=20, blank=True, choices=[(one.value, one.value) for one in Absence])

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="shown_once", fields=["count", "audience"]),
            models.CheckConstraint(
                name="shown_or_withheld",
                condition=models.Q(value__isnull=True) & ~models.Q(absence="")
                | models.Q(value__isnull=False, value__gte=0, absence=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count_id} {self.audience}"


class UseAssessment(models.Model):
    """The four questions of one use: is it legal, is it ethical, is it a good idea, and who decided."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="uses")
    audience = models.CharField(max_length=200)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, null=True, related_name="+")
    level = models.CharField(max_length=8, choices=AUDIENCE_CHOICES)
    legal = models.CharField(_("Mag het van de wet?"), max_length=300)
    ethical = models.CharField(_("Is het netjes?"), max_length=300)
    good_idea = models.CharField(_("Is het een goed idee?"), max_length=300)
    decides = models.CharField(_("Wie besloot dit?"), max_length=120)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "answers"

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.audience}"


class ReplyAnswer(MarkedChoices):
    """What a supplier says of a release that holds its figures."""

    WAITING = "wacht", "klok", _("wacht op antwoord")
    FINE = "akkoord", "vink", _("akkoord")
    OBJECTION = "bezwaar", "kruis", _("bezwaar")


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Rights of reply, scoped like their delivery."""

    def visible_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return the replies about deliveries that the viewer may see."""
        return self.filter(delivery__in=Delivery.objects.visible_to(viewer))


class Reply(models.Model):
    """The right of reply: a release will hold a delivery, and until a date its supplier may object with a reason."""

    release = models.CharField(max_length=20)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="replies")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    until = models.DateField()
    answer = models.CharField(max_length=8, choices=ReplyAnswer, default=ReplyAnswer.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(name="reply_once", fields=["release", "delivery"]),
            models.CheckConstraint(
                name="objection_with_reason", condition=~models.Q(answer="bezwaar") | ~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release}: {self.answer}"

    @property
    def icon(self) -> str:
        """The icon of its answer."""
        return ReplyAnswer(self.answer).icon

    @property
    def is_waiting(self) -> bool:
        """Whether the supplier did not answer yet."""
        return self.answer == ReplyAnswer.WAITING

    def stops(self, today: date) -> bool:
        """Return whether the release must wait: for an answer within the term, or because of an objection."""
        return self.answer == ReplyAnswer.OBJECTION or (self.answer == ReplyAnswer.WAITING and today <= self.until)
