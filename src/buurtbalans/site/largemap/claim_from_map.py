"""From the large map to a claim: what was seen on it lies beside the claim at once, or is proposed as its words."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import cache_control

from buurtbalans.method.base.pages import form_page, handle_form, posted
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.actions import claims as claims_actions
from buurtbalans.method.rounds.forms.claims import ClaimForm
from buurtbalans.method.rounds.models import Claim, Round, Says
from buurtbalans.method.rounds.queries import claims, evidence
from buurtbalans.method.rounds.rules import require_in
from buurtbalans.method.rounds.views.round import enter, step_crumb, trail
from buurtbalans.method.stories.models import Story
from buurtbalans.site.largemap.figures import DELIVERED
from buurtbalans.site.largemap.large_map import LargeMap, read_large_map
from buurtbalans.site.largemap.marks import Mark
from buurtbalans.site.largemap.query import MapLayer, MapQuery

LONGEST = 200  # letters of a claim


class ClaimFromMapForm(ClaimForm):
    """The claim that somebody makes of what they saw, and what that says of it."""

    says = forms.ChoiceField(
        label=_lazy("Is deze onderbouwing voor of tegen de stelling?"), choices=Says, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, what: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        if what:
            self.fields["says"].label = what
        else:
            del self.fields["says"]


@form_page
@cache_control(private=True, no_store=True)
@login_required
def make_claim(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Bring a claim into the round, with the story or the figure that was chosen on the map beside it."""
    round = enter(request, slug)
    require_in(request.user, Permission.CLAIM, round)
    whole = read_large_map(round, request.user, MapQuery.read(slug, request.GET).picking(key))
    if whole is None or not (whole.picked or whole.area) or not isinstance(request.user, Person):
        raise Http404("dit staat niet op de kaart")
    story, figure, person = _story(whole), _figure(whole), request.user
    what = _("Wat zegt dit verhaal over de stelling?") if story else ""
    what = _("Wat zegt dit cijfer over de stelling?") if figure else what

    def write(given: dict[str, Any]) -> Claim:
        says = given.pop("says", "")
        with transaction.atomic():
            claim = claims_actions.create_claim(by=person, round=round, **given)
            if story is not None:
                claims_actions.add_story(by=person, claim=claim, story=story, says=says)
            if figure is not None:
                claims_actions.add_figure(by=person, claim=claim, figure=figure, says=says)
        return claim

    back = whole.asked.to()
    form = ClaimFromMapForm(
        posted(request), what=what, initial={"text": proposed_text(whole, figure)[:LONGEST], "says": Says.YES}
    )
    crumbs = trail(round, (_("Grote kaart"), back), step_crumb(round, 3))
    context = {"round": round, "crumbs": crumbs, "mark": whole.picked, "figure": figure, "story": story, "back": back}
    return handle_form(
        request,
        form,
        write,
        "site/largemap/claim.html",
        context,
        to=claims.claim_url,
        done=_("De stelling is toegevoegd, met onderbouwing van de kaart."),
    )


def _story(whole: LargeMap) -> Story | None:
    """Return the story that was chosen, if the whole core group can read it: only then it can lie beside a claim."""
    mark = whole.picked
    if mark is None or mark.layer != MapLayer.STORIES or mark.home:
        return None
    return Story.objects.filter(pk=mark.pk).first()


def _figure(whole: LargeMap) -> dict[str, Any] | None:
    """Return the figure of the area that was chosen, as a round freezes it."""
    shown = whole.figures.shown
    if whole.picked is not None or not shown or whole.area not in whole.ground.here:
        return None
    try:
        return evidence.freeze(whole.round, _key(whole.round, shown.key, whole.area, shown.period))
    except ValidationError:
        return None


def _key(round: Round, figure: str, area: str, period: int) -> str:
    """Return what the round calls a figure; one of an organisation by the number of what the core group sees."""
    if not figure.startswith(f"{DELIVERED}-"):
        return f"{figure}|{area}|{period}"
    number, _colon, indicator = figure.removeprefix(f"{DELIVERED}-").partition(":")
    for each in evidence.offered(round):
        if (str(each.delivery.pk), each.key.indicator, each.key.area, each.key.period) == (
            number,
            indicator,
            area,
            period,
        ):
            return evidence.shared_figure_key(each)
    raise ValidationError("niet gedeeld")


def proposed_text(whole: LargeMap, figure: dict[str, Any] | None) -> str:
    """Return words for a claim about what was chosen, for people to change; of a story nothing: it speaks itself."""
    mark, shown = whole.picked, whole.figures.shown
    if mark is not None:
        return _of_mark(mark)
    each = shown.classes.get(whole.area) if shown else None
    if shown is None or each is None or figure is None:
        return ""
    name = whole.ground.areas[whole.area].name
    words = {"area": name, "figure": shown.name.lower(), "words": each.words}
    return _("In %(area)s is ‘%(figure)s’ %(words)s") % words if each.words else ""


def _of_mark(mark: Mark) -> str:
    if mark.layer == MapLayer.FEELINGS:
        when = _("’s Avonds") if mark.evening else _("Overdag")
        return _("%(when)s voelen mensen zich hier %(mood)s") % {"when": when, "mood": mark.title.lower()}
    if mark.layer == MapLayer.EFFORTS:
        return _("De buurt heeft baat bij wat %(who)s doet: %(what)s") % {
            "who": mark.title,
            "what": mark.words.rstrip("."),
        }
    if mark.layer == MapLayer.WORKS:
        return _("%(what)s heeft grote gevolgen voor de buurt") % {"what": mark.title}
    return _("%(what)s is belangrijk voor de buurt") % {"what": mark.title} if mark.layer == MapLayer.LANDMARKS else ""
