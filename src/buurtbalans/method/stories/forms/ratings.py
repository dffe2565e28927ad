"""The form of a rating: twelve themes from 1 to 7, quick on a phone, with a reason where somebody wants to give one."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.forms import VersionedForm
from buurtbalans.method.stories.models import AgeBand, Aspect, RatingSheet, Side, When

UNKNOWN = "0"


class RatingForm(VersionedForm):
    """When and by whom, and per theme a number and a reason."""

    texts = ("when", "side", "age")

    when = forms.ChoiceField(label=_("Moment in de ronde"), choices=When, widget=forms.RadioSelect, initial=When.BEFORE)
    side = forms.ChoiceField(
        label=_("Ingevuld door"),
        widget=forms.RadioSelect,
        initial=Side.RESIDENT,
        choices=[(Side.RESIDENT, _("een bewoner")), (Side.PROFESSIONAL, _("een professional"))],
    )
    age = forms.ChoiceField(label=_("Leeftijd"), choices=[("", _("weet ik niet")), *AgeBand.choices], required=False)
    seen = forms.BooleanField(
        label=_("Ik heb dit gecontroleerd: er is niemand in te herkennen"),
        required=False,
        help_text=_("Dit is nodig als u een toelichting hebt gegeven, want de kerngroep leest die."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for aspect in Aspect:
            self.fields[f"score-{aspect}"] = forms.ChoiceField(
                label=aspect.label,
                required=False,
                widget=forms.RadioSelect,
                choices=[*((str(score), str(score)) for score in range(1, 8)), (UNKNOWN, _("weet ik niet"))],
            )
            self.fields[f"reason-{aspect}"] = forms.CharField(
                label=format_lazy("{}: {}", aspect.label, _("toelichting")), max_length=200, required=False
            )

    def rows(self) -> Iterator[tuple[Aspect, forms.BoundField, forms.BoundField]]:
        """Yield the themes, each with its number and its reason."""
        for aspect in Aspect:
            yield aspect, self[f"score-{aspect}"], self[f"reason-{aspect}"]

    def clean(self) -> dict[str, Any]:
        """Gather the numbers and reasons as answers; a reason without a number is of who does not know."""
        given = super().clean()
        answers = self._answers(given)
        if any(why for _score, why in answers.values()) and not given.get("seen"):
            self.add_error("seen", _("Controleer of iemand te herkennen is en vink dan dit vakje aan."))
        if not answers and not self.errors:
            self.add_error(None, _("Geef bij minstens één onderwerp een waardering van 1 tot 7."))
        given["answers"] = answers
        return given

    @staticmethod
    def _answers(given: dict[str, Any]) -> dict[str, tuple[int | None, str]]:
        """Take the score and reason of each aspect out of the values of the form; aspects without either are left out."""
        answers: dict[str, tuple[int | None, str]] = {}
        for aspect in Aspect.values:
            score, why = given.pop(f"score-{aspect}", ""), given.pop(f"reason-{aspect}", "")
            if score or why:
                answers[aspect] = (int(score or UNKNOWN) or None, why)
        return answers


def begun(sheet: RatingSheet) -> dict[str, Any]:
    """Return what a form of an existing sheet begins with."""
    first: dict[str, Any] = {name: getattr(sheet, name) for name in ("when", "side", "age", "version")}
    for rating in sheet.ratings.all():
        first[f"score-{rating.aspect}"] = str(rating.score or UNKNOWN)
        first[f"reason-{rating.aspect}"] = rating.reason
    return first
