"""Pages of the working picture: the sheet itself, and its lines."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import form_page, posted, read_only
from buurtbalans.method.base.panels import PanelMaker, gather
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds import rules
from buurtbalans.method.rounds.actions import picture as picture_actions
from buurtbalans.method.rounds.actions import round as round_actions
from buurtbalans.method.rounds.forms import picture as picture_forms
from buurtbalans.method.rounds.models import Claim, PictureLine
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.rounds.queries import picture as picture_queries
from buurtbalans.method.rounds.queries import round as round_queries
from buurtbalans.method.rounds.queries import versions
from buurtbalans.method.rounds.views.round import button_view, edit_view, enter, sheet, text_finder


@read_only
@login_required
def picture(
    request: HttpRequest, slug: str, panels: Sequence[PanelMaker] = (), above: Sequence[PanelMaker] = ()
) -> HttpResponse:
    """Show the shared picture as one sheet, with panels on it and in the bar above it: strengths first."""
    round = enter(request, slug)
    kinds = picture_queries.picture_of(round, request.user)
    filled = any(lines for _kind, lines in kinds)
    version, changed = versions.latest_version(round, request.user)
    context = {
        "round": round,
        "kinds": kinds,
        "filled": filled,
        "may": rules.allowed(request.user, round),
        "dissent": picture_queries.dissent_of(round, request.user) if filled else [],
        "gaps": claims_queries.gaps_of(round, request.user),
        "reads": rules.may_in(request.user, Permission.READ, round),
        "organisations": round_queries.organisations_of(round),
        "latest": version,
        "changed": changed,
        "panels": gather(request, round, panels),
        "above": gather(request, round, above),
        "comments": versions.comments_of(version, request.user) if version else [],
    }
    return render(request, "rounds/picture.html", context)


@form_page
@login_required
def new_line(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a line to the picture, resting on claims."""
    round = enter(request, slug)
    rules.require_in(request.user, Permission.CLAIM, round)
    claims = Claim.objects.visible_to(request.user).filter(round=round)
    return sheet(
        request,
        round,
        picture_forms.LineForm(posted(request), claims=claims),
        lambda given: picture_actions.create_line(
            by=request.user, round=round, **given | {"claims": list(given["claims"])}
        ),
        title=_("Regel aan het gedeelde beeld toevoegen"),
        button=_("Toevoegen"),
        done=_("De regel is aan het gedeelde beeld toegevoegd."),
        at=4,
        to=picture_queries.picture_url,
    )


@form_page
@login_required
def edit_line(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change what a line says, what it is, and on which claims it rests."""
    round = enter(request, slug)
    line = get_object_or_404(PictureLine.objects.visible_to(request.user), pk=pk, round=round)
    rules.require_in(request.user, Permission.EDIT_ROUND, round)
    claims = Claim.objects.visible_to(request.user).filter(round=round)
    first = {"version": line.version, "kind": line.kind, "text": line.text, "claims": line.claims.all()}
    waiting = list(line.claims.exclude(pk__in=claims.values("pk")))  # the form does not show them, so they stay
    return sheet(
        request,
        round,
        picture_forms.EditLineForm(posted(request), claims=claims, initial=first),
        lambda given: picture_actions.edit_line(
            by=request.user, line=line, **given | {"claims": [*given["claims"], *waiting]}
        ),
        title=_("Regel aanpassen"),
        button=_("Opslaan"),
        done=_("De regel in het gedeelde beeld is aangepast."),
        at=4,
        to=picture_queries.picture_url,
        text=line,
    )


@require_POST
@login_required
def move_line(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Move a line one place up or down."""
    line = get_object_or_404(PictureLine.objects.visible_to(request.user), pk=pk, round=enter(request, slug))
    picture_actions.move_line(by=request.user, line=line, up=request.POST.get("naar") == "boven")
    return redirect(f"{picture_queries.picture_url(line)}#regel-{pk}")


withdraw_line = button_view(
    picture_actions.withdraw_line,
    "line",
    find=text_finder(PictureLine),
    to=picture_queries.picture_url,
    done=gettext_lazy("De regel is uit het gedeelde beeld verwijderd."),
    undo="rounds:restore_line",
)
restore_line = button_view(
    picture_actions.restore_line,
    "line",
    find=text_finder(PictureLine, withdrawn=True),
    to=picture_queries.picture_url,
    done=gettext_lazy("De regel staat weer in het gedeelde beeld."),
)
edit_picture = edit_view(
    picture_forms.PictureForm,
    round_actions.edit_round,
    "round",
    find=lambda request, round, pk: round,
    rule=lambda person, round: rules.require_in(person, Permission.EDIT_ROUND, round),
    to=picture_queries.picture_url,
    title=gettext_lazy("Zinnen aanpassen"),
    at=4,
    done=gettext_lazy("De zinnen van het gedeelde beeld zijn aangepast."),
)
