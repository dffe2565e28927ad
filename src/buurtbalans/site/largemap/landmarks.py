"""Pages of what is there and what comes: the list, one facility or works, and a file with many."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from shapely.geometry import shape as geometry

from buurtbalans.method.base.pages import form_page, handle_form, posted, read_only
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.people.models import Person
from buurtbalans.method.places import actions
from buurtbalans.method.places.models import Landmark
from buurtbalans.method.places.rules import may_mark, require_may_mark
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.evidence import borders_of
from buurtbalans.method.rounds.views.round import enter, trail
from buurtbalans.site.largemap.forms import ImportForm, LandmarkForm
from buurtbalans.site.map.numbered_map import NumberedSpot, draw_spots
from buurtbalans.site.map.topography import layers_of
from buurtbalans.site.pages.plan_maps import draw_choice


def person_of(request: HttpRequest) -> Person:
    """Return who asks; every page here is for who signed in."""
    assert isinstance(request.user, Person)
    return request.user


def _crumbs(round: Round) -> list[tuple[Any, str]]:
    return trail(
        round,
        (_("Grote kaart"), reverse("large_map:page", args=[round.slug])),
        (_("Voorzieningen en werkzaamheden"), reverse("large_map:landmarks", args=[round.slug])),
    )


def _find(request: HttpRequest, round: Round, pk: int) -> Landmark:
    landmark: Landmark = get_object_or_404(
        Landmark.objects.visible_to(request.user).filter(neighbourhood=round.neighbourhood), pk=pk
    )
    return landmark


@read_only
@login_required
def landmarks(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is there and what comes, with what the reader may do."""
    round = enter(request, slug)
    rows = Landmark.objects.visible_to(request.user).active().filter(neighbourhood=round.neighbourhood)
    may = may_mark(request.user, round.neighbourhood)
    context = {
        "round": round,
        "crumbs": _crumbs(round)[:-1],
        "landmarks": rows.select_related("organisation"),
        "may": may,
    }
    return render(request, "site/largemap/landmarks.html", context)


@form_page
@login_required
def new_landmark(request: HttpRequest, slug: str) -> HttpResponse:
    """Put one facility or works on the map."""
    round = enter(request, slug)
    require_may_mark(request.user, round.neighbourhood)
    initial = {"kind": "werk"} if request.GET.get("soort") == "werk" else {}
    form = LandmarkForm(posted(request), drawing=draw_choice(round, None), initial=initial)
    form.fields.pop("version")
    return handle_form(
        request,
        form,
        lambda given: actions.add_landmark(by=person_of(request), neighbourhood=round.neighbourhood, **form.about_it()),
        "rounds/fill_in.html",
        {
            "title": _("Zet een voorziening of werk op de kaart"),
            "button": _("Op de kaart tonen"),
            "crumbs": _crumbs(round),
        },
        to=lambda made: reverse("large_map:landmarks", args=[slug]),
        done=_("Het is toegevoegd en staat nu op de kaart."),
        undo=lambda made: reverse("large_map:withdraw_landmark", args=[slug, made.pk]),
    )


@form_page
@login_required
def edit_landmark(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change what is said of a facility or works; a line or surface stays as it was drawn."""
    round = enter(request, slug)
    landmark = get_object_or_404(
        Landmark.objects.visible_to(request.user).active().filter(neighbourhood=round.neighbourhood), pk=pk
    )
    require_may_mark(request.user, round.neighbourhood)
    drawn = landmark.shape["type"] != "Point"
    point = None if drawn else tuple(landmark.shape["coordinates"])
    first = {name: getattr(landmark, name) for name in LandmarkForm.base_fields if name != "place"} | {"place": point}
    form = LandmarkForm(posted(request), drawing=draw_choice(round, point), drawn=drawn, initial=first)
    return handle_form(
        request,
        form,
        lambda given: actions.edit_landmark(by=person_of(request), landmark=landmark, **form.about_it(landmark.shape)),
        "rounds/fill_in.html",
        {"title": landmark.name, "button": _("Opslaan"), "crumbs": _crumbs(round), "text": landmark},
        to=lambda made: reverse("large_map:landmarks", args=[slug]),
        done=_("De wijziging is opgeslagen en staat nu op de pagina."),
    )


@require_POST
@login_required
def withdraw_landmark(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take it from the map; the message offers to bring it back."""
    landmark = _find(request, enter(request, slug), pk)
    actions.withdraw_landmark(by=person_of(request), landmark=landmark)
    messages.success(
        request,
        _("Dit punt is van de kaart verwijderd, maar u kunt het herstellen."),
        extra_tags=reverse("large_map:restore_landmark", args=[slug, pk]),
    )
    return redirect("large_map:landmarks", slug)


@require_POST
@login_required
def restore_landmark(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put it back on the map."""
    landmark = _find(request, enter(request, slug), pk)
    actions.restore_landmark(by=person_of(request), landmark=landmark)
    messages.success(request, _("Dit punt is hersteld en staat weer op de kaart."))
    return redirect("large_map:landmarks", slug)


@form_page
@login_required
def import_landmarks(request: HttpRequest, slug: str) -> HttpResponse:
    """Read a file, show what is in it, and put it on the map when somebody says so; nothing is kept in between."""
    round = enter(request, slug)
    require_may_mark(request.user, round.neighbourhood)
    form = ImportForm(posted(request), request.FILES or None)
    context: dict[str, Any] = {"round": round, "crumbs": _crumbs(round), "form": form}
    if not form.is_bound:
        return render(request, "site/largemap/import.html", context)
    if form.is_valid() and _is_free_of_identifiers(form):
        if "zet" in request.POST:
            return _import_rows(request, round, form)
        spots = [
            NumberedSpot(at, row.name, f"#rij-{at}", _middle(row.shape)) for at, row in enumerate(form.rows, start=1)
        ]
        context |= {
            "rows": list(enumerate(form.rows, start=1)),
            "text": form.cleaned_data["text"],
            "source": form.cleaned_data["source"],
            "drawing": _preview_map(round, spots),
        }
        return render(request, "site/largemap/import_preview.html", context)
    context["findings"] = getattr(form, "findings", ())
    return render(request, "site/largemap/import.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _is_free_of_identifiers(form: ImportForm) -> bool:
    """Return whether no row holds what leads to one person; the first that does is named."""
    for row in form.rows:
        try:
            require_no_traces(f"{row.name} {row.about}")
        except ValidationError as refusal:
            form.add_error(None, _("Rij %(row)d: %(what)s") % {"row": row.row, "what": refusal.messages[0]})
    return not form.errors


def _import_rows(request: HttpRequest, round: Round, form: ImportForm) -> HttpResponse:
    rows = [{**asdict(row), "source": form.cleaned_data["source"]} for row in form.rows]
    for row in rows:
        del row["row"]
    made = actions.import_landmarks(by=person_of(request), neighbourhood=round.neighbourhood, rows=rows)
    said = ngettext(
        "Uit het bestand is %(n)d plek aan de kaart toegevoegd.",
        "Uit het bestand zijn %(n)d plekken aan de kaart toegevoegd.",
        len(made),
    ) % {"n": len(made)}
    undo = reverse("large_map:withdraw_landmarks", args=[round.slug, made[0].pk, made[-1].pk])
    messages.success(request, said, extra_tags=undo)
    return redirect("large_map:landmarks", round.slug)


def _middle(shape: Any) -> tuple[float, float]:
    point = geometry(shape).representative_point()
    return point.x, point.y


def _preview_map(round: Round, spots: list[NumberedSpot]) -> SafeString:
    place, borders = round.neighbourhood, borders_of(round)
    try:
        return (
            draw_spots(
                borders,
                place.municipality,
                place.codes,
                spots,
                layers=layers_of(place.municipality),
                title=_("Voorbeeld van de kaart met het bestand"),
                identity="bestand",
            )
            if borders
            else SafeString()
        )
    except LookupError:
        return SafeString()


@require_POST
@login_required
def withdraw_landmarks(request: HttpRequest, slug: str, first: int, last: int) -> HttpResponse:
    """Take away at once what one put on the map with one file."""
    round = enter(request, slug)
    gone = actions.withdraw_landmarks(by=person_of(request), neighbourhood=round.neighbourhood, first=first, last=last)
    said = ngettext(
        "Uit het bestand is %(n)d plek weer van de kaart verwijderd.",
        "Uit het bestand zijn %(n)d plekken weer van de kaart verwijderd.",
        len(gone),
    ) % {"n": len(gone)}
    messages.success(request, said)
    return redirect("large_map:landmarks", slug)
