"""The page that shows every building block with its call, on invented examples."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.places.forms import PinField
from buurtbalans.method.rounds.models import Answer, Says, Verdict
from buurtbalans.site.look.icons import ICONS
from buurtbalans.site.look.scales import Bar, ComparisonRow, Mark, Pill
from buurtbalans.site.map.pin_map import draw_ground
from buurtbalans.site.map.topography import registered_topographies

INK = (
    ("inkt", "#17202E", _("tekst")),
    ("inkt-2", "#465064", _("toelichting")),
    ("inkt-3", "#5F6B80", _("bron, datum")),
    ("lijn-2", "#7C8798", _("rand van veld")),
    ("lijn", "#DCE1E9", _("scheiding")),
    ("vlak", "#F4F6FA", _("rustig blok")),
    ("accent", "#2447A5", _("doen, nu")),
    ("accent-zacht", "#E9EEFB", _("gekozen")),
)
JUDGED = (
    (1, _("duidelijk lager"), "#8E500A"),
    (2, _("iets lager"), "#E3B35A"),
    (3, _("als de stad"), "#E7E4DA"),
    (4, _("iets hoger"), "#7ABFB9"),
    (5, _("duidelijk hoger"), "#0C5F68"),
)
NEUTRAL = (
    (1, _("heel weinig"), "#F7F2DC"),
    (2, _("weinig"), "#B2CCA6"),
    (3, _("gemiddeld"), "#61A8A2"),
    (4, _("veel"), "#1F6E84"),
    (5, _("heel veel"), "#0F2F4C"),
)
LETTERS = (
    ("zaaltitel", _("Grote kaart"), "46/54 · 650 · ", _("scherm in de zaal")),
    ("h1", _("Mijn buurten"), "38/44 · 650 · ", "h1"),
    ("h2", _("Uw rondes"), "25/32 · 650 · ", "h2"),
    ("h3", _("Krachten"), "19/26 · 650 · ", "h3"),
    ("intro", _("U doet mee in drie buurten."), "20/30 · 400 · ", "intro"),
    ("tekst", _("In de stad zijn dat er 68."), "17/26 · 400 · ", _("tekst")),
    ("klein stil", _("Bewonersonderzoek 2025"), "15/22 · 400 · ", _("bron")),
    ("stem", _("‘Ik loop dan om.’"), "18/27 · Source Serif 4 · ", _("verhaal")),
)
STEPS = (
    (_("Voorbereiden"), "done", ""),
    (_("Delen"), "done", ""),
    (_("Toetsen"), "now", _("2 van 5 getoetst")),
    (_("Duiden"), "later", ""),
    (_("Afspreken"), "later", ""),
    (_("Evalueren"), "later", ""),
)


BALANCE = (
    (
        _("Samenstelling"),
        -1.15,
        -0.35,
        _("Waarschijnlijk iets zwakker."),
        _("Veel mensen wonen hier kort."),
        [
            Bar(_("mensen blijven lang wonen"), -1.75, -1.05, "belasting"),
            Bar(_("inkomen van huishoudens"), -1.4, -0.7, "belasting"),
            Bar(_("jongeren met een diploma"), 0.3, 1.0, "kracht"),
            Bar(_("jonge gezinnen"), 0.7, 1.4),
        ],
        Absence.TOO_FEW,
        _("mensen met begeleiding thuis"),
    ),
    (
        _("Voorzieningen"),
        -0.1,
        0.75,
        _("Als de stad, misschien sterker."),
        _("School en winkels zijn dichtbij."),
        [
            Bar(_("plek bij de huisarts"), -1.55, -0.8, "belasting"),
            Bar(_("winkels dichtbij"), 0.45, 1.05, "kracht"),
            Bar(_("basisschool dichtbij"), 1.05, 1.75, "kracht"),
        ],
        Absence.NOT_MEASURED,
        _("gebruik van het buurthuis"),
    ),
    (
        _("Leefbaarheid"),
        -1.45,
        -0.65,
        _("Duidelijk of iets zwakker."),
        _("Mensen voelen zich ’s avonds minder veilig."),
        [
            Bar(_("veilig voelen in de avond"), -2.05, -1.2, "belasting"),
            Bar(_("thuis voelen in de buurt"), -1.6, -0.95, "belasting"),
            Bar(_("buren helpen elkaar"), 0.55, 1.4, "kracht"),
        ],
        Absence.NOT_COMPARABLE,
        _("schoon en heel"),
    ),
)
TABLE = (
    (_("Componisten"), "49–57", 1, _("duidelijk lager"), None, False),
    (_("Rietoever"), "60–66", 2, _("iets lager"), None, False),
    (_("Weverskwartier"), "55–63", 1, _("duidelijk lager"), None, True),
    (_("Molenveld"), "80–88", 5, _("duidelijk hoger"), None, False),
    (_("Het Eiland"), "", 0, "", Absence.TOO_FEW, False),
    (_("Noordkade"), "", 0, "", Absence.NOT_MEASURED, False),
)
KINDS = (
    ("kracht", _("Kracht")),
    ("kans", _("Kans")),
    ("zorg", _("Zorg")),
    ("gebeurtenis", _("Gebeurtenis")),
    ("vraag", _("Vraag")),
    ("werk", _("Geplande werkzaamheden")),
)
FEELINGS = (
    ("blij", _("blij")),
    ("trots", _("trots")),
    ("veilig", _("veilig")),
    ("thuis", _("thuis")),
    ("onrustig", _("onrustig")),
    ("bang", _("bang")),
    ("boos", _("boos")),
    ("anders", _("anders")),
)


@dataclass(frozen=True, slots=True)
class Example:
    """A point of an invented series."""

    period: int
    value: float | None
    division: int = 2021
    absence: Absence | None = None

    @property
    def low(self) -> float | None:
        return None if self.value is None else self.value - 4

    @property
    def high(self) -> float | None:
        return None if self.value is None else self.value + 4


def series(*values: float | None) -> list[Example]:
    """Eight years; the boundaries change in 2021, and a year without a value was not measured."""
    return [
        Example(year, value, 2018 if year < 2021 else 2021, None if value is not None else Absence.NOT_MEASURED)
        for year, value in enumerate(values, start=2018)
    ]


def examples() -> dict[str, Any]:
    """What the page shows besides colours and letters."""
    return {
        "steps": [
            {"number": number, "name": name, "state": state, "note": note}
            for number, (name, state, note) in enumerate(STEPS, start=1)
        ],
        "before": (-0.3, 0.4),
        "balance": BALANCE,
        "then_now": [
            Pill(45, 53, "hol", below=_("2025")),
            Pill(56, 64, "stippel", above=_("doel 2027"), below="56–64"),
        ],
        "reached": [Pill(40, 50, "hol", below="2023"), Pill(55, 64, "vol", below="2025")],
        "target": Mark(56, _("streefwaarde"), target=True),
        "rows": [
            ComparisonRow(_("Weverskwartier nu"), Pill(45, 53), now=True, words=_("45 tot 53 van de 100")),
            ComparisonRow(_("Weverskwartier in 2022"), Pill(54, 61, "hol"), words=_("54 tot 61 van de 100")),
            ComparisonRow(_("Waterdam"), Pill(67, 70, "stad"), words=_("67 tot 70 van de 100")),
            ComparisonRow(_("Buurten die erop lijken (6)"), Pill(48, 66, "stad"), words=_("48 tot 66 van de 100")),
            ComparisonRow(_("Vlasakker"), absence=Absence.NOT_SHARED, words=_("geen cijfer")),
        ],
        "trend_up": series(46, 47, 45, 51, 57, 61, 64, 69),
        "trend_gap": series(55, 53, 51, 45, 43, None, 38, 36),
        "trend_short": series(50, 49, 50, 47, 49, None, 47, 48),
        "trend_city": series(52, 52, 53, 53, 54, 54, 53, 55),
        "source": _("31 indicatoren uit 9 bronnen · 2023 tot 2025"),
        "certainty": _("redelijk zeker"),
        "city": _("stad"),
        "safe": _("45 tot 53 van de 100, in de stad 69"),
        "goal": _("in 2025 45 tot 53, het doel is 56 tot 64"),
        "reached_words": _("in 2023 40 tot 50, nu 55 tot 64, het doel is 56"),
        "per_100": _("van 100"),
        "up_words": _("Buren helpen elkaar: van 51 naar 69 van de 100 sinds de nieuwe grens."),
        "gap_words": _("Veilig voelen: van 45 naar 36 van de 100. In 2023 niet gemeten."),
        "short_words": _("Thuis voelen: rond 48 van de 100. In 2023 niet gemeten."),
        "voice": _("Na negen uur zit er niemand meer op het plein. De lampen doen het niet. Ik loop dan om."),
        "who": _("Bewoner, 60 tot 75 jaar · via het buurtteam"),
    }


def draw_example_quarter() -> SafeString:
    """Return the ground of the first quarter with known streets, to shift under a pin; empty where there is none."""
    for municipality, topography in registered_topographies():
        for name, streets in topography.streets.items():
            quarter = next(a for a in topography.division.of_level(AreaLevel.BUURT, municipality) if a.name == name)
            return draw_ground(
                topography.division,
                municipality,
                [quarter.code],
                layers=topography.layers,
                streets=streets,
                title=name,
                identity="proef-speld",
            )
    return SafeString()


class PlaceForm(forms.Form):
    """A place to choose under the pin, on the map of a quarter whose streets are known; without one there is no map."""

    pin = PinField(label=_("Plek op de kaart"), required=False)

    def __init__(self) -> None:
        super().__init__(label_suffix="")
        self.fields["pin"].widget.drawing = draw_example_quarter()


@require_safe
def blocks(request: HttpRequest) -> HttpResponse:
    """Show colours, letters, patterns, marks, scales and states."""
    context = {
        "ink": INK,
        "judged": JUDGED,
        "neutral": NEUTRAL,
        "letters": LETTERS,
        "reasons": [reason.value for reason in Absence],
        "kinds": KINDS,
        "feelings": FEELINGS,
        "verdicts": tuple(Verdict),
        "choices": tuple(Verdict),
        "says": tuple(Says),
        "answers": tuple(Answer),
        "evidence": (3, 2, 1, 0),
        "audiences": tuple(Audience),
        "table": TABLE,
        "icons": sorted(ICONS),
        "place": PlaceForm(),
        "spread": (1, 4, 7, 3, 0, 2, 5),
        **examples(),
    }
    return render(request, "site/blocks.html", context)
