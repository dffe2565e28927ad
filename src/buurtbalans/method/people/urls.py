"""Addresses of signing in, accounts and the audit trail; of the sign-in library only the pages that we support."""

from allauth.account import views as sign_in
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from buurtbalans.method.people import views

urlpatterns = [
    path("inloggen/", sign_in.login, name="login"),
    path("inloggen/tweede-stap/", second_step.authenticate, name="mfa_authenticate"),
    path("inloggen/gesloten/", sign_in.account_inactive, name="account_inactive"),
    path("uitloggen/", sign_in.logout, name="logout"),
    path("account/meldingen/", views.reminders, name="reminders"),
    path("account/wachtwoord/", views.ChangePassword.as_view(), name="account_change_password"),
    path("account/bevestigen/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("account/bevestigen/code/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("account/tweede-stap/", second_step.index, name="mfa_index"),
    path("account/tweede-stap/aanzetten/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/tweede-stap/uitzetten/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/tweede-stap/noodcodes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/tweede-stap/noodcodes/nieuw/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("beheer/", views.accounts, name="accounts"),
    path("beheer/nieuw/", views.new_account, name="new_account"),
    path("beheer/organisaties/nieuw/", views.new_organisation, name="new_organisation"),
    path("beheer/<int:pk>/sluiten/", views.close_account, name="close_account"),
    path("beheer/<int:pk>/openen/", views.open_account, name="open_account"),
    path("controle/", views.audit, name="audit"),
    path("taal/", views.language, name="language"),
    # The library looks for its own two names.
    path("inloggen/", sign_in.login, name="account_login"),
    path("uitloggen/", sign_in.logout, name="account_logout"),
]
