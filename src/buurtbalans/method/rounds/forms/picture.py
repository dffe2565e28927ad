"""Forms of the shared picture: its sentence and its lines."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import GuardedForm, VersionedForm
from buurtbalans.method.rounds.models import Claim, ConsentAnswer, LineKind, Stance


class PictureForm(VersionedForm):
    """The picture in one sentence, and what the neighbourhood needs."""

    texts = ("finding", "need")

    finding = forms.CharField(label=_("Het beeld in één zin"), max_length=160)
    need = forms.CharField(
        label=_("Wat de buurt nodig heeft"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class LineForm(GuardedForm):
    """A line of the shared picture, and the claims it rests on."""

    kind = forms.ChoiceField(label=_("Soort"), choices=LineKind, widget=forms.RadioSelect)
    text = forms.CharField(label=_("In één zin"), max_length=200)
    claims = forms.ModelMultipleChoiceField(
        label=_("Onderbouwing"),
        queryset=Claim.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Verplicht bij een kracht, kans of zorg. Een oorzaak is een vermoeden, dus daarbij hoeft het niet."
        ),
    )

    def __init__(self, *args: Any, claims: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claims"].queryset = claims  # type: ignore[attr-defined]


class EditLineForm(VersionedForm):
    """Another kind, other words or other claims for a line of the picture."""

    texts = ("text",)

    kind = forms.ChoiceField(label=_("Soort"), choices=LineKind, widget=forms.RadioSelect)
    text = forms.CharField(label=_("In één zin"), max_length=200)
    claims = forms.ModelMultipleChoiceField(
        label=_("Onderbouwing"),
        queryset=Claim.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Verplicht bij een kracht, kans of zorg. Een oorzaak is een vermoeden, dus daarbij hoeft het niet."
        ),
    )

    def __init__(self, *args: Any, claims: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claims"].queryset = claims  # type: ignore[attr-defined]


class VoiceForm(VersionedForm):
    """What one's own organisation thinks of a version of the picture."""

    texts = ("stance", "words")

    stance = forms.ChoiceField(label=_("Mening van uw organisatie"), choices=Stance, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In uw eigen woorden"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "verhaal-veld"}),
        help_text=_("Nodig als u het oneens bent of een kanttekening hebt. Deze woorden komen bij het beeld te staan."),
    )


class ConsentForm(VersionedForm):
    """Whether everybody may read the opinion of one's own organisation, whole, shorter or not."""

    answer = forms.ChoiceField(
        label=_("Mag iedereen de mening van uw organisatie lezen?"), choices=ConsentAnswer, widget=forms.RadioSelect
    )
    shortened = forms.CharField(
        label=_("Kortere tekst"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "verhaal-veld"}),
        help_text=_("Dit telt alleen als u inkort. U kunt woorden weglaten, maar geen andere woorden gebruiken."),
    )

    def __init__(self, *args: Any, has_words: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_words:  # a bare stance cannot be shortened
            del self.fields["shortened"]
            self.fields["answer"].choices = [  # type: ignore[attr-defined]
                choice for choice in ConsentAnswer.choices if choice[0] != ConsentAnswer.SHORTENED
            ]


class CommentForm(GuardedForm):
    """What a resident says of the picture."""

    who = forms.CharField(
        label=_("Van welke bewoner komt dit?"),
        max_length=80,
        help_text=_("Omschrijf de persoon, bijvoorbeeld ‘bewoner van de Weverhof’, maar noem geen naam."),
    )
    text = forms.CharField(
        label=_("Wat zegt deze persoon over het beeld?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4, "class": "verhaal-veld"}),
    )
    for_everybody = forms.BooleanField(widget=forms.HiddenInput, required=False)


class AnswerCommentForm(VersionedForm):
    """What the core group answers."""

    texts = ("answer",)

    answer = forms.CharField(label=_("Ons antwoord"), max_length=600, widget=forms.Textarea(attrs={"rows": 4}))


class CriterionForm(VersionedForm):
    """What the group pays attention to, and how heavily it counts."""

    texts = ("text", "weight")

    text = forms.CharField(
        label=_("Waar letten we op?"),
        max_length=120,
        help_text=_("Schrijf een korte vraag waarmee u de punten kunt vergelijken."),
    )
    weight = forms.TypedChoiceField(
        label=_("Hoe zwaar telt deze vraag?"),
        coerce=int,
        widget=forms.RadioSelect,
        initial=1,
        choices=[(1, _("1, normaal")), (2, _("2, zwaar")), (3, _("3, het zwaarst"))],
    )


class ChoiceForm(VersionedForm):
    """Whether the group works on a line first, and why."""

    texts = ("reason",)

    first = forms.TypedChoiceField(
        label=_("Pakken we dit als eerste aan?"),
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
        choices=[(True, _("ja, als eerste")), (False, _("nee, nu niet"))],
        empty_value=None,
    )
    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("De punten zijn een advies, want de groep kiest zelf en geeft daarvoor een reden."),
    )


class WeighForm(GuardedForm):
    """The points of one's own organisation, a field per line and criterion; an empty field is not weighed yet."""

    def __init__(self, *args: Any, lines: Any, criteria: Any, points: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[tuple[Any, list[Any]]] = []
        for line in lines:
            for criterion in criteria:
                self.fields[_cell(line, criterion)] = forms.TypedChoiceField(
                    label=criterion.text,
                    coerce=int,
                    required=False,
                    empty_value=None,
                    show_hidden_initial=True,
                    choices=[("", "–"), *((n, str(n)) for n in range(4))],
                    initial=points.get((line.pk, criterion.pk)),
                )
            self.rows.append((line, [self[_cell(line, criterion)] for criterion in criteria]))
        self.cells = {_cell(line, each): (line.pk, each.pk) for line in lines for each in criteria}

    def given(self) -> dict[tuple[int, int], tuple[int | None, int]]:
        """Return what was changed: for a line and a criterion the points that were read, and those that were given."""
        points = {}
        for name in self.changed_data:
            seen = self.data.get(self.add_initial_prefix(name), "")
            if self.cleaned_data[name] is not None:
                points[self.cells[name]] = (int(seen) if seen.isdigit() else None, self.cleaned_data[name])
        return points


def _cell(line: Any, criterion: Any) -> str:
    return f"p{line.pk}-{criterion.pk}"
