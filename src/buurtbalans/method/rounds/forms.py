"""Forms of a round: the question, claims and their evidence, the verdict, opinions, gaps and the picture."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.stories.forms import Sheet, VersionedSheet
from buurtbalans.method.stories.models import Story

from .models import Claim, LineKind, Says, Scope, Stance, StepState, Verdict

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class StartForm(Sheet):
    """Start a round: where, why, and one question."""

    place = forms.ChoiceField(label=_("Welke buurt?"))
    name = forms.CharField(
        label=_("Hoe noemt u de buurt?"),
        max_length=80,
        required=False,
        help_text=_("Leeg laten mag: dan houdt de buurt haar naam."),
    )
    streets = forms.CharField(
        label=_("Alleen deze straten"), required=False, max_length=300,
        help_text=_("Cijfers gaan over de hele buurt. Zet hier straten neer als de vraag kleiner is."),
    )  # fmt: skip
    occasion = forms.CharField(
        label=_("Waarom beginnen we nu?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    question = forms.CharField(
        label=_("Wat is de vraag?"),
        max_length=200,
        help_text=_("Eén buurt, één vraag. De volgende vraag komt in een volgende ronde."),
    )
    scope = forms.ChoiceField(
        label=_("Hoe breed kijken we?"), choices=Scope, widget=forms.RadioSelect, initial=Scope.NARROW
    )

    def __init__(self, *args: Any, places: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]


class RoundForm(VersionedSheet):
    """Change what the round is about and when it meets next."""

    texts = ("question", "occasion", "next_what")

    question = forms.CharField(label=_("Vraag"), max_length=200)
    occasion = forms.CharField(label=_("Aanleiding"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    scope = forms.ChoiceField(label=_("Hoe breed kijken we?"), choices=Scope, widget=forms.RadioSelect)
    next_at = forms.DateTimeField(
        label=_("Volgende keer"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    next_what = forms.CharField(label=_("Wat we dan doen"), max_length=120, required=False)


class PictureForm(VersionedSheet):
    """The picture in one sentence, and what the neighbourhood needs."""

    texts = ("finding", "need")

    finding = forms.CharField(label=_("Het beeld in één zin"), max_length=160)
    need = forms.CharField(
        label=_("Wat de buurt nodig heeft"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class StepForm(VersionedSheet):
    """Where a step stands."""

    texts = ("state", "note")

    state = forms.ChoiceField(label=_("Hoe ver is deze stap?"), choices=StepState, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Korte notitie"), max_length=120, required=False)


class TeamForm(Sheet):
    """Who joins, and in which circle."""

    person = forms.ModelChoiceField(
        label=_("Wie doet mee?"), queryset=Person.objects.none(), empty_label=_("kies iemand")
    )
    role = forms.ChoiceField(
        label=_("In welke kring?"), widget=forms.RadioSelect, initial=Role.CORE_MEMBER,
        choices=[(Role.CORE_MEMBER, _("de kerngroep: leest en schrijft mee")),
            (Role.RING_MEMBER, _("de kring: hoort het beeld"))],
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        """Return the role itself."""
        return Role(self.cleaned_data["role"])


class ClaimForm(VersionedSheet):
    """What we believe, in one sentence, and how someone said it."""

    texts = ("text", "quote")

    text = forms.CharField(
        label=_("Wat denkt u?"),
        max_length=200,
        help_text=_("Eén zin die waar of niet waar kan zijn. Zonder punt erachter."),
    )
    quote = forms.CharField(
        label=_("Zoals iemand het zei"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "verhaal-veld"}), help_text=_("Zonder naam of adres."),
    )  # fmt: skip


class FigureForm(Sheet):
    """Which figure lies beside the claim, and what it says."""

    figure = forms.ChoiceField(label=_("Welk cijfer?"), widget=forms.RadioSelect)
    says = forms.ChoiceField(label=_("Wat zegt dit cijfer over de uitspraak?"), choices=Says, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Toelichting"), max_length=200, required=False)

    def __init__(self, *args: Any, figures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure"].choices = figures  # type: ignore[attr-defined]


class StoryEvidenceForm(Sheet):
    """Which story lies beside the claim, and what it says."""

    story = forms.ModelChoiceField(
        label=_("Welk verhaal?"), queryset=Story.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    says = forms.ChoiceField(label=_("Wat zegt dit verhaal over de uitspraak?"), choices=Says, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Toelichting"), max_length=200, required=False)

    def __init__(self, *args: Any, stories: list[Story], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["story"]
        field.queryset = Story.objects.filter(pk__in=[story.pk for story in stories])  # type: ignore[attr-defined]
        field.label_from_instance = lambda story: story.text  # type: ignore[attr-defined]


class VerdictForm(VersionedSheet):
    """The verdict of the group, with its reason."""

    texts = ("verdict", "reason")

    verdict = forms.ChoiceField(label=_("Ons oordeel"), choices=Verdict, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Waarom?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    opinions_before = forms.DateField(label=_("Meningen vóór"), required=False, widget=DATE)


class OpinionForm(VersionedSheet):
    """What one's own organisation thinks of the verdict."""

    texts = ("stance", "words")

    stance = forms.ChoiceField(label=_("Wat vindt uw organisatie?"), choices=Stance, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In uw eigen woorden"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "verhaal-veld"}),
        help_text=_("Nodig bij een kanttekening of als u het oneens bent."),
    )  # fmt: skip


class GapForm(Sheet):
    """What is not known, who asks whom, before when."""

    what = forms.CharField(label=_("Wat weten we niet?"), max_length=200)
    organisation = forms.ModelChoiceField(
        label=_("Wie gaat het vragen?"), queryset=Organisation.objects.none(), empty_label=None
    )
    whom = forms.CharField(
        label=_("Aan wie?"), max_length=120, help_text=_("Een soort mensen of een organisatie, geen naam.")
    )
    before = forms.DateField(label=_("Vóór"), required=False, widget=DATE)
    claim = forms.ModelChoiceField(
        label=_("Bij welke uitspraak?"),
        queryset=Claim.objects.none(),
        required=False,
        empty_label=_("bij geen uitspraak"),
    )

    def __init__(self, *args: Any, organisations: Any, claims: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["claim"].queryset = claims  # type: ignore[attr-defined]


class AnswerForm(VersionedSheet):
    """What came of a question."""

    texts = ("answer",)

    answer = forms.CharField(label=_("Wat was het antwoord?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class LineForm(Sheet):
    """A line of the shared picture, and the claims it rests on."""

    kind = forms.ChoiceField(label=_("Wat is het?"), choices=LineKind, widget=forms.RadioSelect)
    text = forms.CharField(label=_("In één zin"), max_length=200)
    claims = forms.ModelMultipleChoiceField(
        label=_("Waarop rust dit?"), queryset=Claim.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Nodig bij een kracht, kans of zorg. Een oorzaak is een vermoeden."),
    )  # fmt: skip

    def __init__(self, *args: Any, claims: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claims"].queryset = claims  # type: ignore[attr-defined]


class EditLineForm(VersionedSheet):
    """Other words for a line of the picture."""

    texts = ("text",)

    text = forms.CharField(label=_("In één zin"), max_length=200)
