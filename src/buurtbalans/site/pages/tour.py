"""The guided tour: six stops through one neighbourhood, each on the real page, each with the way back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from buurtbalans.method.datasets.queries import releases
from buurtbalans.method.evaluation.models import EvaluationLine
from buurtbalans.method.plans.models import Effort
from buurtbalans.method.rounds.models import Claim, Round, Verdict

ASKED = "rondleiding"
FIGURES = ("safe_in_evening", "feels_at_home", "share_65_plus")


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: what it shows, what to look for, and the page with the place on it."""

    title: str | Promise
    look: str | Promise
    page: str
    query: str = ""
    place: str = ""
    number: int = 0

    @property
    def href(self) -> str:
        """Return the page of the stop, which then shows the card of the tour."""
        query = "&".join(part for part in (self.query, f"{ASKED}={self.number}") if part)
        return f"{self.page}?{query}{self.place}"


def stops(request: HttpRequest) -> list[Stop]:
    """Return the stops that this person may see, in order; there is always the map."""
    rows = list(_stops(request))
    return [
        Stop(stop.title, stop.look, stop.page, stop.query, stop.place, number)
        for number, stop in enumerate(rows, start=1)
    ]


def _stops(request: HttpRequest) -> Iterator[Stop]:
    claim = _told(Claim.objects.visible_to(request.user).exclude(verdict=""))
    rounds = Round.objects.visible_to(request.user).select_related("neighbourhood")
    about = claim.round if claim else rounds.filter(steps__number=3, steps__state="nu").first() or rounds.first()
    code = about.neighbourhood.codes[0] if about and about.neighbourhood.codes else ""
    yield Stop(
        _("De kaart in één zin"),
        _(
            "De zin boven de kaart vat samen wat u ziet. Klik op een onderstreept woord als u een ander cijfer of gebied wilt kiezen."
        ),
        reverse("map"),
        "&".join(part for part in (_figure(), f"gekozen={code}" if code else "") if part),
    )
    if about:
        yield Stop(
            _("Eén buurt van dichtbij"),
            _("De zin bovenaan begint met de sterke punten van de buurt. Van elk cijfer vindt u de bron met één klik."),
            reverse("area", args=[about.neighbourhood.division, code]),
        )
        yield from _in_round(request, about, claim)
    else:
        yield Stop(
            _("Zo werkt Buurtbalans"),
            _(
                "Een ronde heeft zes stappen, van voorbereiden tot evalueren. U ziet alleen de rondes waaraan u meedoet."
            ),
            reverse("learn"),
            place="#stappen",
        )


def _in_round(request: HttpRequest, about: Round, claim: Claim | None) -> Iterator[Stop]:
    if claim is None:
        yield Stop(
            _("De ronde van deze buurt"),
            _(
                "De ronde gaat over één vraag en heeft zes stappen. U bent betrokkene, dus u leest mee en vertelt wat u ziet."
            ),
            reverse("rounds:round", args=[about.slug]),
        )
        return
    page = reverse("rounds:claim", args=[about.slug, claim.pk])
    yield Stop(
        _("Een cijfer en een verhaal spreken elkaar tegen"),
        _("Links staan de cijfers en rechts de verhalen van mensen. Beide tellen even zwaar."),
        page,
        place="#bewijs",
    )
    yield Stop(
        _("Van stelling naar conclusie"),
        _("De organisaties kiezen samen een conclusie en leggen uit waarom. Een afwijkende mening blijft zichtbaar."),
        page,
        place="#oordeel",
    )
    if Effort.objects.visible_to(request.user).filter(result__round=about).exists():
        yield Stop(
            _("Wie doet wat"),
            _("Onder ‘Onderbouwing’ vindt u de stelling, het cijfer en het verhaal die tot deze actie hebben geleid."),
            reverse("plans:plan", args=[about.slug]),
        )
    line = EvaluationLine.objects.visible_to(request.user).select_related("result__round").first()
    if line:
        yield Stop(
            _("Resultaten van het plan"),
            _(
                "Deze andere buurt heeft al resultaten. De holle balk is de nulmeting, de gestippelde het doel en de volle de stand van nu."
            ),
            reverse("evaluation:lines", args=[line.result.round.slug]),
        )


def _told(claims: Any) -> Claim | None:
    """Return the claim that tells most: a nuanced one with figures and stories, else the first with a verdict."""
    listed = list(claims.select_related("round__neighbourhood").order_by("-verdict", "pk"))
    nuanced = [claim for claim in listed if claim.verdict == Verdict.NUANCED]
    return next(iter(nuanced or listed), None)


def _figure() -> str:
    release = releases.current_release()
    present = set(release.manifest.indicators) if release else set()
    name = next((each for each in FIGURES if each in present), "")
    return f"indicator={name}" if name else ""


@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """Show the stops as a list, to begin or to pick one."""
    return render(request, "site/tour.html", {"stops": stops(request)})


def card(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the card of the stop that the address asks for, with the stops before and after it."""
    asked = request.GET.get(ASKED, "")
    if not (asked.isascii() and asked.isdigit()):
        return {}
    all_stops = stops(request)
    at = int(asked) - 1
    if not 0 <= at < len(all_stops):
        return {}
    return {
        "tour": {
            "stop": all_stops[at],
            "of": len(all_stops),
            "before": all_stops[at - 1] if at else None,
            "after": all_stops[at + 1] if at + 1 < len(all_stops) else None,
        }
    }
