"""Forms for signing in and for choosing a language."""

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Name and password, in our words."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["login"].label = _("Gebruikersnaam")
        self.fields["password"].label = _("Wachtwoord")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LanguageForm(forms.Form):
    """One of the languages that the site speaks."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)


class AuditFilterForm(forms.Form):
    """Which rows of the audit trail to show."""

    app = forms.ChoiceField(
        label=_("Onderdeel"),
        required=False,
        choices=[
            ("", _("alles")),
            ("people", _("mensen en accounts")),
            ("places", _("gebieden")),
            ("datasets", _("cijfers")),
            ("stories", _("verhalen")),
            ("rounds", _("rondes")),
            ("plans", _("afspraken")),
            ("evaluation", _("evaluatie")),
        ],
    )
    actor = forms.CharField(label=_("Gebruikersnaam"), required=False, max_length=150)
