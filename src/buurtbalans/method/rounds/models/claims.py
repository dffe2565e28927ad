"""Claims of a round, the figures and stories beside them, the verdicts and opinions, and what is not known."""

from collections.abc import Mapping
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.observation import Absence
from buurtbalans.method.base.choices import MarkedChoices
from buurtbalans.method.base.models import ActiveManager, Text, Withdrawable
from buurtbalans.method.datasets.models import Delivery, DeliveryState
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.models.scoping import SharedTexts, shared_text
from buurtbalans.method.rounds.models.round import CoreQuerySet, Meeting, Round
from buurtbalans.method.stories.models import Story


class Verdict(MarkedChoices):
    """What the core group concludes about a claim."""

    CONFIRMED = "bevestigd", "bevestigd", pgettext_lazy("conclusie", "klopt"), _("bevestigd")
    CONTRADICTED = "tegengesproken", "tegengesproken", _("klopt niet"), _("tegengesproken")
    NUANCED = "genuanceerd", "genuanceerd", _("klopt deels"), _("genuanceerd")
    UNKNOWN = "onbekend", "onbekend", _("nog niet bekend"), _("onbekend")


class Answer(MarkedChoices):
    """What an organisation thinks of a claim before it reads the others; each value is the verdict it would lead to."""

    TRUE = Verdict.CONFIRMED.value, "bevestigd", pgettext_lazy("mening", "klopt")
    PARTLY = Verdict.NUANCED.value, "genuanceerd", pgettext_lazy("mening", "klopt deels")
    UNTRUE = Verdict.CONTRADICTED.value, "tegengesproken", pgettext_lazy("mening", "klopt niet")
    UNKNOWN = Verdict.UNKNOWN.value, "onbekend", _("weet ik niet")


class Says(MarkedChoices):
    """What a figure or story says about a claim."""

    YES = "ja", "vink", _("voor de stelling")
    NO = "nee", "kruis", _("tegen de stelling")
    BOTH = "ja en nee", "genuanceerd", _("gemengd: voor en tegen")
    NOTHING = "niets", "vraag", _("zegt hier niets over")


class Stance(MarkedChoices):
    """What an organisation thinks of a verdict, a picture or a capacity."""

    AGREE = "eens", "vink", _("eens")
    NOTED = "kanttekening", "genuanceerd", _("eens met kanttekening")
    DISAGREE = "oneens", "kruis", _("oneens")


def veiled(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Return a frozen figure for who may not see it: its name and source stay, and why there is no value."""
    nothing = dict.fromkeys(("value", "low", "high", "city"))
    return {**figure, **nothing, "absence": Absence.NOT_SHARED.value, "sentence": ""}


class ClaimQuerySet(SharedTexts, CoreQuerySet):
    """Claims: for the core group, as far as the sharing agreement covers the organisation that brought one in."""

    agreement_circle = "round__core"

    def visible_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return the claims that the viewer may read."""
        return super().visible_to(viewer).within_agreement(viewer)


class OfClaimQuerySet(CoreQuerySet):
    """What belongs to a claim; scoped like the claim."""

    through = "claim__round"

    def visible_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return what belongs to the claims that the viewer may read."""
        of_claim = shared_text(viewer, "claim__organisation", "claim__round__core", "claim__author")
        return super().visible_to(viewer).filter(of_claim)


class OpinionQuerySet(SharedTexts, CoreQuerySet):
    """Opinions on claims: for the core group once they are opened, as far as the sharing agreement covers each."""

    through = "claim__round"
    agreement_circle = "claim__round__core"
    by_writer = "given_by"

    def visible_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return the opinions that the viewer may read: on claims that the viewer reads, and those of one's own.

        Until the opinions on a claim are opened, an organisation reads its own alone.
        """
        of_claim = shared_text(viewer, "claim__organisation", self.agreement_circle, "claim__author")
        own = models.Q(organisation=(viewer.is_authenticated and viewer.organisation_id) or 0)
        opened = models.Q(claim__opened_at__isnull=False)
        return super().visible_to(viewer).within_agreement(viewer).filter((opened & of_claim) | own)

    def dissenting(self) -> Self:
        """Return the opinions that differ from the verdict: as said about it, or else as answered before it.

        An organisation that said it did not know does not dissent.
        """
        said = models.Q(stance__in=(Stance.NOTED, Stance.DISAGREE))
        differs = ~models.Q(claim__verdict="") & ~models.Q(answer=models.F("claim__verdict"))
        before = models.Q(stance="") & differs & ~models.Q(answer__in=("", Answer.UNKNOWN))
        return self.filter(said | before, claim__opened_at__isnull=False)


class EvidenceQuerySet(OfClaimQuerySet):
    """Evidence, scoped like its claim, and a story or a partner's figure also by its own circle."""

    def visible_to(self, viewer: Person | AnonymousUser) -> Self:
        """Return the evidence of the viewer's rounds, without stories that the viewer may not read.

        A figure that an organisation shared with others than the viewer stays, veiled: see `Evidence.told`.
        """
        readable = models.Q(story__isnull=True) | models.Q(story__in=Story.objects.visible_to(viewer).active())
        shared = models.Q(delivery__in=Delivery.objects.frozen_for(viewer).values("pk"))
        unveiled = models.Case(models.When(shared, then=models.Value(True)), default=models.Value(False))
        return super().visible_to(viewer).filter(readable).annotate(unveiled=unveiled)

    def active(self) -> Self:
        """Return the evidence that was not taken away."""
        return self.filter(withdrawn_at__isnull=True)


class Claim(Text):
    """What an organisation believes about the neighbourhood, to be tested on figures and stories together."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="claims")
    text = models.CharField(_("stelling"), max_length=200)
    quote = models.CharField(_("in eigen woorden"), max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="claims")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims")
    verdict = models.CharField(max_length=14, choices=Verdict, blank=True)
    reason = models.TextField(_("waarom"), max_length=600, blank=True)
    judged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    opinions_before = models.DateField(_("meningen vóór"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True)  # when the opinions were opened, for all at once
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    talk_at = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="agenda")

    laid: "list[Evidence]"  # the evidence that a reader may see, where queries.claims_of fetched it

    objects = ActiveManager.from_queryset(ClaimQuerySet)()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="claim_verdict_with_reason",
                condition=models.Q(verdict="") | (~models.Q(reason="") & models.Q(judged_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="claim_verdict_after_opening",
                condition=models.Q(verdict="") | models.Q(opened_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Evidence(Withdrawable):
    """A figure as it was seen, or a story, with what it says about a claim. Figures and stories are never added up."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evidence")
    figure = models.JSONField(null=True)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="evidence")
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
            models.UniqueConstraint(
                name="evidence_story_once", fields=["claim", "story"], condition=models.Q(withdrawn_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.says}"

    @property
    def told(self) -> "dict[str, Any] | None":
        """The figure as its reader may see it: a partner's figure that is not shared with them has no value."""
        figure: dict[str, Any] | None = self.figure
        return figure if figure is None or self.delivery_id is None or self.unveiled else veiled(figure)

    @property
    def withdrawn(self) -> bool:
        """Whether the organisation that shared this figure took it back since."""
        return self.delivery is not None and self.delivery.state == DeliveryState.WITHDRAWN


class Opinion(Text):
    """What one organisation thinks of a claim: its answer before it read the others, and what it says of the verdict.

    The answer stays as it was given once the opinions are opened. Dissent travels to the shared picture.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="opinions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="opinions")
    answer = models.CharField(_("mening vooraf"), max_length=14, choices=Answer, blank=True)
    answer_reason = models.CharField(_("reden"), max_length=300, blank=True)
    stance = models.CharField(_("mening"), max_length=12, choices=Stance, blank=True)
    words = models.CharField(_("in eigen woorden"), max_length=300, blank=True)
    about_verdict = models.CharField(max_length=14, choices=Verdict, blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    names_writer = False

    objects = ActiveManager.from_queryset(OpinionQuerySet)()

    class Meta:
        ordering = ("organisation__name",)
        constraints = [
            models.UniqueConstraint(name="opinion_once", fields=["claim", "organisation"]),
            models.CheckConstraint(
                name="opinion_other_than_agree_has_words",
                condition=models.Q(stance__in=("", "eens")) | ~models.Q(words=""),
            ),
            models.CheckConstraint(
                name="opinion_answer_has_reason",
                condition=models.Q(answer__in=("", Verdict.UNKNOWN.value)) | ~models.Q(answer_reason=""),
            ),
            models.CheckConstraint(name="opinion_says_something", condition=~models.Q(answer="", stance="")),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.stance or self.answer}"

    @property
    def icon(self) -> str:
        """The icon of its stance."""
        return Stance(self.stance).icon

    @property
    def answer_icon(self) -> str:
        """The icon of the answer before the opening."""
        return Answer(self.answer).icon

    @property
    def is_late(self) -> bool:
        """Whether the answer was given when the opinions were open already."""
        opened = self.claim.opened_at
        return bool(self.answer) and opened is not None and self.created_at > opened

    @property
    def stands_by_verdict(self) -> bool:
        """Whether it said something of the verdict, or answered the same before."""
        return bool(self.stance) or self.answer == self.claim.verdict

    @property
    def own_words(self) -> str:
        """Why, in its own words: what it said of the verdict, or else the reason of its answer."""
        return self.words if self.stance else self.answer_reason


class Gap(Text):
    """Something that is not known, made into a task: who asks whom, before when."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="gaps")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, null=True, blank=True, related_name="gaps")
    what = models.CharField(_("wat weten we niet"), max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="gaps")
    whom = models.CharField(_("aan wie vragen we het"), max_length=120)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="gaps")
    before = models.DateField(_("vóór"), null=True, blank=True)
    answer = models.CharField(_("antwoord"), max_length=300, blank=True)
    stories = models.ManyToManyField(Story, related_name="+")

    objects = ActiveManager.from_queryset(CoreQuerySet)()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.what

    @property
    def asked(self) -> str:
        """Who asks whom, and before when."""
        words = {"name": self.owner, "who": self.organisation, "whom": self.whom}
        if self.owner:
            said = gettext("%(name)s (%(who)s) vraagt het aan %(whom)s") % words
        else:
            said = gettext("%(who)s vraagt het aan %(whom)s") % words
        before = gettext(", vóór %(date)s") % {"date": date_format(self.before, "j F")} if self.before else ""
        return f"{said}{before}."

    @property
    def late(self) -> bool:
        """Whether its date has passed without an answer."""
        return self.before is not None and not self.answer and self.before < timezone.localdate()
