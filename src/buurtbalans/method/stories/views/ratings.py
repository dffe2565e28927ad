"""Pages of ratings: how residents and professionals spread over twelve themes, and filling in a sheet."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.pages import form_page, handle_form, posted, read_only
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import Refusal, may
from buurtbalans.method.stories import rules
from buurtbalans.method.stories.actions import ratings as ratings_actions
from buurtbalans.method.stories.forms.ratings import RatingForm, begun
from buurtbalans.method.stories.models import RatingSheet
from buurtbalans.method.stories.queries import ratings as ratings_queries
from buurtbalans.method.stories.views.buttons import contribution_button
from buurtbalans.method.stories.views.context import ContributionContext, GetContributionContext


def on_ratings(request: HttpRequest, here: ContributionContext) -> ContributionContext:
    """Return the setting with the way to the ratings; a rating is read in the core group alone."""
    if not may(request.user, Permission.READ, here.core):
        raise Refusal(Permission.READ, here.core)
    last = (str(_("Waardering")), reverse("ratings:list", args=[here.slug]))
    return replace(here, crumbs=[*here.crumbs[:-1], last])


@read_only
@login_required
def ratings(request: HttpRequest, slug: str, setting: GetContributionContext) -> HttpResponse:
    """Show per theme how residents and professionals spread, at the beginning and the end; first where they differ."""
    here = on_ratings(request, setting(request, slug))
    themes = ratings_queries.themes_of(here.core, request.user)
    context = {
        "here": here,
        "themes": themes,
        "apart": ratings_queries.largest_contrasts(themes),
        "fewest": ratings_queries.FEWEST,
        "any": any(theme.groups for theme in themes),
        "scores": ratings_queries.SCORES,
        "mine": ratings_queries.sheets_of(here.core, request.user),
        "may_rate": rules.may_write_for(request.user, Permission.TELL_STORY, here.core),
    }
    return render(request, "stories/ratings.html", context)


@form_page
@login_required
def rate(request: HttpRequest, slug: str, setting: GetContributionContext) -> HttpResponse:
    """Fill in a sheet of one person."""
    here = on_ratings(request, setting(request, slug))
    form = RatingForm(posted(request), initial={"when": request.GET.get("wanneer", "voor")})
    del form.fields["version"]
    return handle_form(
        request,
        form,
        lambda given: ratings_actions.create_rating_sheet(
            by=request.user, neighbourhood=here.neighbourhood, core=here.core, **given
        ),
        "stories/rate.html",
        {"here": here},
        to=lambda sheet: reverse("ratings:list", args=[slug]),
        done=_("De vragenlijst is opgeslagen en telt nu mee."),
        undo=lambda sheet: reverse("ratings:withdraw", args=[slug, sheet.pk]),
    )


def find_sheet(request: HttpRequest, here: ContributionContext, pk: int) -> RatingSheet:
    """Return a sheet of this round that the person may read, withdrawn ones too, or answer 404."""
    sheet = RatingSheet.objects.with_withdrawn().visible_to(request.user)
    return get_object_or_404(sheet, pk=pk, circle=here.core)


@form_page
@login_required
def edit_sheet(request: HttpRequest, slug: str, pk: int, setting: GetContributionContext) -> HttpResponse:
    """Change a sheet that one wrote down."""
    here = on_ratings(request, setting(request, slug))
    sheet = find_sheet(request, here, pk)
    rules.require_may_change(request.user, sheet)
    return handle_form(
        request,
        RatingForm(posted(request), initial=begun(sheet)),
        lambda given: ratings_actions.update_rating_sheet(by=request.user, sheet=sheet, **given),
        "stories/rate.html",
        {"here": here, "sheet": sheet},
        to=lambda sheet: reverse("ratings:list", args=[slug]),
        done=_("De wijziging van de vragenlijst is opgeslagen."),
    )


def _sheet(request: HttpRequest, context: ContributionContext, pk: int) -> RatingSheet:
    return find_sheet(request, on_ratings(request, context), pk)


withdraw_sheet = contribution_button(
    ratings_actions.withdraw_sheet,
    "sheet",
    find=_sheet,
    page="ratings:list",
    done=gettext_lazy("De vragenlijst is ingetrokken en telt niet meer mee."),
    undo="ratings:restore",
)
restore_sheet = contribution_button(
    ratings_actions.restore_sheet,
    "sheet",
    find=_sheet,
    page="ratings:list",
    done=gettext_lazy("De vragenlijst is hersteld en telt weer mee."),
)
