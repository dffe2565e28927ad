"""Forms for signing in and for choosing, and the sign-in library's own words in ours."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.models import Organisation, OrganisationKind
from buurtbalans.method.people.permissions import IN_ROUND, Role

WRONG_CODE = _("Deze code klopt niet. Open de app en typ de nieuwste code die u daar ziet.")
WAIT = _("U hebt het te vaak geprobeerd. Wacht vijf minuten en probeer het dan opnieuw.")


class AccountWords(DefaultAccountAdapter):
    """Says what goes wrong at signing in as the rest of the site speaks."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("De combinatie van gebruikersnaam en wachtwoord klopt niet."),
        "enter_current_password": _("Dit is niet het wachtwoord dat u nu gebruikt."),
        "incorrect_password": _("Dit wachtwoord klopt niet, dus probeer het opnieuw."),
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
    }


class SecondStepWords(DefaultMFAAdapter):
    """Says what goes wrong at the second step as the rest of the site speaks."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": _(
            "Zet eerst inloggen in twee stappen aan, want pas daarna kunt u noodcodes maken."
        ),
    }

    def build_totp_svg(self, url: str) -> str:
        """Draw the code as SVG that can stand inside a page."""
        drawing: str = super().build_totp_svg(url)
        return drawing[drawing.index("<svg") :]


class OurWords(forms.Form):
    """A form of the library with our names for its fields, and without texts inside the fields."""

    words: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.words.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class SignInForm(OurWords, account.LoginForm):
    """Name and password."""

    words = {"login": _("Gebruikersnaam"), "password": _("Wachtwoord")}


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    """The password of now, and the new one twice."""

    words = {
        "oldpassword": _("Huidig wachtwoord"),
        "password1": _("Nieuw wachtwoord"),
        "password2": _("Nieuw wachtwoord herhalen"),
    }


class ConfirmPasswordForm(OurWords, account.ReauthenticateForm):
    """The password once more, before something that matters."""

    words = {"password": _("Wachtwoord")}


class CodeForm(OurWords, second_step.AuthenticateForm):
    """The code of the second step, or one of the emergency codes."""

    words = {"code": _("Code uit uw app, of een noodcode")}


class ConfirmCodeForm(OurWords, second_step.ReauthenticateForm):
    """The code once more, before something that matters."""

    words = {"code": _("Code uit uw app, of een noodcode")}


class FirstCodeForm(OurWords, totp.ActivateTOTPForm):
    """The first code of an app that was just connected."""

    words = {"code": _("Code uit uw app")}


class NewOrganisationForm(forms.Form):
    """Which organisation joins, and of what kind."""

    name = forms.CharField(label=_("Naam van de organisatie"), max_length=120)
    kind = forms.ChoiceField(label=_("Soort organisatie"), choices=OrganisationKind)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class NewAccountForm(forms.Form):
    """Who gets an account, for which organisation and with which role; roles in rounds are given there."""

    username = forms.CharField(label=_("Gebruikersnaam"), max_length=150)
    name = forms.CharField(label=_("Voornaam en achternaam"), max_length=300)
    organisation = forms.ModelChoiceField(
        label=_("Organisatie"), queryset=Organisation.objects.all(), required=False, empty_label=_("geen organisatie")
    )
    role = forms.ChoiceField(
        label=_("Rol"),
        required=False,
        choices=[("", _("nog geen rol")), *((role.value, role.words) for role in Role if role not in IN_ROUND)],
    )
    password = forms.CharField(
        label=_("Wachtwoord"),
        help_text=_("Het wachtwoord moet minstens 12 tekens hebben."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Wachtwoord herhalen"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean(self) -> dict[str, Any]:
        """Hold the two passwords beside each other."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("password") != given.get("again"):
            self.add_error("again", _("De twee wachtwoorden die u hebt ingevuld zijn niet gelijk."))
        return given


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


class RemindersForm(forms.Form):
    """Whether somebody wants a mail when something waits, and where to."""

    on = forms.BooleanField(
        label=_("Mail ontvangen als er taken voor mij klaarstaan"),
        required=False,
        help_text=_("U krijgt hooguit één mail per dag, en in de mail staat nooit waar een taak over gaat."),
    )
    email = forms.EmailField(label=_("Uw mailadres"), required=False, max_length=254)
