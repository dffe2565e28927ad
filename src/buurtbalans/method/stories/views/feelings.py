"""Pages of feelings on the map: all of them for the team, putting one there, changing, sharing, and taking it away."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.pages import form_page, handle_form, posted, read_only
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may
from buurtbalans.method.places.forms import Place
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.stories import rules
from buurtbalans.method.stories.actions import feelings as feelings_actions
from buurtbalans.method.stories.actions import stories
from buurtbalans.method.stories.forms.feelings import EditFeelingForm, FeelingsChosen, NewFeelingForm, Voice
from buurtbalans.method.stories.forms.stories import ShareForm
from buurtbalans.method.stories.models import DayPart, Feeling
from buurtbalans.method.stories.queries import feelings as feelings_queries
from buurtbalans.method.stories.queries.feelings import Bounds, FeelingSquare
from buurtbalans.method.stories.views.buttons import contribution_button
from buurtbalans.method.stories.views.context import ContributionContext, GetContributionContext


@dataclass(frozen=True)
class Dot:
    """One or more equal feelings in one square of the map, and where the list tells of them."""

    kind: str
    place: Place
    number: int
    href: str
    words: str


@dataclass(frozen=True)
class Ground:
    """What the site knows of the ground of a neighbourhood: a map of dots and fields, names of places, its bounds.

    `where` names a place, `within` says what lies between borders.
    """

    draw: Callable[[Iterable[Dot], Iterable[FeelingSquare], str], SafeString]
    where: Callable[[Place], str]
    within: Callable[[Bounds], str]
    bounds: Bounds | None = None


FindGround = Callable[[HttpRequest, Neighbourhood], Ground]


def on_feelings(here: ContributionContext) -> ContributionContext:
    """Return the setting with the way to the feelings instead of the stories."""
    last = (str(_("Gevoelens")), reverse("feelings:list", args=[here.slug]))
    return replace(here, crumbs=[*here.crumbs[:-1], last])


def chosen_part(request: HttpRequest) -> DayPart:
    """Return the part of the day that the address asks for; one at a time."""
    asked = request.GET.get("deel", "")
    return DayPart(asked) if asked in DayPart.values else DayPart.DAY


@read_only
@login_required
def feelings(request: HttpRequest, slug: str, setting: GetContributionContext, ground: FindGround) -> HttpResponse:
    """Show the single feelings that one may see, and what the ring or everybody is shown of them."""
    here = on_feelings(setting(request, slug))
    land, part = ground(request, here.neighbourhood), chosen_part(request)
    feeling_rows = feelings_queries.feelings_of(here.neighbourhood, request.user).filter(day_part=part)
    form = FeelingsChosen(request.GET)
    form.is_valid()
    fields = {"gevoel": "mood", "wie": "who"}
    asked = {fields[name]: value for name, value in form.cleaned_data.items() if value}
    rows = rows_of(request.user, here, land, feeling_rows.filter(**asked))
    view = feelings_queries.shown_to(request.user, here.core)
    squares = feelings_queries.fields_in(view.cells)[part] if view else []
    team = may(request.user, Permission.READ, here.core)
    context = {
        "here": here,
        "part": part,
        "parts": list(DayPart),
        "form": form,
        "rows": rows,
        "number": feeling_rows.count(),
        "team": team,
        "shows": rules.may_publish_feelings(request.user, here.core),
        "may_tell": bool(team_of(here.circles)),
        "map": land.draw(dots(rows), [], "gevoelens") if rows else "",
        "view": view,
        "squares": [(square, land.within(square.borders)) for square in squares],
        "outward": land.draw([], squares, "vlakken") if squares else "",
    }
    return render(request, "stories/feelings.html", context)


def rows_of(
    viewer: Person | AnonymousUser, here: ContributionContext, land: Ground, feelings: Iterable[Feeling]
) -> list[dict[str, Any]]:
    """Return the lines of the list, with what the viewer may do with each; asked once, not of every feeling."""
    guides, shares = rules.may_publish_feelings(viewer, here.core), here.core in here.circles
    return [
        {
            "feeling": feeling,
            "where": land.where(feeling.point or (0, 0)),
            "change": own,
            "withdraw": own or (guides and feeling.circle_id == here.core.pk),
            "wider": own and shares and feeling.asked_id is None and not rules.leaves_organisation(feeling.circle),
        }
        for feeling in feelings
        for own in [rules.may_change(viewer, feeling)]
    ]


def dots(rows: Iterable[dict[str, Any]]) -> list[Dot]:
    """Return the feelings as dots, equal ones in one square as one with their number."""
    by_place: dict[tuple[str, Place], Dot] = {}
    for row in rows:
        feeling = row["feeling"]
        key = (feeling.mood, feeling.point)
        first = by_place.get(key)
        words = f"{feeling.get_mood_display()}, {row['where']}"
        by_place[key] = (
            replace(first, number=first.number + 1)
            if first
            else Dot(feeling.mood, feeling.point, 1, f"#gevoel-{feeling.pk}", words)
        )
    return list(by_place.values())


def team_of(circles: Iterable[Circle]) -> list[Circle]:
    """Return the circles that may see a single feeling."""
    return [circle for circle in circles if circle.audience.width <= Audience.CORE.width]


def team_circles(request: HttpRequest, feeling: Feeling, here: ContributionContext) -> list[Circle]:
    """Return the circles with which a feeling can still be shared."""
    offered = Circle.objects.filter(pk__in=[circle.pk for circle in team_of(here.circles)])
    return rules.wider_circles(request.user, feeling, offered)


def earlier(voice: UUID | None, writer: Person | AnonymousUser) -> list[tuple[str, Place]]:
    """Return what the same person put on the map before; feelings of others would only tell what to feel."""
    feelings = Feeling.objects.visible_to(writer).active().filter(voice=voice) if voice else ()
    return [(feeling.mood, feeling.point) for feeling in feelings if feeling.point]


def _first(request: HttpRequest, again: bool) -> dict[str, Any]:
    """Return what the form begins with: who the same person is, else the part of the day and circle of the address."""
    if again:
        kept = ("voice", "who", "age", "day_part", "circle")
        return {name: request.POST[name] for name in kept if name in request.POST}
    circle = request.GET.get("kring", "")
    return {"day_part": chosen_part(request)} | ({"circle": circle} if circle.isdecimal() else {})


@form_page
@login_required
def new_feeling(request: HttpRequest, slug: str, setting: GetContributionContext) -> HttpResponse:
    """Put a feeling on the map: first where, when and what, then why and who may see it."""
    here = on_feelings(setting(request, slug))
    alone = not rules.colleagues(request.user).exists()
    again = request.method == "POST" and "again" in request.POST
    first = _first(request, again)
    of = Voice(request.user, here.neighbourhood)
    form = NewFeelingForm(
        None if again else posted(request),
        initial=first,
        circles=here.circles,
        alone=alone,
        of=of,
        drawing=here.draw(earlier(of.known(first.get("voice", "")), request.user)),
    )
    return handle_form(
        request,
        form,
        lambda given: feelings_actions.create_feeling(by=request.user, neighbourhood=here.neighbourhood, **given),
        "stories/feel.html",
        {"here": here, "alone": alone, "same": again},
        to=lambda feeling: reverse("feelings:put", args=[slug, feeling.pk]),
        done=lambda feeling: (
            _("Een collega controleert dit eerst op herkenbare personen.")
            if feeling.asked_id
            else _("Het is toegevoegd en staat nu op de kaart.")
        ),
        undo=lambda feeling: reverse("feelings:withdraw", args=[slug, feeling.pk]),
    )


def find_feeling(request: HttpRequest, here: ContributionContext, pk: int) -> Feeling:
    """Return a feeling of this neighbourhood that the person may see, or answer 404."""
    return get_object_or_404(Feeling.objects.visible_to(request.user), pk=pk, neighbourhood=here.neighbourhood)


@read_only
@login_required
def put(request: HttpRequest, slug: str, pk: int, setting: GetContributionContext, ground: FindGround) -> HttpResponse:
    """Say that a feeling stands on the map, and ask whether the same person has another one."""
    here = on_feelings(setting(request, slug))
    feeling = find_feeling(request, here, pk)
    rules.require_may_change(request.user, feeling)
    voice = Voice(request.user, here.neighbourhood).signed(feeling.voice)
    where = ground(request, here.neighbourhood).where(feeling.point or (0, 0))
    number = Feeling.objects.visible_to(request.user).active().filter(voice=feeling.voice).count()
    context = {"here": here, "feeling": feeling, "voice": voice, "where": where, "number": number}
    return render(request, "stories/felt.html", context)


@form_page
@login_required
def edit_feeling(request: HttpRequest, slug: str, pk: int, setting: GetContributionContext) -> HttpResponse:
    """Change a feeling that one put on the map."""
    here = on_feelings(setting(request, slug))
    feeling = find_feeling(request, here, pk)
    rules.require_may_change(request.user, feeling)
    alone = not rules.colleagues(request.user).exists()
    first = {name: getattr(feeling, name) for name in ("day_part", "mood", "reason", "who", "age", "version")}
    form = EditFeelingForm(
        posted(request),
        initial={**first, "pin": feeling.point},
        feeling=feeling,
        alone=alone,
        drawing=here.draw(()),
    )
    return handle_form(
        request,
        form,
        lambda given: feelings_actions.update_feeling(by=request.user, feeling=feeling, **given),
        "stories/feel.html",
        {"here": here, "feeling": feeling, "alone": alone},
        to=lambda feeling: reverse("feelings:list", args=[slug]),
        done=lambda feeling: (
            _("Een collega controleert dit eerst op herkenbare personen.")
            if feeling.asked_id
            else _("De wijziging van het gevoel is opgeslagen.")
        ),
    )


@form_page
@login_required
def share_feeling(request: HttpRequest, slug: str, pk: int, setting: GetContributionContext) -> HttpResponse:
    """Share a feeling with the core group."""
    here = on_feelings(setting(request, slug))
    feeling = find_feeling(request, here, pk)
    rules.require_may_change(request.user, feeling)
    home = bool(feeling.reason) and not rules.leaves_organisation(feeling.circle)
    alone = home and not rules.colleagues(request.user).exists()
    return handle_form(
        request,
        ShareForm(posted(request), circles=team_circles(request, feeling, here), alone=alone),
        lambda given: stories.share_contribution(by=request.user, story=feeling, **given),
        "stories/share_feeling.html",
        {"here": here, "feeling": feeling, "waits": home and not alone},
        to=lambda feeling: reverse("feelings:list", args=[slug]),
        done=lambda feeling: (
            _("Een collega controleert dit eerst op herkenbare personen.")
            if feeling.asked_id
            else _("Het gevoel is gedeeld met de gekozen lezers.")
        ),
    )


withdraw_feeling = contribution_button(
    feelings_actions.withdraw_feeling,
    "feeling",
    find=find_feeling,
    page="feelings:list",
    done=gettext_lazy("Het gevoel is van de kaart verwijderd."),
    undo="feelings:restore",
)
restore_feeling = contribution_button(
    feelings_actions.restore_feeling,
    "feeling",
    find=find_feeling,
    page="feelings:list",
    done=gettext_lazy("Het gevoel staat weer op de kaart."),
)
