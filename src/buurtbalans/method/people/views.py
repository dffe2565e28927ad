"""Pages about who one is and what one may do: signing in, the account, the audit trail, and being refused."""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any

from allauth.account.views import PasswordChangeView
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.defaults import page_not_found

from buurtbalans.method.base.audit import audit_head, verify_audit
from buurtbalans.method.base.pages import back_or, form_page
from buurtbalans.method.people import actions, queries
from buurtbalans.method.people.forms import (
    AuditFilterForm,
    LanguageForm,
    NewAccountForm,
    NewOrganisationForm,
    RemindersForm,
)
from buurtbalans.method.people.models import Person, Reminder
from buurtbalans.method.people.panels import Desk
from buurtbalans.method.people.permissions import Permission, Role
from buurtbalans.method.people.rules import Refusal, knows_of, require

ROWS_PER_PAGE = 50


@require_safe
@login_required
def account(request: HttpRequest, desks: Callable[[Person], Iterable[Desk]]) -> HttpResponse:
    """Show who one is here: organisation, roles and circles, what one may do, and where one's work is."""
    person = request.user
    assert isinstance(person, Person)
    context = {
        "memberships": queries.memberships_of(person),
        "may_do": [permission.words for permission in queries.permissions_of(person)],
        "desks": list(desks(person)),
        "second_step": is_mfa_enabled(person),
        "languages": settings.LANGUAGES,
        "mails": bool(settings.MAIL),
        "reminders": reminders_form(person),
    }
    return render(request, "people/account.html", context)


def reminders_form(person: Person) -> RemindersForm:
    """Return the form of reminders as it stands for a person."""
    on = Reminder.objects.filter(person=person, on=True).exists()
    return RemindersForm(initial={"on": on, "email": person.email}, label_suffix="")


@require_POST
@login_required
def reminders(request: HttpRequest) -> HttpResponse:
    """Write down whether one wants a mail when something waits."""
    person = request.user
    assert isinstance(person, Person)
    form = RemindersForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError(_("Dit mailadres klopt niet, dus controleer wat u hebt ingevuld."), code="email")
        actions.set_reminders(by=person, **form.cleaned_data)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        on = form.cleaned_data["on"]
        messages.success(
            request,
            _("U krijgt voortaan mail als er taken voor u klaarstaan.")
            if on
            else _("U krijgt voortaan geen mail over taken."),
        )
    return redirect("account")


def administrator(request: HttpRequest) -> Person:
    """Return the visitor when that is who manages accounts; others are refused with words."""
    require(request.user, Permission.MANAGE_ACCOUNTS)
    assert isinstance(request.user, Person)
    return request.user


@require_safe
@login_required
def accounts(request: HttpRequest) -> HttpResponse:
    """Show every account to who manages them; what people do in rounds is not shown."""
    administrator(request)
    return render(
        request, "people/accounts.html", {"accounts": queries.accounts(), "organisations": queries.organisations()}
    )


@form_page
@login_required
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Ask for a new organisation, and make it."""
    by = administrator(request)
    form = NewOrganisationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        name = form.cleaned_data["name"]
        try:
            actions.add_organisation(by=by, slug=queries.free_slug(name), name=name, kind=form.cleaned_data["kind"])
        except ValidationError as error:
            form.add_error("name", error)
        else:
            messages.success(request, _("%(name)s is toegevoegd. Geef nu mensen een account.") % {"name": name})
            return redirect("accounts")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {
        "form": form,
        "title": _("Organisatie toevoegen"),
        "intro": _("Daarna kunt u mensen van deze organisatie een account geven."),
    }
    return render(request, "people/add.html", context, status=status)


@form_page
@login_required
def new_account(request: HttpRequest) -> HttpResponse:
    """Ask for a new account, and make it with its role."""
    person = administrator(request)
    form = NewAccountForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = _made(person, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Account %(username)s is toegevoegd.") % {"username": made.username})
            return redirect("accounts")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {
        "form": form,
        "title": _("Account toevoegen"),
        "intro": _("Geef het wachtwoord zelf aan de persoon, die daarna meteen een nieuw wachtwoord kiest."),
    }
    return render(request, "people/add.html", context, status=status)


@transaction.atomic
def _made(by: Person, given: dict[str, Any]) -> Person:
    first, _space, last = given["name"].partition(" ")
    person = actions.add_person(
        by=by,
        username=given["username"],
        first_name=first,
        last_name=last.strip(),
        organisation=given["organisation"],
        password=given["password"],
    )
    if given["role"]:
        role = Role(given["role"])
        actions.grant(by=by, person=person, role=role, circle=queries.circle_for(role, person))
    return person


@form_page
@login_required
def close_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether an account closes; then close it."""
    by = administrator(request)
    person = get_object_or_404(Person.objects.exclude(pk=by.pk), pk=pk, is_active=True)
    if request.method != "POST":
        return render(request, "people/close_account.html", {"person": person})
    actions.close_account(by=by, person=person)
    undo = resolve_url("open_account", pk)
    messages.success(request, _("Account %(username)s is gesloten.") % {"username": person.username}, extra_tags=undo)
    return redirect("accounts")


@require_POST
@login_required
def open_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    by = administrator(request)
    person = get_object_or_404(Person, pk=pk, is_active=False)
    actions.open_account(by=by, person=person)
    messages.success(request, _("Account %(username)s is heropend.") % {"username": person.username})
    return redirect("accounts")


@require_safe
@never_cache
@login_required
def audit(request: HttpRequest) -> HttpResponse:
    """Show the audit trail to who watches over it, with whether it is whole."""
    person = request.user
    assert isinstance(person, Person)
    require(person, Permission.READ_AUDIT)
    form = AuditFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"app": "", "actor": ""}
    rows = actions.read_audit(by=person, **wanted)
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("pagina"))
    context = {"form": form, "page": page, "broken": verify_audit(), "head": audit_head()[0]}
    return render(request, "people/audit.html", context)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language that a visitor chooses."""
    form = LanguageForm(request.POST)
    response = redirect(back_or(request, settings.LOGOUT_REDIRECT_URL))
    if form.is_valid():
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            form.cleaned_data["language"],
            max_age=365 * 24 * 3600,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return response


@require_POST
def look_as(request: HttpRequest, who: str, people: Mapping[str, str]) -> HttpResponse:
    """Sign a visitor of the demo in as one of the invented people; outside the demo the page does not exist."""
    if not settings.DEMO or who not in people:
        raise Http404
    person = get_object_or_404(Person, username=people[who], invented=True, is_active=True)
    actions.look_as(by=None, person=person)
    auth.login(request, person)
    return redirect(back_or(request, settings.LOGIN_REDIRECT_URL))


class ChangePassword(PasswordChangeView):
    """Change one's password; an account without one was opened by a button of the demo and has none to change."""

    http_method_names = ("get", "head", "post", "options")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse before the library would send the visitor to a page that we do not have."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise PermissionDenied("dit account heeft geen wachtwoord")
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self) -> str:
        return resolve_url("account")


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say what one may not do here, why, and who decides about it; or ask a visitor to sign in first."""
    home = resolve_url(settings.LOGIN_REDIRECT_URL)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path() if request.method in ("GET", "HEAD") else home)
    refusal = exception if isinstance(exception, Refusal) else None
    circle = refusal.circle if refusal else None
    if circle and not knows_of(request.user, circle):
        return page_not_found(request, Http404())
    context = {
        "refusal": refusal,
        "roles": queries.role_words(refusal.permission) if refusal else [],
        "circle": circle,
        "may_do": [permission.words for permission in queries.permissions_of(request.user)],
        "deciders": queries.deciders(circle, refusal.permission if refusal else None),
        "home": home,
    }
    return render(request, "people/denied.html", context, status=HTTPStatus.FORBIDDEN)
