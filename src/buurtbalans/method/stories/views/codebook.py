"""Pages of the codebook: its words with how often they hang, and the words of one story."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import form_page, handle_button, handle_form, posted, read_only
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may, require
from buurtbalans.method.stories.actions import codebook
from buurtbalans.method.stories.forms.codebook import CodeForm, NewCodeForm
from buurtbalans.method.stories.models import Code, Tone
from buurtbalans.method.stories.queries import codebook as codebook_queries
from buurtbalans.method.stories.queries import stories as stories_queries
from buurtbalans.method.stories.views.buttons import contribution_button
from buurtbalans.method.stories.views.context import ContributionContext, GetContributionContext
from buurtbalans.method.stories.views.listed import shown
from buurtbalans.method.stories.views.stories import find


def code_here(request: HttpRequest, here: ContributionContext, pk: int) -> Code:
    """Return a word of the codebook of this core group, also one that was withdrawn, or answer 404."""
    code: Code = get_object_or_404(Code.objects.visible_to(request.user), pk=pk, circle=here.core)
    return code


def enter(
    request: HttpRequest, slug: str, setting: GetContributionContext, permission: Permission = Permission.CLAIM
) -> ContributionContext:
    """Return where one is, for who works with the codebook: the core group."""
    here = setting(request, slug)
    require(request.user, permission, here.core)
    return here


@read_only
@login_required
def codes(request: HttpRequest, slug: str, setting: GetContributionContext) -> HttpResponse:
    """Show the words of the codebook, and on how many stories that one may read each hangs."""
    here = enter(request, slug, setting, Permission.READ)
    stories = stories_queries.stories_of(here.neighbourhood, request.user)
    rows = codebook_queries.counted(here.core, request.user, stories)
    context = {
        "here": here,
        "rows": rows,
        "tones": list(Tone),
        "number": stories.count(),
        "bare": stories.exclude(tags__code__in=[row.code.pk for row in rows]).count(),
        "may": may(request.user, Permission.CLAIM, here.core),
    }
    return render(request, "stories/codes.html", context)


@form_page
@login_required
def new_code(request: HttpRequest, slug: str, setting: GetContributionContext) -> HttpResponse:
    """Add a word to the codebook."""
    here = enter(request, slug, setting)
    return handle_form(
        request,
        NewCodeForm(posted(request)),
        lambda given: codebook.create_code(by=request.user, circle=here.core, **given),
        "stories/code.html",
        {"here": here},
        to=lambda code: reverse("stories:codes", args=[slug]),
        done=_("Het trefwoord is aan het codeboek toegevoegd."),
        undo=lambda code: reverse("stories:withdraw_code", args=[slug, code.pk]),
    )


@form_page
@login_required
def edit_code(request: HttpRequest, slug: str, pk: int, setting: GetContributionContext) -> HttpResponse:
    """Call a word otherwise, or say better when it fits."""
    here = enter(request, slug, setting)
    code = code_here(request, here, pk)
    first = {name: getattr(code, name) for name in CodeForm.base_fields}
    return handle_form(
        request,
        CodeForm(posted(request), initial=first),
        lambda given: codebook.update_code(by=request.user, code=code, **given),
        "stories/code.html",
        {"here": here, "code": code},
        to=lambda code: reverse("stories:codes", args=[slug]),
        done=_("De wijziging van het trefwoord is opgeslagen."),
    )


def _code(request: HttpRequest, context: ContributionContext, pk: int) -> Code:
    require(request.user, Permission.CLAIM, context.core)
    return code_here(request, context, pk)


withdraw_code = contribution_button(
    codebook.withdraw_code,
    "code",
    find=_code,
    page="stories:codes",
    done=gettext_lazy("Het trefwoord is uit het codeboek verwijderd."),
    undo="stories:restore_code",
)
restore_code = contribution_button(
    codebook.restore_code,
    "code",
    find=_code,
    page="stories:codes",
    done=gettext_lazy("Het trefwoord staat weer in het codeboek."),
)


@read_only
@login_required
def tags(request: HttpRequest, slug: str, pk: int, setting: GetContributionContext) -> HttpResponse:
    """Show which words hang on a story and which could; each is one tap."""
    here = enter(request, slug, setting)
    story = find(request, here, pk)
    (row,) = shown(request.user, here, [story])
    words = [(code, code in row.codes) for code in codebook_queries.codes_of(here.core, request.user)]
    return render(request, "stories/tags.html", {"here": here, "row": row, "words": words})


def tagging(write: Callable[..., Any], done: Any, undo: str) -> Callable[..., HttpResponse]:
    """Return the answer to a button that hangs a word on a story or takes it off; the message offers to undo it."""

    @require_POST
    @login_required
    def answer(request: HttpRequest, slug: str, pk: int, code: int, setting: GetContributionContext) -> HttpResponse:
        here = enter(request, slug, setting)
        word = code_here(request, here, code)
        story = find(request, here, pk)
        return handle_button(
            request,
            lambda: write(by=request.user, story=story, code=word),
            to=reverse("stories:tags", args=[slug, pk]),
            done=done % {"word": word.name},
            undo=reverse(undo, args=[slug, pk, code]),
        )

    return answer


tag_story = tagging(
    codebook.tag_story, gettext_lazy("Het trefwoord ‘%(word)s’ is aan het verhaal toegevoegd."), "stories:untag_story"
)
untag_story = tagging(
    codebook.untag_story, gettext_lazy("Het trefwoord ‘%(word)s’ is van het verhaal verwijderd."), "stories:tag_story"
)
