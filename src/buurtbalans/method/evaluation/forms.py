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
        label=_("Hoe is het nu?"),
        required=False,
        help_text=_("Hetzelfde cijfer als bij het begin."),
        widget=forms.Select(attrs={"lang": "nl"}),  # the sentences of figures are Dutch
    )
    outcome = forms.ChoiceField(label=_("Is het bereikt?"), choices=Outcome, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Waarom denken we dat?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Of het door de afspraken komt, is een vermoeden."),
    )
    voice = forms.ModelChoiceField(
        label=_("Wat zeggen mensen?"), queryset=Story.objects.none(), required=False, empty_label=_("geen verhaal")
    )
    next = forms.ChoiceField(label=_("Wat doen we nu?"), choices=NextStep, widget=forms.RadioSelect)
    next_text = forms.CharField(label=_("In één zin"), max_length=200)

    def __init__(self, *args: Any, figures: list[tuple[str, str]], stories: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure"].choices = [("", _("geen cijfer van nu")), *figures]  # type: ignore[attr-defined]
        self.fields["voice"].queryset = stories  # type: ignore[attr-defined]
        self.fields["voice"].label_from_instance = lambda story: story.text  # type: ignore[attr-defined]
