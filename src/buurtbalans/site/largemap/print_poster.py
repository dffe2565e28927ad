"""The print of the large map, from A4 to A0: what the page shows, with every number explained and who may see it."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from django.utils import timezone, translation

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.datasets.queries import releases
from buurtbalans.site.largemap.draw import stack_kind
from buurtbalans.site.largemap.large_map import LargeMap
from buurtbalans.site.largemap.layers import kinds
from buurtbalans.site.largemap.marks import Mark
from buurtbalans.site.largemap.print_drawing import CLASSES, colour_of, ink_on, numbered_drawing, sample, standalone_svg
from buurtbalans.site.largemap.query import MapLayer
from buurtbalans.site.largemap.stacks import Stack
from buurtbalans.site.look.absence import definitions, pattern_fill
from buurtbalans.site.papers.content import Notice
from buurtbalans.site.papers.facts import day, figures_line, names, sentence
from buurtbalans.site.papers.poster import Layer, Legend, MarkText, NumberEntry, PaperSize, Poster, Sample

KIND: Final = "Grote kaart"
PARTS: Final = {"overdag": "overdag", "avond": "’s avonds"}


def map_poster(whole: LargeMap, sheet: PaperSize) -> Poster:
    """Return the print of what a viewer sees of the large map; papers are in Dutch, whoever asks."""
    with translation.override("nl"):
        drawn, stacks = numbered_drawing(whole, sheet)
        place, shown = whole.round.neighbourhood.name, [str(layer.label).lower() for layer in whole.asked.layers]
        part = PARTS[whole.asked.part]
        return Poster(
            sheet,
            KIND,
            place,
            f"Grote kaart van {place}",
            whole.round.question,
            f"Deel van de dag: {part}. Op de kaart: {names(shown) if shown else 'alleen de buurt'}.",
            day(timezone.now()),
            tuple(_notices(whole)),
            drawn,
            tuple(_legends(whole, stacks)),
            tuple(_layers(whole, stacks)),
            tuple(_foot(whole)),
        )


def _notices(whole: LargeMap) -> Iterable[Notice]:
    if releases.release(whole.round.release).manifest.invented:
        yield Notice("Verzonnen.", ("De stad, de mensen, de verhalen en de cijfers bestaan niet.",))
    circles = {Audience(mark.circle) for mark in whole.listed if mark.circle}
    narrowest = min(circles, key=lambda audience: audience.width, default=Audience.PUBLIC)
    if not narrowest.is_public:
        readers = "uw eigen organisatie" if narrowest.is_home else narrowest.words.name
        yield Notice(f"Alleen voor {readers}.", ("Hang deze kaart niet op waar anderen komen.",))


def _legends(whole: LargeMap, stacks: list[Stack]) -> Iterable[Legend]:
    shown = whole.figures.shown if whole.asked.shows(MapLayer.FIGURES) else None
    if shown is not None:
        classes = [Sample(_swatch(row.fill), str(row.words), _areas(row.count)) for row in shown.legend]
        absent = [Sample(_swatch(row.fill), str(row.words), _areas(row.count)) for row in shown.absent]
        yield Legend(f"{sentence(shown.name).rstrip('.')}, {shown.period}", (*classes, *absent))
    samples = [Sample(sample(row.kind), str(row.words), str(row.count)) for row in kinds(whole)]
    if several := sum(len(stack.marks) > 1 for stack in stacks):
        samples.append(Sample(_cards(), "Meer dan één op deze plek", str(several)))
    if samples:
        yield Legend("Wat er op de kaart staat", tuple(samples))


def _areas(count: int) -> str:
    return f"{count} {'buurt' if count == 1 else 'buurten'}"


def _swatch(fill: str) -> str:
    colour = CLASSES.get(fill) or pattern_fill(fill)
    shape = f'<rect x="1" y="1" width="34" height="22" rx="4" fill="{colour}" stroke="#7C8798"/>'
    return standalone_svg(36, 24, f"<defs>{definitions()}</defs>{shape}")


def _cards() -> str:
    box = '<rect x="-11" y="-11" width="22" height="22" rx="5" fill="#2B2F3A" stroke="#FFFFFF" stroke-width="2"/>'
    return standalone_svg(
        36, 36, "".join(f'<g transform="translate({at} {-at})">{box}</g>' for at in (5, 2.5, 0)), "-18 -18"
    )


def _layers(whole: LargeMap, stacks: list[Stack]) -> Iterable[Layer]:
    by_layer: dict[MapLayer, list[NumberEntry]] = {}
    for number, stack in enumerate(stacks, start=1):
        kind = stack_kind(stack)
        told = tuple(_mark_text(mark) for mark in stack.marks)
        by_layer.setdefault(stack.marks[0].layer, []).append(
            NumberEntry(str(number), colour_of(kind), ink_on(kind), told)
        )
    yield from (Layer(str(layer.label), tuple(marks)) for layer, marks in by_layer.items())
    nowhere = tuple(_mark_text(mark) for mark in whole.listed if mark.place is None)
    if nowhere:
        yield Layer("Zonder plek op de kaart", (NumberEntry("", "#FFFFFF", "#17202E", nowhere),))


def _mark_text(mark: Mark) -> MarkText:
    by = " · ".join(filter(None, (str(mark.teller), str(mark.when))))
    return MarkText(str(mark.title), mark.words.strip().strip("‘’'\""), by, mark.quoted)


def _foot(whole: LargeMap) -> Iterable[str]:
    shown = whole.figures.shown
    if shown is not None and whole.asked.shows(MapLayer.FIGURES):
        yield f"Bron van de kleuren: {shown.source}. Grenzen van {whole.ground.division.year}."
    yield figures_line(whole.round)
    yield "Wat mensen vertellen staat op ongeveer 100 meter: het midden van een vak, nooit een voordeur."
    counted = Counter(mark.layer for mark in whole.listed)
    said = [f"{counted[layer]} {str(layer.label).lower()}" for layer in MapLayer if counted[layer]]
    if said:
        yield f"Samen: {names(said)}."
