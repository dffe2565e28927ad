"""The shared picture: its lines, its versions and who agrees, what residents say of it, and what comes first."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.models import ActiveManager, Text
from buurtbalans.method.people.models import Circle, Organisation, Person
from buurtbalans.method.people.models.scoping import CircleContentQuerySet, SharedTexts
from buurtbalans.method.rounds.models.claims import Claim, Stance
from buurtbalans.method.rounds.models.round import CoreQuerySet, Round
from buurtbalans.method.rounds.states import PICTURE, PictureState


class LineKind(models.TextChoices):
    STRENGTH = "kracht", _("Krachten")
    CHANCE = "kans", _("Kansen")
    CONCERN = "zorg", _("Zorgen")
    CAUSE = "oorzaak", _("Oorzaken, zoals wij ze zien")
    UNKNOWN = "onbekend", _("Wat we niet weten")

    @property
    def is_cause(self) -> bool:
        """Whether lines of this kind are suspicions."""
        return self is LineKind.CAUSE

    @property
    def is_unknown(self) -> bool:
        """Whether lines of this kind say what is not known."""
        return self is LineKind.UNKNOWN

    @property
    def marker(self) -> str:
        """The marker of a story of the same kind; empty for causes and unknowns, which have none."""
        return "" if self.is_cause or self.is_unknown else self.value


class PictureLine(Text):
    """One line of the shared picture, resting on claims; for the core group until it is shared with the ring."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="picture")
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("soort"), max_length=8, choices=LineKind)
    text = models.CharField(_("tekst"), max_length=200)
    claims = models.ManyToManyField(Claim, related_name="lines", blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    number: int  # its place in the picture, set by queries.picture_of

    objects = ActiveManager.from_queryset(CircleContentQuerySet)()

    class Meta:
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.text

    @property
    def marker(self) -> str:
        """The marker of its kind."""
        return LineKind(self.kind).marker


class Criterion(Text):
    """What the group weighs when it chooses what comes first, with how heavily: 1, 2 or 3."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="criteria")
    text = models.CharField(_("waar we op letten"), max_length=120)
    weight = models.PositiveSmallIntegerField(_("hoe zwaar"), default=1)

    objects = ActiveManager.from_queryset(CoreQuerySet)()

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "criteria"
        constraints = [
            models.CheckConstraint(name="criterion_weight", condition=models.Q(weight__range=(1, 3))),
        ]

    def __str__(self) -> str:
        return self.text


class Weighing(models.Model):
    """The points, 0 to 3, that one organisation gives a line of the picture on one criterion."""

    line = models.ForeignKey(PictureLine, on_delete=models.CASCADE, related_name="weighings")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="weighings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="weighing_once", fields=["line", "criterion", "organisation"]),
            models.CheckConstraint(name="weighing_points", condition=models.Q(points__range=(0, 3))),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.criterion_id}: {self.points}"


class Priority(Text):
    """A line of the picture that the group chose to work on first, or not, with the reason: points only advise."""

    line = models.OneToOneField(PictureLine, on_delete=models.CASCADE, related_name="priority")
    first = models.BooleanField(_("dit komt eerst"))
    reason = models.CharField(_("waarom"), max_length=300)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects: Any = ActiveManager()

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "priorities"
        constraints = [models.CheckConstraint(name="priority_has_reason", condition=~models.Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.first}"


class PictureVersion(models.Model):
    """The picture as it was laid before the organisations, and wider before residents; its content never changes.

    What `content` holds stands in queries/picture.py. `circle` widens: core group, ring, everybody.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="versions")
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    content: Any = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    shared_at = models.DateTimeField(null=True)  # when it was last shared wider; its content never changes

    objects = CircleContentQuerySet.as_manager()

    class Meta:
        ordering = ("round", "-number")
        constraints = [models.UniqueConstraint(name="picture_version_once", fields=["round", "number"])]

    def __str__(self) -> str:
        return f"{self.round_id} v{self.number}"

    @property
    def state(self) -> PictureState:
        """Where it stands: open for opinions, agreed, or agreed and read by everybody."""
        if self.circle.audience.is_public:
            return PictureState.PUBLIC
        return PictureState.OPEN if self.agreed_at is None else PictureState.AGREED

    @property
    def is_open(self) -> bool:
        """Whether organisations can still say what they think of it."""
        return PICTURE.allows("give_opinion", self.state)

    @property
    def is_public(self) -> bool:
        """Whether everybody reads it."""
        return self.state is PictureState.PUBLIC

    @property
    def is_shared(self) -> bool:
        """Whether others than the core group read it."""
        return self.circle.audience.width > Audience.CORE.width


class PictureVoiceQuerySet(SharedTexts, models.QuerySet[Any]):
    """Opinions on a version of the picture: who reads the version reads them, while the sharing agreement holds."""

    agreement_circle = "picture__round__core"
    by_writer = "given_by"


class CommentQuerySet(SharedTexts, models.QuerySet[Any]):
    """What residents say of a version: it is of the organisation that wrote it down."""

    of_organisation = "author__organisation"
    agreement_circle = "picture__round__core"


class PictureVoice(Text):
    """What one organisation thinks of a version of the picture; dissent is kept in its own words."""

    names_writer = False
    picture = models.ForeignKey(PictureVersion, on_delete=models.CASCADE, related_name="voices")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(_("mening"), max_length=12, choices=Stance)
    words = models.CharField(_("in eigen woorden"), max_length=300, blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    is_shortened = False  # whether the words on this row in memory are the shorter ones, for everybody

    objects = ActiveManager.from_queryset(PictureVoiceQuerySet)()

    class Meta:
        ordering = ("organisation__name",)
        constraints = [
            models.UniqueConstraint(name="picture_voice_once", fields=["picture", "organisation"]),
            models.CheckConstraint(
                name="picture_other_than_agree_has_words", condition=models.Q(stance="eens") | ~models.Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.stance}"

    @property
    def icon(self) -> str:
        """The icon of its stance."""
        return Stance(self.stance).icon


class Comment(Text):
    """What a resident, or somebody for them, says of the picture, and the answer that was given."""

    names_writer = False
    picture = models.ForeignKey(PictureVersion, on_delete=models.CASCADE, related_name="comments")
    who = models.CharField(_("naam of groep"), max_length=80)
    text = models.TextField(_("reactie"), max_length=600)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(_("antwoord"), max_length=600, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = ActiveManager.from_queryset(CommentQuerySet)()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_for_everybody(self) -> bool:
        """Whether everybody reads it once it is answered: it was written after its version became public."""
        shared = self.picture.shared_at
        return self.picture.is_public and shared is not None and self.created_at >= shared
