"""Signing in and out: password, second step, limits on trying, the demo's doors, language."""

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.conf import settings as site
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import NoReverseMatch, reverse

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.people.models import Person
from buurtbalans.site.demo.people import LOOK_AS, make_people
from tests.site.people_fixtures import PASSWORD, person


@pytest.fixture
def home() -> str:
    return resolve_url(site.LOGIN_REDIRECT_URL)


@pytest.fixture
def samira(db: None) -> Person:
    return person("samira")


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> Any:
    return client.post(reverse("login"), {"login": "samira", "password": password, **more})


def confirm(client: Client, page: str) -> Any:
    """Ask for a page that wants the password once more, and give it."""
    asked = client.get(page)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    return client.post(asked.url, {"password": PASSWORD}, follow=True)


def verbs() -> list[str]:
    return list(AuditRow.objects.values_list("verb", flat=True))


def code_for(secret: str) -> str:
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"


def test_a_person_signs_in_and_out(client: Client, samira: Person, home: str) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer.url) == (302, home)
    assert client.get(reverse("account")).context["user"] == samira
    assert verbs()[-1] == "people.sign_in"
    assert client.get(reverse("logout")).status_code == 200
    client.post(reverse("logout"))
    assert client.get(reverse("account")).url == "/inloggen/?next=/account/"


def test_a_person_goes_on_to_the_page_that_was_asked(client: Client, samira: Person, home: str) -> None:
    assert sign_in(client, next="/account/").url == "/account/"
    assert sign_in(Client(), next="https://elders.example/").url == home


def test_a_wrong_password_is_refused_in_our_words(client: Client, samira: Person) -> None:
    page = sign_in(client, password="iets anders")
    assert page.status_code == 200
    assert "De combinatie van gebruikersnaam en wachtwoord klopt niet." in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_closed_account_does_not_open(client: Client, samira: Person) -> None:
    Person.objects.update(is_active=False)
    assert sign_in(client).url == reverse("account_inactive")
    assert client.get(reverse("account_inactive")).status_code == 200
    assert "_auth_user_id" not in client.session


def test_an_open_session_ends_when_the_account_closes(client: Client, samira: Person) -> None:
    sign_in(client)
    Person.objects.update(is_active=False)
    assert client.get(reverse("account")).status_code == 302


@pytest.mark.slow
def test_guessing_stops_after_five_attempts(client: Client, samira: Person) -> None:
    for _attempt in range(5):
        sign_in(client, password="gok")
    page = sign_in(client)
    assert "Wacht vijf minuten" in page.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.slow
def test_one_address_may_not_try_without_end(client: Client, samira: Person) -> None:
    answers = [client.post(reverse("login"), {"login": f"wie{n}", "password": "gok"}) for n in range(31)]
    assert answers[-1].status_code == 429
    assert "Even wachten" in answers[-1].content.decode()


def test_nobody_signs_up_or_resets_by_oneself(client: Client, db: None) -> None:
    for name in ("account_signup", "account_reset_password", "account_email", "account_set_password"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ("/account/signup/", "/accounts/signup/", "/inloggen/signup/", "/admin/"):
        assert client.get(path).status_code == 404


def test_a_session_is_hard_to_steal(client: Client, samira: Person) -> None:
    cookie = sign_in(client).cookies[site.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]


def test_a_person_changes_the_password(client: Client, samira: Person) -> None:
    sign_in(client)
    new = "vier woorden op een rij"
    asked = {"oldpassword": "mis", "password1": new, "password2": new}
    assert (
        "Dit is niet het wachtwoord dat u nu gebruikt."
        in client.post(reverse("account_change_password"), asked).content.decode()
    )
    weak = {"oldpassword": PASSWORD, "password1": "kort", "password2": "kort"}
    assert client.post(reverse("account_change_password"), weak).status_code == 200
    answer = client.post(reverse("account_change_password"), asked | {"oldpassword": PASSWORD})
    assert answer.url == reverse("account")
    samira.refresh_from_db()
    assert samira.check_password(new)
    assert verbs()[-1] == "people.change_password"


def test_an_account_without_password_has_none_to_change(client: Client, db: None) -> None:
    client.force_login(person("zonder", password=None))
    assert client.get(reverse("account_change_password")).status_code == 403


def test_the_second_step_from_on_to_off(
    client: Client, samira: Person, home: str, django_capture_on_commit_callbacks: Any
) -> None:
    sign_in(client)
    activate = reverse("mfa_activate_totp")
    page = confirm(client, activate)
    assert "<svg" in page.content.decode()
    assert "Deze code klopt niet" in client.post(activate, {"code": "000000"}).content.decode()
    secret = client.get(activate).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(activate, {"code": code_for(secret)}).url == reverse("mfa_view_recovery_codes")
    assert verbs()[-1] == "people.add_second_step"
    emergency = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]

    other = Client()
    assert sign_in(other).url == reverse("mfa_authenticate")
    assert other.get(reverse("account")).status_code == 302
    assert other.get(reverse("mfa_authenticate")).status_code == 200
    assert "Deze code klopt niet" in other.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert other.post(reverse("mfa_authenticate"), {"code": emergency[0]}).url == home
    assert other.get(reverse("mfa_index")).context["is_mfa_enabled"]
    assert confirm(other, reverse("mfa_generate_recovery_codes")).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        other.post(reverse("mfa_generate_recovery_codes"))
    assert verbs()[-1] == "people.renew_second_step"
    assert other.get(reverse("mfa_deactivate_totp")).status_code == 200
    other.post(reverse("mfa_deactivate_totp"))
    assert "people.remove_second_step" in verbs()
    assert not other.get(reverse("mfa_index")).context["is_mfa_enabled"]


def test_what_matters_is_confirmed_first(client: Client, samira: Person) -> None:
    TOTP.activate(samira, generate_totp_secret())
    client.force_login(samira)
    answer = client.get(reverse("mfa_deactivate_totp"))
    assert answer.url.startswith(reverse("account_reauthenticate"))
    page = client.get(answer.url)
    assert "Bevestigen met code" in page.content.decode()
    assert client.get(reverse("mfa_reauthenticate")).status_code == 200
    assert "Dit wachtwoord klopt niet" in client.post(answer.url, {"password": "mis"}).content.decode()
    assert client.post(answer.url, {"password": PASSWORD}).url == reverse("mfa_deactivate_totp")


@pytest.mark.parametrize("who", LOOK_AS)
def test_a_visitor_of_the_demo_looks_as_somebody(client: Client, db: None, settings: Any, who: str, home: str) -> None:
    settings.DEMO = True
    people = make_people()
    answer = client.post(reverse("look_as", args=[who]))
    assert (answer.status_code, answer.url) == (302, home)
    assert client.get(reverse("account")).context["user"] == people[LOOK_AS[who]]
    assert verbs()[-1] == "people.look_as"


def test_looking_as_somebody_does_not_exist_outside_the_demo(client: Client, db: None, settings: Any) -> None:
    make_people()
    assert client.post(reverse("look_as", args=["bewoner"])).status_code == 404
    settings.DEMO = True
    assert client.post(reverse("look_as", args=["beheerder"])).status_code == 404
    assert client.get(reverse("look_as", args=["bewoner"])).status_code == 405
    Person.objects.update(invented=False)
    assert client.post(reverse("look_as", args=["bewoner"])).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_form_without_its_token_is_refused(samira: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(reverse("login"), {"login": "samira", "password": PASSWORD})
    assert page.status_code == 403
    assert "Deze pagina is verlopen" in page.content.decode()


def test_dutch_unless_english_is_chosen(client: Client, db: None) -> None:
    page = client.get(reverse("login"), headers={"accept-language": "en"})
    assert page.headers["Content-Language"] == "nl"
    assert 'lang="nl"' in page.content.decode()
    answer = client.post(reverse("language"), {"language": "en", "next": "/inloggen/"})
    assert answer.url == "/inloggen/"
    assert client.get(reverse("login")).headers["Content-Language"] == "en"


def test_the_language_is_one_of_ours_and_the_way_back_too(client: Client, db: None) -> None:
    answer = client.post(reverse("language"), {"language": "xx", "next": "//elders.example/"})
    assert answer.url == resolve_url(site.LOGOUT_REDIRECT_URL)
    assert site.LANGUAGE_COOKIE_NAME not in answer.cookies
    assert client.get(reverse("language")).status_code == 405
