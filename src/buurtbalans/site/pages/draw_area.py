"""Drawing a working area: several buurten that belong together for the people around the table."""

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.method.base.forms import GuardedForm
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import require_anywhere
from buurtbalans.method.places.actions import draw_neighbourhood
from buurtbalans.site.pages.city_release import CityRelease, requested_city_release

Groups = list[tuple[str, list[tuple[str, str]]]]


class DrawForm(GuardedForm):
    """A name and the buurten; the streets only where the area is smaller than its buurten."""

    name = forms.CharField(label=gettext_lazy("Welke naam krijgt het gebied?"), max_length=80)
    parts = forms.MultipleChoiceField(label=gettext_lazy("Welke buurten horen bij het gebied?"))
    streets = forms.CharField(
        label=gettext_lazy("Alleen deze straten"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "Cijfers gaan over hele buurten. Noem hier de straten als het gebied kleiner is dan een buurt."
        ),
    )

    def __init__(self, data: Mapping[str, object] | None, groups: Groups) -> None:
        super().__init__(data)
        self.fields["parts"].choices = [part for _wijk, parts in groups for part in parts]  # type: ignore[attr-defined]


def grouped(here: CityRelease) -> Groups:
    """Return the buurten of the municipality by the wijk that they lie in."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for area in sorted(here.areas(AreaLevel.BUURT), key=lambda each: each.name):
        above = next(iter(here.division.ancestors(area.code)), None)
        groups.setdefault(above.name if above else "", []).append((area.code, area.name))
    return sorted(groups.items())


def _checkbox_groups(groups: Groups, selected: set[str]) -> list[tuple[str, list[tuple[str, str, bool]], bool]]:
    """Return per wijk its buurten with whether each is selected, and whether the wijk stands open."""
    marked = [(wijk, [(code, name, code in selected) for code, name in parts]) for wijk, parts in groups]
    return [(wijk, parts, len(groups) <= 10 or any(is_on for *_part, is_on in parts)) for wijk, parts in marked]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draw_area(request: HttpRequest) -> HttpResponse:
    """Ask for a name and buurten, and make a working area of them."""
    require_anywhere(request.user, Permission.START_ROUND)
    here = requested_city_release(request)
    if here is None:
        return render(request, "site/no_figures.html")
    groups = grouped(here)
    form = DrawForm(request.POST if request.method == "POST" else None, groups)
    if form.is_valid():
        try:
            made = draw_neighbourhood(
                by=request.user,
                name=form.cleaned_data["name"],
                municipality=here.municipality.code,
                division=here.year,
                codes=form.cleaned_data["parts"],
                known=[area.code for area in here.division],
                streets=form.cleaned_data["streets"],
            )
        except ValidationError as refused:
            form.add_error("parts", refused)
        else:
            messages.success(
                request, _("Het gebied %(name)s is opgeslagen, dus u kunt er nu mee werken.") % {"name": made.name}
            )
            return redirect("neighbourhood", slug=made.slug)
    selected = set(request.POST.getlist("parts") or request.GET.getlist("deel"))
    context = {"form": form, "groups": _checkbox_groups(groups, selected), "here": here}
    return render(request, "site/draw_area.html", context, status=422 if form.errors else 200)
