"""Pages of the versions of a picture: laid before organisations, shared with the ring, agreed, and what residents say of it."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import form_page, handle_button, handle_form, posted, read_only
from buurtbalans.method.base.panels import PanelMaker, gather
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import Refusal
from buurtbalans.method.rounds import rules
from buurtbalans.method.rounds.actions import versions as versions_actions
from buurtbalans.method.rounds.forms import picture as picture_forms
from buurtbalans.method.rounds.models import Comment, PictureVersion, PictureVoice, Round
from buurtbalans.method.rounds.queries import picture as picture_queries
from buurtbalans.method.rounds.queries import publication as publication_queries
from buurtbalans.method.rounds.queries import versions as versions_queries
from buurtbalans.method.rounds.views.round import button_view, enter, step_crumb, trail


def enter_version(request: HttpRequest, slug: str, number: int) -> tuple[Round, PictureVersion]:
    """Return a version of the picture that the visitor may read, or answer 404."""
    round = enter(request, slug)
    return round, get_object_or_404(versions_queries.picture_versions(round, request.user), number=number)


def crumbs_of(round: Round) -> list[tuple[Any, str]]:
    """Return the crumbs of a page under the picture."""
    return trail(round, step_crumb(round, 4), (_("Het gedeelde beeld"), picture_queries.picture_url(round)))


@read_only
@login_required
def version(request: HttpRequest, slug: str, number: int, panels: Sequence[PanelMaker] = ()) -> HttpResponse:
    """Show a version as it was laid before the organisations: who agrees, what changed, what residents say of it."""
    round, picture = enter_version(request, slug, number)
    versions = list(versions_queries.picture_versions(round, request.user))
    before = next((version for version in versions if version.number < number), None)
    last = versions_queries.newest(round)
    version_opinions = versions_queries.version_opinions(picture, request.user)
    context = {
        "round": round,
        "picture": picture,
        "versions": versions,
        "before": before,
        "changes": versions_queries.changes(before, picture) if before else [],
        "version_opinions": version_opinions,
        "own": next((ballot for ballot in version_opinions if ballot.own), None),
        "silent": versions_queries.silent(picture),
        "is_newest": last is not None and last.pk == picture.pk,
        "may": rules.allowed(request.user, round),
        "may_comment": rules.may_comment(request.user, picture),
        "comments": versions_queries.comments_of(picture, request.user),
        "is_shared": picture.is_shared,
        "consent": publication_queries.own_row(picture, request.user),
        **_sheet(request, round, picture),
        "crumbs": crumbs_of(round),
        "panels": gather(request, picture, panels),
    }
    return render(request, "rounds/version.html", context)


def _sheet(request: HttpRequest, round: Round, picture: PictureVersion) -> dict[str, Any]:
    return {
        "kinds": versions_queries.kinds_of(picture, request.user),
        "dissent": versions_queries.frozen_dissent(picture, request.user),
        "questions": versions_queries.open_questions(picture, request.user),
        "reads": rules.may_in(request.user, Permission.READ, round),
    }


@require_POST
@login_required
def submit_version(request: HttpRequest, slug: str) -> HttpResponse:
    """Lay the picture before the organisations as it is now."""
    round = enter(request, slug)

    def to() -> str:
        last = versions_queries.picture_versions(round, request.user).first()
        return versions_queries.version_url(last) if last else picture_queries.picture_url(round)

    said = _("Het gedeelde beeld is aan de organisaties voorgelegd, en deze versie verandert niet meer.")
    return handle_button(
        request, lambda: versions_actions.submit_version(by=request.user, round=round), done=said, to=to
    )


@require_POST
@login_required
def share_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Share the picture with the ring."""
    round = enter(request, slug)
    return handle_button(
        request,
        lambda: versions_actions.share_picture(by=request.user, round=round),
        done=_("De betrokkenen kunnen het gedeelde beeld nu lezen."),
        to=lambda: picture_queries.picture_url(round),
    )


@require_POST
@login_required
def agree_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Close a version as agreed."""
    _round, picture = enter_version(request, slug, number)
    return handle_button(
        request,
        lambda: versions_actions.agree_version(by=request.user, picture=picture),
        done=_("Het gedeelde beeld is vastgesteld, en afwijkende meningen blijven erbij staan."),
        to=lambda: versions_queries.version_url(picture),
    )


@form_page
@login_required
def voice(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say for one's own organisation whether it agrees with a version."""
    round, picture = enter_version(request, slug, number)
    rules.require_in(request.user, Permission.GIVE_OPINION, round)
    given = PictureVoice.objects.filter(picture=picture, organisation=request.user.organisation).first()
    first = {name: getattr(given, name) for name in picture_forms.VoiceForm.base_fields} if given else {}
    return handle_form(
        request,
        picture_forms.VoiceForm(posted(request), initial=first),
        lambda given: versions_actions.give_version_opinion(by=request.user, picture=picture, **given),
        "rounds/voice.html",
        {"round": round, "picture": picture, "crumbs": crumbs_of(round), "text": given},
        to=lambda voice: f"{versions_queries.version_url(picture)}#mening",
        done=_("De mening van uw organisatie is toegevoegd."),
    )


@form_page
@login_required
def comment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write down what a resident says of a version."""
    round, picture = enter_version(request, slug, number)
    if not rules.may_comment(request.user, picture):
        raise Refusal(Permission.TELL_STORY, round.ring)
    return handle_form(
        request,
        picture_forms.CommentForm(posted(request)),
        lambda given: versions_actions.comment(by=request.user, picture=picture, **given),
        "rounds/comment.html",
        {"round": round, "picture": picture, "crumbs": crumbs_of(round)},
        to=lambda made: f"{versions_queries.version_url(picture)}#reacties",
        done=_("De reactie is toegevoegd en de kerngroep geeft antwoord."),
        undo=lambda made: reverse("rounds:withdraw_comment", args=[slug, made.pk]),
    )


def _comment(request: HttpRequest, round: Round, pk: int) -> Comment:
    """Return a comment, also a withdrawn one, on a version that the visitor may read, or answer 404."""
    versions = versions_queries.picture_versions(round, request.user)
    comment: Comment = get_object_or_404(
        Comment.objects.with_withdrawn().select_related("picture__round"), pk=pk, picture__in=versions
    )
    return comment


def _comment_url(comment: Comment) -> str:
    return f"{versions_queries.version_url(comment.picture)}#reacties"


@form_page
@login_required
def answer_comment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer a comment in the name of the core group."""
    round = enter(request, slug)
    said = _comment(request, round, pk)
    rules.require_in(request.user, Permission.EDIT_ROUND, round)
    first = {"version": said.version, "answer": said.answer}
    return handle_form(
        request,
        picture_forms.AnswerCommentForm(posted(request), initial=first),
        lambda given: versions_actions.answer_comment(by=request.user, comment=said, **given),
        "rounds/answer_comment.html",
        {"round": round, "comment": said, "crumbs": crumbs_of(round)},
        to=lambda answered: _comment_url(answered),
        done=_("Het antwoord is toegevoegd."),
    )


withdraw_comment = button_view(
    versions_actions.withdraw_comment,
    "comment",
    find=_comment,
    to=_comment_url,
    done=gettext_lazy("De reactie is verwijderd."),
    undo="rounds:restore_comment",
)
restore_comment = button_view(
    versions_actions.restore_comment,
    "comment",
    find=_comment,
    to=_comment_url,
    done=gettext_lazy("De reactie staat weer bij het gedeelde beeld."),
)
