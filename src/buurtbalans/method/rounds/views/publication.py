"""Pages about making a version of the picture public: what everybody would read, who is asked, and the public page."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import form_page, handle_button, handle_form, posted, read_only
from buurtbalans.method.base.panels import PanelMaker, gather
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds import rules
from buurtbalans.method.rounds.actions import publication as publication_actions
from buurtbalans.method.rounds.forms import picture as picture_forms
from buurtbalans.method.rounds.models import PictureVersion
from buurtbalans.method.rounds.queries import publication as publication_queries
from buurtbalans.method.rounds.queries import versions as versions_queries
from buurtbalans.method.rounds.views.versions import crumbs_of, enter_version


def public_sheet(request: HttpRequest, picture: PictureVersion, panels: Sequence[PanelMaker]) -> dict[str, Any]:
    """Return what the public sheet of a version shows, whoever looks: the preview and the public page are made of it.

    A version that is not public yet shows the opinions that nobody answered about as well, for these are asked about.
    """
    anybody = AnonymousUser()
    voices = publication_queries.public_voices(picture, expected=not picture.is_public)
    return {
        "picture": picture,
        "round": picture.round,
        "version_opinions": versions_queries.opinion_rows(picture, voices),
        "comments": versions_queries.comments_of(picture, anybody),
        "is_shared": True,
        "kinds": versions_queries.kinds_of(picture, anybody),
        "panels": gather(request, picture, panels),
    }


@read_only
def public_picture(request: HttpRequest, slug: str, panels: Sequence[PanelMaker] = ()) -> HttpResponse:
    """Show the newest version that everybody may read, with dissent and answers; without one there is no such page."""
    picture = versions_queries.public_version(slug).first()
    if picture is None:
        raise Http404
    return render(request, "rounds/public_picture.html", {"sheet": public_sheet(request, picture, panels)})


@form_page
@login_required
def publication(request: HttpRequest, slug: str, number: int, panels: Sequence[PanelMaker] = ()) -> HttpResponse:
    """Show exactly what everybody would read, who is asked about it, and the question to one's own organisation."""
    round, picture = enter_version(request, slug, number)
    rules.require_in(request.user, Permission.READ, round)
    if request.method == "POST":
        rules.require_in(request.user, Permission.GIVE_OPINION, round)
    rows, own = publication_queries.consent_rows(picture), publication_queries.own_row(picture, request.user)
    first = publication_queries.answer_fields(own) if own else {}
    context = {
        "round": round,
        "picture": picture,
        "rows": rows,
        "own": own,
        "waiting": [row.organisation.name for row in rows if row.is_waiting],
        "unasked": [row.organisation.name for row in rows if not row.is_asked],
        "may": rules.allowed(request.user, round),
        "crumbs": [
            *crumbs_of(round),
            (_("versie %(number)s") % {"number": number}, versions_queries.version_url(picture)),
        ],
        "sheet": public_sheet(request, picture, panels),
    }
    return handle_form(
        request,
        picture_forms.ConsentForm(posted(request), initial=first, has_words=bool(own and own.voice.words)),
        lambda given: publication_actions.answer_consent(by=request.user, picture=picture, **given),
        "rounds/publication.html",
        context,
        to=lambda consent: publication_queries.publication_url(picture),
        done=_("Het antwoord van uw organisatie is opgeslagen."),
    )


@require_POST
@login_required
def ask_consent(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask the organisations whose opinion everybody would read."""
    _round, picture = enter_version(request, slug, number)
    return handle_button(
        request,
        lambda: publication_actions.ask_consent(by=request.user, picture=picture),
        done=lambda names: _("De vraag staat nu bij de taken van: %(names)s.") % {"names": ", ".join(names)},
        to=lambda: publication_queries.publication_url(picture),
    )


@require_POST
@login_required
def publish_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let everybody read a version, once each organisation answered."""
    _round, picture = enter_version(request, slug, number)
    return handle_button(
        request,
        lambda: publication_actions.publish_version(by=request.user, picture=picture),
        done=_("Iedereen kan dit gedeelde beeld nu lezen, ook zonder account."),
        to=lambda: versions_queries.version_url(picture),
        undo=reverse("rounds:unpublish_version", args=[slug, number]),
        refused_to=publication_queries.publication_url(picture),
    )


@require_POST
@login_required
def unpublish_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a version back from everybody."""
    _round, picture = enter_version(request, slug, number)
    return handle_button(
        request,
        lambda: publication_actions.unpublish_version(by=request.user, picture=picture),
        done=_("Alleen de kerngroep en de betrokkenen kunnen dit gedeelde beeld nu lezen."),
        to=lambda: versions_queries.version_url(picture),
        undo=reverse("rounds:publish_version", args=[slug, number]),
    )
