"""Pages of partners: what each organisation can do, for whom and when; for who works at an organisation."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import form_page, handle_button, handle_form, posted, read_only
from buurtbalans.method.people.actions import confirm_profile as confirm
from buurtbalans.method.people.actions import write_profile
from buurtbalans.method.people.models import Organisation, Person, Profile
from buurtbalans.method.people.rules import require_works_at
from buurtbalans.method.rounds.forms import partner as partner_forms
from buurtbalans.method.rounds.queries import partner as partner_queries


def _reader(request: HttpRequest) -> Person:
    """Return the visitor when that is somebody who works at an organisation; profiles are not public."""
    person = request.user
    if not isinstance(person, Person) or person.organisation_id is None:
        raise PermissionDenied("alleen wie bij een organisatie werkt leest wat de andere kunnen")
    return person


def _url(organisation: Organisation) -> str:
    return reverse("partners:partner", args=[organisation.slug])


@read_only
@login_required
def partners(request: HttpRequest) -> HttpResponse:
    """Show every organisation with what it can do, in one line each."""
    person = _reader(request)
    everyone = Organisation.objects.all()
    joins = partner_queries.participation_of(everyone, person)
    rows = [
        (partner_row, joins[partner_row.organisation.pk])
        for partner_row in partner_queries.partner_rows(everyone, person)
    ]
    return render(request, "rounds/partners.html", {"partners": rows})


@read_only
@login_required
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what one organisation can do, for whom, with what mandate, and whether that is still true."""
    person = _reader(request)
    organisation = get_object_or_404(Organisation, slug=slug)
    context = {
        "partner": partner_queries.partner_row(organisation, person),
        "joins": partner_queries.participation_of([organisation], person)[organisation.pk],
        "crumbs": [(_("Organisaties"), reverse("partners:list")), (organisation.name, "")],
    }
    return render(request, "rounds/partner.html", context)


@form_page
@login_required
def edit_profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Write or change what one's own organisation can do."""
    organisation = get_object_or_404(Organisation, slug=slug)
    require_works_at(request.user, organisation)
    had = Profile.objects.visible_to(request.user).filter(organisation=organisation).first()
    first = {name: getattr(had, name) for name in partner_forms.ProfileForm.base_fields} if had else None
    crumbs = [(_("Organisaties"), reverse("partners:list")), (organisation.name, _url(organisation))]
    context = {
        "title": _("Profiel van %(name)s") % {"name": organisation.name},
        "button": _("Opslaan"),
        "crumbs": crumbs,
        "intro": _("Iedereen die bij een organisatie werkt kan dit lezen, maar bewoners en bezoekers niet."),
        "text": had,
    }
    return handle_form(
        request,
        partner_forms.ProfileForm(posted(request), initial=first),
        lambda given: write_profile(by=request.user, organisation=organisation, **given),
        "rounds/fill_in.html",
        context,
        to=lambda profile: _url(organisation),
        done=_("Het profiel van uw organisatie is opgeslagen."),
    )


@require_POST
@login_required
def confirm_profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the profile of one's own organisation is still true."""
    organisation = get_object_or_404(Organisation, slug=slug)
    require_works_at(request.user, organisation)
    profile = get_object_or_404(Profile.objects.visible_to(request.user), organisation=organisation)
    version = request.POST.get("version", "")
    return handle_button(
        request,
        lambda: confirm(by=request.user, profile=profile, version=int(version) if version.isdigit() else 0),
        to=_url(organisation),
        done=_("Dank u, de datum is nu die van vandaag."),
        conflict=_("Een collega heeft dit zojuist aangepast, dus lees het eerst opnieuw."),
    )
