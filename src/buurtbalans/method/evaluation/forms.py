"""The form of an evaluation: whether a result was reached, the evidence, and what happens next."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import VersionedForm
from buurtbalans.method.evaluation.models import NextStep, Outcome
from buurtbalans.method.stories.models import Story


class EvaluationForm(VersionedForm):
    """The evaluation of one result."""

    texts = ("outcome", "reason", "next", "next_text")

    figure = forms.ChoiceField(
        label=_("Actueel cijfer"),
        required=False,
        help_text=_("Kies hetzelfde cijfer als bij de nulmeting, zodat u kunt vergelijken."),
        widget=forms.Select(attrs={"lang": "nl"}),  # the sentences of figures are Dutch
    )
    outcome = forms.ChoiceField(label=_("Mate waarin het doel is bereikt"), choices=Outcome, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Toelichting"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Het is niet zeker of dit door de acties komt, dus noem het een vermoeden."),
    )
    voice = forms.ModelChoiceField(
        label=_("Verhaal dat hierbij past"),
        queryset=Story.objects.none(),
        required=False,
        empty_label=_("geen verhaal"),
    )
    next = forms.ChoiceField(label=_("Vervolg"), choices=NextStep, widget=forms.RadioSelect)
    next_text = forms.CharField(label=_("In één zin"), max_length=200)

    def __init__(self, *args: Any, figures: list[tuple[str, str]], stories: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure"].choices = [("", _("geen actueel cijfer")), *figures]  # type: ignore[attr-defined]
        self.fields["voice"].queryset = stories  # type: ignore[attr-defined]
        self.fields["voice"].label_from_instance = lambda story: story.text  # type: ignore[attr-defined]
