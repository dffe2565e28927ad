"""Pages of the shared picture."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.places.panels import PanelMaker, gather
from buurtbalans.method.stories.views import form_page, page, posted

from .. import actions, forms, queries, rules
from ..models import Claim, PictureLine
from .round import enter, rewording, sheet


@page
@login_required
def picture(request: HttpRequest, slug: str, panels: Sequence[PanelMaker] = ()) -> HttpResponse:
    """Show the shared picture as one sheet: strengths first, what is unknown, and who sees it otherwise."""
    round = enter(request, slug)
    kinds = queries.picture_of(round, request.user)
    filled = any(lines for _kind, lines in kinds)
    context = {
        "round": round, "kinds": kinds, "filled": filled, "may": rules.allowed(request.user, round),
        "dissent": queries.dissent_of(round, request.user) if filled else [],
        "gaps": queries.gaps_of(round, request.user),
        "reads": rules.may_in(request.user, Permission.READ, round), "organisations": queries.organisations_of(round),
        "shared": round.picture.filter(circle=round.ring).exists(), "panels": gather(request, round, panels),
    }  # fmt: skip
    return render(request, "rounds/picture.html", context)


@form_page
@login_required
def new_line(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a line to the picture, resting on claims."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.EDIT_ROUND, round)
    claims = Claim.objects.visible_to(request.user).filter(round=round)
    return sheet(
        request, round, forms.LineForm(posted(request), claims=claims),
        lambda given: actions.draw_line(by=request.user, round=round, **given | {"claims": list(given["claims"])}),
        title=_("Voeg een regel toe aan het beeld"), button=_("Voeg toe"), done=_("De regel staat in het beeld."),
        at=4, to=queries.picture_url,
    )  # fmt: skip


@require_POST
@login_required
def share_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Share the picture with the ring."""
    round = enter(request, slug)
    try:
        actions.share_picture(by=request.user, round=round)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("De kring kan het beeld nu lezen."))
    return redirect("rounds:picture", slug)


edit_picture = rewording(
    forms.PictureForm, actions.edit_round, "round", find=lambda request, round, pk: round,
    rule=lambda person, round: rules.require_in(person, Permission.EDIT_ROUND, round),
    to=queries.picture_url, title=gettext_lazy("Het beeld in één zin"), at=4,
    done=gettext_lazy("Het beeld is bijgewerkt."),
)  # fmt: skip


edit_line = rewording(
    forms.EditLineForm, actions.edit_line, "line",
    find=lambda request, round, pk: get_object_or_404(PictureLine.objects.visible_to(request.user), pk=pk, round=round),
    rule=lambda person, line: rules.require_in(person, Permission.EDIT_ROUND, line.round),
    to=queries.picture_url, title=gettext_lazy("Pas de regel aan"), done=gettext_lazy("De regel is aangepast."), at=4,
)  # fmt: skip
