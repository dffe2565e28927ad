"""Forms of claims: their words and evidence, the verdict, the opinions, and what is not known."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import GuardedForm, VersionedForm
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.rounds.models import Answer, Claim, Says, Stance, Verdict
from buurtbalans.method.stories.models import Story

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ClaimForm(VersionedForm):
    """What we believe, in one sentence, and how someone said it."""

    texts = ("text", "quote")

    text = forms.CharField(
        label=_("Wat is de stelling?"),
        max_length=200,
        help_text=_("Schrijf één zin die waar of niet waar kan zijn, zonder punt aan het eind."),
    )
    quote = forms.CharField(
        label=_("In de woorden van een bewoner of collega"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "verhaal-veld"}),
        help_text=_("Schrijf geen namen of adressen op, want de hele kerngroep leest dit."),
    )


class FigureForm(GuardedForm):
    """Which figure lies beside the claim, and what it says."""

    figure = forms.ChoiceField(label=_("Welk cijfer?"), widget=forms.RadioSelect)
    says = forms.ChoiceField(label=_("Wat zegt dit cijfer over de stelling?"), choices=Says, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Toelichting"), max_length=200, required=False)

    def __init__(self, *args: Any, figures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure"].choices = figures  # type: ignore[attr-defined]


class StoryEvidenceForm(GuardedForm):
    """Which story lies beside the claim, and what it says."""

    story = forms.ModelChoiceField(
        label=_("Welk verhaal?"), queryset=Story.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    says = forms.ChoiceField(label=_("Wat zegt dit verhaal over de stelling?"), choices=Says, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Toelichting"), max_length=200, required=False)

    def __init__(self, *args: Any, stories: list[Story], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["story"]
        field.queryset = Story.objects.filter(pk__in=[story.pk for story in stories])  # type: ignore[attr-defined]
        field.label_from_instance = lambda story: story.text  # type: ignore[attr-defined]


class VerdictForm(VersionedForm):
    """The verdict of the group, with its reason."""

    texts = ("verdict", "reason")

    verdict = forms.ChoiceField(label=_("Conclusie"), choices=Verdict, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Waarom?"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    opinions_before = forms.DateField(label=_("Meningen geven vóór"), required=False, widget=DATE)


class AnswerForm(VersionedForm):
    """Whether a claim is true according to one's own organisation, before it reads the others."""

    texts = ("answer", "answer_reason")

    answer = forms.ChoiceField(
        label=_("Klopt deze stelling volgens uw organisatie?"), choices=Answer, widget=forms.RadioSelect
    )
    answer_reason = forms.CharField(
        label=_("Waarom vindt uw organisatie dit?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "verhaal-veld"}),
    )


class OpinionForm(VersionedForm):
    """What one's own organisation thinks of the verdict."""

    texts = ("stance", "words")

    stance = forms.ChoiceField(label=_("Mening van uw organisatie"), choices=Stance, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In uw eigen woorden"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "verhaal-veld"}),
        help_text=_("Nodig als u het oneens bent of een kanttekening hebt, zodat anderen weten waarom."),
    )


class GapForm(VersionedForm):
    """What is not known, who asks whom, before when; the owner works at the organisation that asks."""

    texts = ("what", "whom")

    what = forms.CharField(label=_("Wat weten we niet?"), max_length=200)
    organisation = forms.ModelChoiceField(
        label=_("Welke organisatie vraagt het?"), queryset=Organisation.objects.none(), empty_label=None
    )
    owner = forms.ModelChoiceField(
        label=_("Welke collega vraagt dit?"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("nog niemand"),
    )
    whom = forms.CharField(
        label=_("Aan wie wordt de vraag gesteld?"),
        max_length=120,
        help_text=_("Noem een groep mensen of een organisatie, maar geen naam van een persoon."),
    )
    before = forms.DateField(label=_("Vóór"), required=False, widget=DATE)
    claim = forms.ModelChoiceField(
        label=_("Bij welke stelling hoort dit?"),
        queryset=Claim.objects.none(),
        required=False,
        empty_label=_("niet bij een stelling"),
    )

    def __init__(self, *args: Any, organisations: Any, claims: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["claim"].queryset = claims  # type: ignore[attr-defined]
        owner = self.fields["owner"]
        owner.queryset = people  # type: ignore[attr-defined]
        owner.label_from_instance = lambda person: f"{person}, {person.organisation}"  # type: ignore[attr-defined]


class GapAnswerForm(VersionedForm):
    """What came of a question."""

    texts = ("answer",)

    answer = forms.CharField(label=_("Wat is het antwoord?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class SearchForm(GuardedForm):
    """Which figures somebody looks for: words, a theme, where, and of which year."""

    guarded = False

    words = forms.CharField(label=_("Cijfer zoeken"), max_length=80, required=False)
    theme = forms.ChoiceField(label=_("Onderwerp"), required=False)
    area = forms.ChoiceField(label=_("Waar"), required=False)
    year = forms.TypedChoiceField(label=_("Jaar"), coerce=int, required=False)

    def __init__(self, *args: Any, themes: list[Any], areas: list[Any], years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [("", _("alle onderwerpen")), *themes]  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", _("hele gebied")), *areas]  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, year) for year in years]  # type: ignore[attr-defined]
