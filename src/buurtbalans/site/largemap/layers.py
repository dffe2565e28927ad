"""What can be put on the large map: each layer with its count or why it is empty, and the kinds of marks on it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.stories.models import PLEASANT, UNPLEASANT, DayPart
from buurtbalans.site.largemap.draw import ID
from buurtbalans.site.largemap.feeling_fields import FELT, swatch
from buurtbalans.site.largemap.large_map import LargeMap
from buurtbalans.site.largemap.query import MapLayer


@dataclass(frozen=True, slots=True)
class Layer:
    """A row of the chooser: what the layer is called, what is on it, whether it is on, and where turning it leads.

    An empty one says why in `empty`, and in `do` with `link` what can be done about it.
    """

    name: str
    title: str
    words: str
    count: int
    on: bool
    href: str
    empty: str = ""
    do: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the legend: the marker, what it is called, and how many are on the map."""

    kind: str
    words: str
    count: int

    @property
    def field(self) -> SafeString:
        """How a field is drawn, empty for a mark; our own drawing."""
        kind = self.kind.removeprefix(FELT)
        return mark_safe(swatch(kind, ID) if kind != self.kind else "")


def layers(whole: LargeMap, may: dict[str, bool]) -> list[Layer]:
    """Return the chooser of layers, in their fixed order."""
    rows = []
    for layer in MapLayer:
        words, count = _count_text(whole, layer)
        why = ("", "", "") if count or words else _empty_reason(whole, layer, may)
        asked = whole.asked
        rows.append(
            Layer(
                layer, str(layer.label), words, count, asked.shows(layer), asked.to(layers=asked.flipped(layer)), *why
            )
        )
    return rows


def _count_text(whole: LargeMap, layer: MapLayer) -> tuple[str, int]:
    """Return what stands on a layer in words, and how many marks; those without a place are named apart."""
    if layer is MapLayer.FIGURES:
        shown = whole.figures.shown
        return (f"{shown.name}, {shown.period}" if shown else ""), 0
    marks = whole.of_layer[layer]
    on_map = sum(mark.place is not None for mark in marks)
    said = [ngettext("%(n)d op deze kaart", "%(n)d op deze kaart", on_map) % {"n": on_map}] if on_map else []
    if (rest := len(marks) - on_map) and not whole.asked.hall:  # where there is no list
        said.append(ngettext("%(n)d alleen in de lijst", "%(n)d alleen in de lijst", rest) % {"n": rest})
    return ", ".join(said), on_map


def _empty_reason(whole: LargeMap, layer: MapLayer, may: dict[str, bool]) -> tuple[str, str, str]:
    """Return why a layer is empty, what to do about it, and where."""
    slug, reads = whole.round.slug, may.get(Permission.READ, False)
    when = _("’s avonds") if whole.asked.part == DayPart.EVENING else _("overdag")
    if layer is MapLayer.FIGURES:
        return _("Voor deze gebieden zijn er geen cijfers om op de kaart te tonen."), "", ""
    if layer in (MapLayer.LANDMARKS, MapLayer.WORKS):
        return _empty_landmarks_reason(slug, works=layer is MapLayer.WORKS, may_add=may.get(Permission.CLAIM, False))
    if layer is MapLayer.STORIES:
        return (
            _("Er zijn nog geen verhalen die over %(when)s gaan.") % {"when": when},
            _("Zet het eerste op de kaart"),
            reverse("stories:new", args=[slug]),
        )
    if layer is MapLayer.FEELINGS:
        few = _("Nog te weinig mensen om gevoelens te laten zien.")
        why = _("Nog geen gevoel van %(when)s.") % {"when": when} if reads else few
        return why, _("Gevoel op de kaart zetten"), reverse("feelings:new", args=[slug])
    if not reads:
        return _("Alleen de kerngroep ziet hier welke organisatie wat doet."), "", ""
    return (
        _("In het plan van deze ronde staan nog geen acties."),
        _("Naar het plan"),
        reverse("plans:plan", args=[slug]),
    )


def _empty_landmarks_reason(slug: str, *, works: bool, may_add: bool) -> tuple[str, str, str]:
    """Return why no facility, or no works, is on the map, and for who may add one the way to do so."""
    why = (
        _("Er zijn hier geen geplande werkzaamheden bekend.")
        if works
        else _("Voor deze buurt staan er nog geen voorzieningen op de kaart.")
    )
    if not may_add:
        return why, "", ""
    return (
        why,
        _("Zet het op de kaart"),
        reverse("large_map:new_landmark", args=[slug]) + ("?soort=werk" if works else ""),
    )


def kinds(whole: LargeMap) -> list[Kind]:
    """Return the kinds of marks on the map with their counts: stories, feelings, and what is there and comes."""
    counts = Counter(f"{FELT}{mark.kind}" if mark.field else mark.kind for mark in whole.drawn)
    return [row for row in _kinds(counts) if row.count]


def _kinds(counts: Counter[str]) -> Iterator[Kind]:
    words = {
        "kracht": _("Kracht"),
        "kans": _("Kans"),
        "zorg": _("Zorg"),
        "gebeurtenis": _("Gebeurtenis"),
        "vraag": _("Vraag"),
        "werk": _("Geplande werkzaamheden"),
    }
    yield from (Kind(kind, said, counts[kind]) for kind, said in words.items())
    yield Kind("blij", _("Prettig gevoel"), sum(counts[mood] for mood in PLEASANT))
    yield Kind("bang", _("Onprettig gevoel"), sum(counts[mood] for mood in UNPLEASANT))
    yield Kind("anders", _("Ander gevoel"), counts["anders"])
    fields = {
        "blij": _("Vlak: vooral prettig"),
        "anders": _("Vlak: het verschilt"),
        "bang": _("Vlak: vooral niet prettig"),
    }
    yield from (Kind(f"{FELT}{kind}", said, counts[f"{FELT}{kind}"]) for kind, said in fields.items())
    yield Kind("voorziening", _("Voorziening"), counts["voorziening"])
    yield Kind("inzet", _("Acties uit het plan"), counts["inzet"])
