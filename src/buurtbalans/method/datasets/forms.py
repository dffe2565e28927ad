"""The forms around figures: why a release is switched, and what partners send, choose, share and answer."""

from collections.abc import Container, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.findings import Refused
from buurtbalans.figures.intake.matching import Choices, Role, chosen
from buurtbalans.figures.intake.reading import BYTES, letter
from buurtbalans.figures.observation import Absence
from buurtbalans.method.datasets.models import Delivery, Draft, ReplyAnswer
from buurtbalans.method.people.models import Circle


def small_enough(sent: UploadedFile) -> None:
    """Refuse a large file before it is read."""
    if (sent.size or 0) > BYTES:
        raise ValidationError(_("Dit bestand is groter dan 10 MB."), code="size")


class SwitchForm(forms.Form):
    """Why somebody publishes a release, or goes back; `seen` is what was published when the page was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label=_("Waarom?"), help_text=_("Eén zin. Uw collega’s lezen die terug."), max_length=300, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class PublishForm(SwitchForm):
    """Why a release is published, with a tick for who looked at its large changes, where it has them."""

    confirmed = forms.BooleanField(
        label=_("Ik heb dit bekeken."),
        help_text=_("Sommige cijfers veranderen veel meer dan elders."),
        error_messages={"required": _("Bekijk de grote veranderingen. Vink dan dit vakje aan.")},
    )

    def __init__(self, *args: Any, changes: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not changes:
            del self.fields["confirmed"]


ROLES: Final = {
    Role.AREA: _("Buurt of gebied"),
    Role.PERIOD: _("Jaar"),
    Role.DIVISION: _("Jaar van de indeling"),
    Role.KIND: _("Soort cijfer"),
    Role.COUNT: _("Aantal"),
    Role.REASON: _("Reden zonder cijfer"),
    Role.UNKNOWN: _("Kies wat dit is"),
    Role.NONE: _("Niet gebruiken"),
}
REASONS: Final = [
    ("", _("kies een reden")),
    (Absence.NOT_MEASURED.value, _("niet gemeten")),
    (Absence.TOO_FEW.value, _("te weinig mensen")),
    (Absence.NOT_APPLICABLE.value, _("niet van toepassing")),
    (Absence.NOT_COMPARABLE.value, _("niet vergelijkbaar")),
    (Absence.NOT_SHARED.value, _("niet gedeeld")),
    (Absence.WITHHELD_AT_SOURCE.value, _("onbekend of onzeker")),
]
OWN, ALL = "eigen", "alle"


class PlainForm(forms.Form):
    """Base of these forms: no colon after a label."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class TitleForm(PlainForm):
    """What the figures are about."""

    title = forms.CharField(
        label=_("Waar gaan de cijfers over?"), max_length=120, help_text=_("Bijvoorbeeld: Hulp bij schulden, 2025.")
    )


class UploadForm(TitleForm):
    """A file with counts."""

    file = forms.FileField(
        label=_("Uw bestand"),
        help_text=_("Excel (.xlsx) of CSV, hooguit 10 MB. Alleen aantallen per buurt, geen rijen per persoon."),
        error_messages={"empty": _("Dit bestand is leeg.")},
        validators=[small_enough],
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )

    def sent(self) -> tuple[bytes, str]:
        """Return the file and its name; Django keeps a large file in a folder of its own until it is closed here."""
        with self.cleaned_data["file"] as file:
            return file.read(), file.name


class CountsForm(TitleForm):
    """Counts that somebody's own browser made of a list: the rows of the list stay there."""

    indicator = forms.CharField(max_length=120, required=False)
    counts = forms.CharField(max_length=2_000_000)

    def sent(self) -> tuple[bytes, str]:
        """Return the counts as a text."""
        return self.cleaned_data["counts"].encode(), str(_("telling in uw browser"))


class ChoicesForm(PlainForm):
    """What the columns of a draft are; a field per column, per empty column a reason, per wrong cell what it is."""

    def __init__(self, *args: Any, draft: Draft, audience: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = chosen(draft.choices)
        cells = {key for key in self.data if key.startswith("cel-")} if self.is_bound else set()
        for place, role in enumerate(self.choices.roles):
            if not self.choices.signs[place]:
                self.fields[f"rol-{place}"] = forms.ChoiceField(choices=list(ROLES.items()), initial=role)
                self.fields[f"naam-{place}"] = forms.CharField(max_length=120, required=False)
            self.fields[f"reden-{place}"] = forms.ChoiceField(choices=REASONS, required=False)
        for name in sorted(cells)[:200]:
            self.fields[name] = forms.CharField(max_length=40, required=False)
        self.fields["jaar"] = forms.IntegerField(min_value=1950, max_value=2099, required=False)
        self.fields["indeling"] = forms.IntegerField(min_value=1950, max_value=2099, required=False)
        self.fields["wie"] = forms.ChoiceField(choices=audience, required=False)

    def chosen(self) -> Choices:
        """Return the choices with what was sent."""
        given, choices = self.cleaned_data, self.choices
        for place in range(len(choices.roles)):
            if f"rol-{place}" in self.fields:
                choices.roles[place] = Role(given[f"rol-{place}"])
                choices.names[place] = given[f"naam-{place}"] or choices.names[place]
            if why := given[f"reden-{place}"]:
                choices.reasons[place] = Absence(why)
        choices.repairs |= {
            key.removeprefix("cel-").replace("-", ":"): value
            for key, value in given.items()
            if key.startswith("cel-") and value
        }
        choices.year = given["jaar"] if "jaar" in self.data else choices.year
        choices.division = given["indeling"] if "indeling" in self.data else choices.division
        return choices


def audience_choices(circles: list[Circle]) -> list[tuple[str, Any]]:
    """Return with whom a delivery can be shared, from narrow to wide."""
    return [*((f"kring-{circle.pk}", circle.name) for circle in circles), (ALL, _("Alle organisaties"))]


class _Radios(forms.RadioSelect):
    barred: Container[Any] = ()  # the values that cannot be chosen now

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "attrs": {**option["attrs"], "disabled": value in self.barred}}


class ShareDeliveryForm(PlainForm):
    """With whom a delivery is shared, and the four questions about this use.

    Per circle, by its number: `barred` says why it cannot be chosen, `needed` until when these figures must first be
    promised to it at the latest.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    audience = forms.ChoiceField(label=_("Wie mag dit zien?"), widget=_Radios)
    promised_until = forms.DateField(
        label=_("Zeg deze levering meteen toe, tot en met"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    legal = forms.CharField(
        label=_("Mag het van de wet?"),
        max_length=300,
        help_text=_("Bijvoorbeeld: aantallen zonder personen, zie ons privacybeleid."),
    )
    ethical = forms.CharField(
        label=_("Is het netjes?"), max_length=300, help_text=_("Zouden bewoners dit goed vinden?")
    )
    good_idea = forms.CharField(
        label=_("Is het een goed idee?"), max_length=300, help_text=_("Wat hebben de anderen eraan?")
    )
    decides = forms.CharField(label=_("Wie besloot dit?"), max_length=120, help_text=_("Een functie, geen naam."))

    def __init__(
        self, *args: Any, circles: list[Circle], barred: Mapping[int, Any], needed: Mapping[int, date], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.circles = {f"kring-{circle.pk}": circle for circle in circles}
        self.barred = {value: barred[one.pk] for value, one in self.circles.items() if one.pk in barred}
        self.needed = {value: needed[one.pk] for value, one in self.circles.items() if one.pk in needed}
        audience: Any = self.fields["audience"]
        audience.widget.barred = self.barred
        audience.choices = [
            (value, format_html("{}<small>{}</small>", words, self.barred[value]) if value in self.barred else words)
            for value, words in audience_choices(circles)
        ]
        if self.initial.get("audience") in self.barred:
            self.initial["audience"] = ""
        self._ask_promise()

    def _ask_promise(self) -> None:
        """Ask until when only where a circle needs the promise, and require it for the circle that is chosen."""
        if not self.needed:
            del self.fields["promised_until"]
            return
        field, chosen = self.fields["promised_until"], self["audience"].value()
        field.required = chosen in self.needed or not (self.is_bound or chosen)
        days = {value: date_format(day, "j F Y") for value, day in self.needed.items()}
        who = [
            _("%(circle)s (uiterlijk %(day)s)") % {"circle": self.circles[value], "day": days[value]} for value in days
        ]
        field.help_text = _("Nodig voor: %(who)s.") % {"who": ", ".join(who)}
        if chosen in days:
            text = _("Kies tot en met welke dag dit mag voor %(circle)s, uiterlijk %(day)s.")
            field.error_messages["required"] = text % {"circle": self.circles[chosen], "day": days[chosen]}

    def clean_audience(self) -> str:
        """Refuse a circle whose agreement does not let anything through now, and say why."""
        chosen: str = self.cleaned_data["audience"]
        if chosen in self.barred:
            raise ValidationError(self.barred[chosen], code="barred")
        return chosen

    @property
    def until(self) -> date | None:
        """Until when the delivery is promised in the same step."""
        until: date | None = self.cleaned_data.get("promised_until")
        return until

    def given(self) -> dict[str, Any]:
        """Return what the action asks."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "promised_until"}
        circle = self.circles.get(given.pop("audience"))
        return {**given, "circle": circle}


class VersionForm(PlainForm):
    """Which version of a delivery somebody saw when deciding."""

    version = forms.IntegerField()


class AskForm(PlainForm):
    """Which delivery a release will hold, and until when its supplier may object."""

    delivery = forms.ModelChoiceField(
        label=_("Levering"), queryset=Delivery.objects.none(), empty_label=_("kies een levering")
    )
    until = forms.DateField(label=_("Antwoord vóór"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, deliveries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delivery"].queryset = deliveries  # type: ignore[attr-defined]

    def clean_until(self) -> date:
        """Refuse a term that is over."""
        until: date = self.cleaned_data["until"]
        if until <= date.today():
            raise ValidationError(_("Kies een dag na vandaag."), code="past")
        return until


class ReplyForm(PlainForm):
    """What a supplier says of a release that will hold its figures."""

    answer = forms.ChoiceField(
        label=_("Uw antwoord"),
        choices=[(ReplyAnswer.FINE.value, _("Akkoord")), (ReplyAnswer.OBJECTION.value, _("Bezwaar"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Waarom?"), max_length=300, required=False, help_text=_("Nodig bij een bezwaar."))


def columns(form: ChoicesForm, draft: Draft) -> list[dict[str, Any]]:
    """Return per column what the page shows above it: its letter, name, role and what is chosen."""
    choices = chosen(draft.choices)
    return [
        {
            "place": place,
            "letter": letter(place),
            "name": name,
            "sign": choices.signs[place],
            "role": choices.roles[place],
            "called": choices.names[place],
            "roles": list(ROLES.items()),
        }
        for place, name in enumerate(draft.table["header"])
    ]


def words_of(refused: Refused | ValidationError) -> str:
    """Return in words why something was refused."""
    if isinstance(refused, ValidationError):
        return " ".join(refused.messages)
    return " ".join(f"{finding.what} {finding.todo}" for finding in refused.findings)
