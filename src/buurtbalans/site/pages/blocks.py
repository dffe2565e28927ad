"""The page that shows every building block with its call, on invented examples."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from buurtbalans.figures.observation import Absence
from buurtbalans.site.look.icons import ICONS, KINDS
from buurtbalans.site.look.scales import Mark, Pill, Row

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
        "balance": [
            (
                _("Samenstelling"),
                -1.15,
                -0.35,
                _("Waarschijnlijk iets zwakker."),
                Absence.TOO_FEW,
                _("mensen met begeleiding"),
            ),
            (
                _("Voorzieningen"),
                -0.1,
                0.75,
                _("Als de stad, misschien sterker."),
                Absence.NOT_MEASURED,
                _("gebruik van het buurthuis"),
            ),
            (
                _("Leefbaarheid"),
                -1.45,
                -0.65,
                _("Duidelijk of iets zwakker."),
                Absence.NOT_COMPARABLE,
                _("schoon en heel"),
            ),
        ],
        "then_now": [
            Pill(45, 53, "hol", below=_("2025")),
            Pill(56, 64, "stippel", above=_("doel 2027"), below="56–64"),
        ],
        "reached": [Pill(40, 50, "hol", below="2023"), Pill(55, 64, "vol", below="2025")],
        "target": Mark(56, _("doel"), target=True),
        "rows": [
            Row(_("Weverskwartier nu"), Pill(45, 53), now=True, words=_("45 tot 53 van de 100")),
            Row(_("Weverskwartier in 2022"), Pill(54, 61, "hol"), words=_("54 tot 61 van de 100")),
            Row(_("Waterdam"), Pill(67, 70, "stad"), words=_("67 tot 70 van de 100")),
            Row(_("Buurten die erop lijken (6)"), Pill(48, 66, "stad"), words=_("48 tot 66 van de 100")),
            Row(_("Vlasakker"), absence=Absence.NOT_SHARED, words=_("geen cijfer")),
        ],
        "trend_up": series(46, 47, 45, 51, 57, 61, 64, 69),
        "trend_gap": series(55, 53, 51, 45, 43, None, 38, 36),
        "trend_city": series(52, 52, 53, 53, 54, 54, 53, 55),
    }


@require_safe
def blocks(request: HttpRequest) -> HttpResponse:
    """Show colours, letters, patterns, marks, scales and states."""
    context = {
        "ink": INK,
        "judged": JUDGED,
        "neutral": NEUTRAL,
        "letters": LETTERS,
        "reasons": [reason.value for reason in Absence],
        "kinds": [name for name, kind in KINDS.items() if kind[0] == "vierkant"],
        "feelings": [name for name, kind in KINDS.items() if kind[0] != "vierkant"],
        "verdicts": ("bevestigd", "tegengesproken", "genuanceerd", "onbekend"),
        "icons": sorted(ICONS),
        **examples(),
    }
    return render(request, "site/blocks.html", context)
