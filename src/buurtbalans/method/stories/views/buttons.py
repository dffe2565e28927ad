"""The buttons of stories, feelings, ratings and the codebook: one tap writes, and the message offers to undo it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import handle_button
from buurtbalans.method.stories.views.context import ContributionContext, GetContributionContext


def contribution_button(
    write: Callable[..., Any],
    name: str,
    *,
    find: Callable[[HttpRequest, ContributionContext, int], Any],
    page: str,
    done: Any,
    undo: str = "",
) -> Callable[..., HttpResponse]:
    """Return the page of a button that does one thing and goes on to `page`; `undo` names the page that undoes it."""

    @require_POST
    @login_required
    def press_button(request: HttpRequest, slug: str, pk: int, setting: GetContributionContext) -> HttpResponse:
        text = find(request, setting(request, slug), pk)
        return handle_button(
            request,
            lambda: write(by=request.user, **{name: text}),
            to=reverse(page, args=[slug]),
            done=done,
            undo=reverse(undo, args=[slug, pk]) if undo else "",
        )

    return press_button
