"""Registers the app `people` with Django, makes the circle of everybody, and writes down every sign-in."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.permissions import Role


class PeopleConfig(AppConfig):
    name = "buurtbalans.method.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
    audit_words = {
        "sign_in": _("heeft ingelogd"),
        "change_password": _("heeft een nieuw wachtwoord gekozen"),
        "add_second_step": _("heeft inloggen in twee stappen aangezet"),
        "remove_second_step": _("heeft inloggen in twee stappen uitgezet"),
        "renew_second_step": _("heeft nieuwe noodcodes gemaakt"),
    }
    audit_things = {
        "person": _("account"),
        "organisation": _("organisatie"),
        "circle": _("groep"),
        "membership": _("rol"),
        "profile": _("profiel"),
    }
    audit_facts = {
        "app": _("onderdeel"),
        "actor": _("gebruikersnaam"),
        "ring": _("betrokkenen"),
        "on": _("aan"),
    }
    audit_values = {"role": {role.value: role.words for role in Role}}

    @staticmethod
    def public_names() -> frozenset[str]:
        """Return the names of the organisations that take part; they identify nobody."""
        from buurtbalans.method.people.models import Organisation

        return frozenset(Organisation.objects.values_list("name", flat=True))

    def ready(self) -> None:
        """Listen to the sign-in library, which knows nothing of our audit trail."""
        from allauth.account import signals as account
        from allauth.mfa import signals as mfa

        post_migrate.connect(_everybody, sender=self)
        account.user_logged_in.connect(_note("sign_in"), weak=False)
        account.password_changed.connect(_note("change_password"), weak=False)
        mfa.authenticator_added.connect(_note("add_second_step"), weak=False)
        mfa.authenticator_removed.connect(_note("remove_second_step"), weak=False)
        mfa.authenticator_reset.connect(_note("renew_second_step"), weak=False)


def _note(what: str) -> Any:
    def listen(user: Any, **_more: Any) -> None:
        from buurtbalans.method.people.actions import note_access

        note_access(by=user, what=what)

    return listen


def _everybody(sender: AppConfig, using: str, apps: Any = apps, **_more: Any) -> None:
    try:
        circles = apps.get_model("people", "Circle")._base_manager
    except LookupError:  # this database went back to before there were circles
        return
    circles.using(using).get_or_create(kind="public", defaults={"name": "Iedereen"})
