"""Rounds: a neighbourhood's run through the six steps, its claims, their evidence, verdicts and the shared picture."""

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.observation import Absence
from buurtbalans.method.datasets.models import Shipment, ShipmentState
from buurtbalans.method.people.models import Circle, Organisation, Person
from buurtbalans.method.people.queries import ContributionQuerySet
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.stories.models import Story, Text


class Scope(models.TextChoices):
    NARROW = "smal", _("één vraag")
    BROAD = "breed", _("de hele buurt")


class StepState(models.TextChoices):
    AHEAD = "straks", _("nog niet begonnen")
    NOW = "nu", _("bezig")
    DONE = "klaar", _("klaar")


class Verdict(models.TextChoices):
    CONFIRMED = "bevestigd", _("bevestigd")
    CONTRADICTED = "tegengesproken", _("tegengesproken")
    NUANCED = "genuanceerd", _("genuanceerd")
    UNKNOWN = "onbekend", _("onbekend")


class Says(models.TextChoices):
    YES = "ja", _("zegt ja")
    NO = "nee", _("zegt nee")
    BOTH = "ja en nee", _("zegt ja en nee")
    NOTHING = "niets", _("zegt niets")


class Stance(models.TextChoices):
    AGREE = "eens", _("eens")
    NOTED = "kanttekening", _("eens, met een kanttekening")
    DISAGREE = "oneens", _("oneens")


class LineKind(models.TextChoices):
    STRENGTH = "kracht", _("Krachten")
    CHANCE = "kans", _("Kansen")
    CONCERN = "zorg", _("Zorgen")
    CAUSE = "oorzaak", _("Oorzaken, zoals wij ze zien")
    UNKNOWN = "onbekend", _("Wat we niet weten")


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds, scoped to who may know of them: the core group and the ring."""

    def visible_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return the rounds that the viewer is part of, in the core group or in the ring."""
        return self.filter(ring__in=Circle.objects.visible_to(viewer))


class CoreQuerySet(models.QuerySet[Any]):
    """What the core group works on; scoped by the round's core circle."""

    through = "round"

    def visible_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return the rows of rounds in whose core group the viewer is."""
        return self.filter(**{f"{self.through}__core__in": Circle.objects.visible_to(viewer)})


class OfClaimQuerySet(CoreQuerySet):
    """What belongs to a claim; scoped like the claim."""

    through = "claim__round"


class EvidenceQuerySet(OfClaimQuerySet):
    """Evidence, scoped like its claim, and a story or a partner's figure also by its own circle."""

    def visible_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return the evidence of the viewer's rounds, without stories that the viewer may not read.

        A figure that an organisation shared with others than the viewer stays, veiled: see `Evidence.told`.
        """
        readable = models.Q(story__isnull=True) | models.Q(story__in=Story.objects.visible_to(viewer).standing())
        shared = models.Q(shipment__in=Shipment.objects.once_visible_to(viewer).values("pk"))
        unveiled = models.Case(models.When(shared, then=models.Value(True)), default=models.Value(False))
        return super().visible_to(viewer).filter(readable).annotate(unveiled=unveiled)


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
    next_at = models.DateTimeField(_("volgende keer"), null=True, blank=True)
    next_what = models.CharField(_("wat we dan doen"), max_length=120, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.neighbourhood}: {self.question}"


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


class Claim(Text):
    """What an organisation believes about the neighbourhood, to be tested on figures and stories together."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="claims")
    text = models.CharField(_("uitspraak"), max_length=200)
    quote = models.CharField(_("in eigen woorden"), max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="claims")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims")
    verdict = models.CharField(max_length=14, choices=Verdict, blank=True)
    reason = models.TextField(_("waarom"), max_length=600, blank=True)
    judged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    opinions_before = models.DateField(_("meningen vóór"), null=True, blank=True)

    laid: "list[Evidence]"  # the evidence that a reader may see, where queries.claims_of fetched it

    objects = CoreQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="claim_verdict_with_reason",
                condition=models.Q(verdict="") | (~models.Q(reason="") & models.Q(judged_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.text


class Evidence(models.Model):
    """A figure as it was seen, or a story, with what it says about a claim. Figures and stories are never added up."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evidence")
    figure = models.JSONField(null=True)
    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, null=True, related_name="evidence")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, null=True, related_name="evidence")
    story_version = models.PositiveIntegerField(null=True)
    says = models.CharField(max_length=9, choices=Says)
    note = models.CharField(_("toelichting"), max_length=200, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    line: "dict[str, float] | None"  # where to draw the figure, set by queries.split
    unveiled = False  # whether the reader may see a partner's figure; set by visible_to

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                name="evidence_figure_or_story",
                condition=models.Q(figure__isnull=False, story__isnull=True)
                | models.Q(figure__isnull=True, story__isnull=False),
            ),
            models.UniqueConstraint(name="evidence_story_once", fields=["claim", "story"]),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.says}"

    @property
    def told(self) -> "dict[str, Any] | None":
        """The figure as its reader may see it: a partner's figure that is not shared with them has no value."""
        figure: dict[str, Any] | None = self.figure
        if figure is None or self.shipment_id is None or self.unveiled:
            return figure
        nothing = dict.fromkeys(("value", "low", "high", "city"))
        return {**figure, **nothing, "absence": Absence.NOT_SHARED.value, "sentence": ""}

    @property
    def withdrawn(self) -> bool:
        """Whether the organisation that shared this figure took it back since."""
        return self.shipment is not None and self.shipment.state == ShipmentState.WITHDRAWN


class Opinion(Text):
    """What one organisation thinks of a verdict, in its own words; dissent stays and travels to the shared picture."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="opinions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="opinions")
    stance = models.CharField(_("mening"), max_length=12, choices=Stance)
    words = models.CharField(_("in eigen woorden"), max_length=300, blank=True)
    about_verdict = models.CharField(max_length=14, choices=Verdict)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = OfClaimQuerySet.as_manager()

    class Meta:
        ordering = ("organisation__name",)
        constraints = [
            models.UniqueConstraint(name="opinion_once", fields=["claim", "organisation"]),
            models.CheckConstraint(
                name="opinion_other_than_agree_has_words", condition=models.Q(stance="eens") | ~models.Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.stance}"


class Gap(Text):
    """Something that is not known, made into a task: who asks whom, before when."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="gaps")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, null=True, blank=True, related_name="gaps")
    what = models.CharField(_("wat weten we niet"), max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="gaps")
    whom = models.CharField(_("aan wie vragen we het"), max_length=120)
    before = models.DateField(_("vóór"), null=True, blank=True)
    answer = models.CharField(_("antwoord"), max_length=300, blank=True)

    objects = CoreQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.what


class PictureLine(Text):
    """One line of the shared picture, resting on claims; for the core group until it is shared with the ring."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="picture")
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("soort"), max_length=8, choices=LineKind)
    text = models.CharField(_("tekst"), max_length=200)
    claims = models.ManyToManyField(Claim, related_name="lines", blank=True)

    number: int  # its place in the picture, set by queries.picture_of

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text
