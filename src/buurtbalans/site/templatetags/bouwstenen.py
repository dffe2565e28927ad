"""The building blocks as template tags; every template has them, and /bouwstenen/ shows each with its call."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.figures.observation import Absence
from buurtbalans.site.look import absence, icons, scales, trend

register = template.Library()

VERDICTS = {
    "bevestigd": (gettext_lazy("bevestigd"), gettext_lazy("het klopt")),
    "tegengesproken": (gettext_lazy("tegengesproken"), gettext_lazy("het klopt niet")),
    "genuanceerd": (gettext_lazy("genuanceerd"), gettext_lazy("het klopt deels")),
    "onbekend": (gettext_lazy("onbekend"), gettext_lazy("we weten het niet")),
}
ENGLISH_VERDICTS = {
    "supported": "bevestigd",
    "contradicted": "tegengesproken",
    "nuanced": "genuanceerd",
    "unknown": "onbekend",
}
SAYS = {
    "yes": ("vink", gettext_lazy("zegt ja")),
    "no": ("kruis", gettext_lazy("zegt nee")),
    "both": ("genuanceerd", gettext_lazy("zegt ja en nee")),
    "nothing": ("vraag", gettext_lazy("zegt niets")),
}
DUTCH_SAYS = {"ja": "yes", "nee": "no", "ja en nee": "both", "niets": "nothing"}
EVIDENCE = (
    gettext_lazy("eigen idee, nog niet getest"),
    gettext_lazy("goed onderbouwd idee"),
    gettext_lazy("kansrijk"),
    gettext_lazy("bewezen"),
)
AUDIENCE = {
    "organisation": gettext_lazy("Alleen mijn organisatie ziet dit"),
    "core": gettext_lazy("Alleen de kerngroep ziet dit"),
    "ring": gettext_lazy("De kring ziet dit"),
    "public": gettext_lazy("Iedereen ziet dit"),
}
LATER = {
    "core": gettext_lazy("Daarna: de kerngroep"),
    "ring": gettext_lazy("Daarna: de kerngroep en de kring"),
    "public": gettext_lazy("Daarna: iedereen"),
}


@register.simple_tag
def icoon(naam: str, klein: bool = False) -> SafeString:
    """A line icon of 24 pixels, hidden from screen readers: the word beside it says the same."""
    size = " icoon--klein" if klein else ""
    return mark_safe(  # our own drawings only
        f'<svg class="icoon{size}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{icons.drawing(naam)}</svg>'
    )


@register.inclusion_tag("bouwstenen/merk.html")
def merk() -> dict[str, Any]:
    """The mark: a spirit level."""
    return {}


@register.simple_tag
def patronen() -> SafeString:
    """The absence patterns, once per page (base.html does it)."""
    return mark_safe(  # our own drawings only
        '<svg class="patronen" width="0" height="0" aria-hidden="true" focusable="false">'
        f"<defs>{absence.definitions()}</defs></svg>"
    )


@register.simple_tag
def vulling(reden: Absence | str) -> str:
    """The `fill` for a shape whose figure is absent."""
    return absence.pattern_fill(str(reden))


@register.inclusion_tag("bouwstenen/afwezig.html")
def afwezig(reden: Absence | str, kort: bool = False, woorden: str = "") -> dict[str, Any]:
    """Swatch and reason of an absent figure; `kort` leaves out the dash before it, `woorden` says it more precisely."""
    reason = Absence(str(reden))
    return {
        "fill": absence.pattern_fill(reason),
        "words": woorden or absence.PATTERNS[reason].words,
        "reason": reason,
        "kort": kort,
    }


@register.simple_tag
def afwezig_woord(reden: Absence | str) -> str:
    """The reason why a figure is absent, in a few words and without its swatch."""
    return str(absence.PATTERNS[Absence(str(reden))].words)


@register.simple_tag
def afwezig_waarom(reden: Absence | str) -> str:
    """One sentence that says why there is no figure."""
    return str(absence.PATTERNS[Absence(str(reden))].why)


@register.inclusion_tag("bouwstenen/klasse.html")
def klasse(nummer: int, woorden: str = "", reeks: bool = False) -> dict[str, Any]:
    """Swatch of one of the five classes with its words; `reeks` for indicators without judgement."""
    return {"number": nummer, "words": woorden, "palette": "reeks" if reeks else "oordeel"}


@register.inclusion_tag("bouwstenen/waterpas.html")
def waterpas(
    low: float | None, high: float | None, label: str, klein: bool = False, was: tuple[float, float] | None = None
) -> dict[str, Any]:
    """The spirit level: a bubble from `low` to `high` in standard deviations of the city; `label` says it in words.

    Without `low` there is no bubble; with `was` (from, to) the bubble of before stands hollow behind a filled one.
    """
    span = None if low is None or high is None else scales.LEVEL.span(float(low), float(high), least=BUBBLE)
    before = scales.LEVEL.span(was[0], was[1], BUBBLE) if was else None
    return {"span": span, "before": before, "label": label, "klein": klein}


@register.inclusion_tag("bouwstenen/waterpas_rij.html")
def waterpas_rij(low: float, high: float, label: str) -> dict[str, Any]:
    """A spirit level in a row of a long table: short, with the tube (`waterpas_buis.html`) drawn once on the page."""
    return {"span": scales.LEVEL.span(float(low), float(high), least=2 * BUBBLE), "label": label}


BUBBLE = 7.0  # a bubble is at least this wide, in per cent of the track: it stays a bubble


@register.inclusion_tag("bouwstenen/weet_niet.html")
def weet_niet(naam: str, reden: Absence | str, link: str = "") -> dict[str, Any]:
    """What is not known, beside the spirit level: the swatch of the reason, the name, and the reason below it."""
    reason = Absence(str(reden))
    words = absence.PATTERNS[reason].words
    return {"fill": absence.pattern_fill(reason), "reason": reason, "name": naam, "words": words, "link": link}


@register.inclusion_tag("bouwstenen/waterpas_kop.html")
def waterpas_kop() -> dict[str, Any]:
    """The five words above the spirit levels of a page."""
    return {}


@register.inclusion_tag("bouwstenen/waterpas_balken.html")
def waterpas_balken(balken: Iterable[scales.Bar], regel: int = 24) -> dict[str, Any]:
    """Each indicator as a range under the bubble, in standard deviations of the city, with its name beside it."""
    bars = list(balken)
    drawn = []
    for number, bar in enumerate(bars):
        span = scales.LEVEL.span(bar.low, bar.high)
        drawn.append((bar, span, number * regel + 8, span.middle > 50))
    label = "; ".join(f"{bar.name}: {bar.words}" if bar.words else str(bar.name) for bar in bars)
    return {"bars": drawn, "height": len(bars) * regel + 4, "label": label}


@register.inclusion_tag("bouwstenen/balkje.html")
def balkje(stijl: scales.Style) -> dict[str, Any]:
    """A small pill for a legend."""
    return {"style": stijl}


@register.inclusion_tag("bouwstenen/bereik.html")
def bereik(
    low: float,
    high: float,
    van: float = 0,
    tot: float = 100,
    stijl: scales.Style = "vol",
    streep: float | None = None,
    streep_label: str = "",
    label: str = "",
) -> dict[str, Any]:
    """One range on a line from `van` to `tot`, with a thin mark (`streep`) for the city or a target."""
    mark = scales.Mark(streep, streep_label) if streep is not None else None
    return line_context([scales.Pill(low, high, stijl)], van, tot, mark, label)


@register.inclusion_tag("bouwstenen/bereik.html")
def bereiken(
    balken: Sequence[scales.Pill], van: float = 0, tot: float = 100, streep: scales.Mark | None = None, label: str = ""
) -> dict[str, Any]:
    """Several ranges on one line: then and now, baseline and target."""
    return line_context(balken, van, tot, streep, label)


def line_context(
    pills: Sequence[scales.Pill], low: float, high: float, mark: scales.Mark | None, label: str
) -> dict[str, Any]:
    scale = scales.Scale(float(low), float(high))
    return {
        "pills": [(pill, scale.span(pill.low, pill.high)) for pill in pills],
        "mark": mark,
        "mark_at": scale.place(mark.value) if mark else None,
        "above": any(pill.above for pill in pills) or bool(mark and mark.words),
        "below": any(pill.below for pill in pills),
        "label": label,
    }


@register.inclusion_tag("bouwstenen/vergelijking.html")
def vergelijking(rijen: Iterable[scales.Row], eenheid: str = "", label: str = "") -> dict[str, Any]:
    """Rows of ranges on one axis: this area now, then, the city, areas like it."""
    rows = list(rijen)
    values = [value for row in rows if row.pill for value in (row.pill.low, row.pill.high)]
    scale = scales.scale_around(values) if values else scales.Scale(0, 100)
    drawn = [(row, scale.span(row.pill.low, row.pill.high, 1.2) if row.pill else None) for row in rows]
    return {
        "rows": drawn,
        "ticks": [(scale.place(tick), tick) for tick in scale.ticks],
        "unit": eenheid,
        "label": label,
    }


@register.inclusion_tag("bouwstenen/trend.html")
def trendlijn(
    reeks: Sequence[Any], stad: Sequence[Any] = (), label: str = "", naam: str = "", omgerekend: Sequence[Any] = ()
) -> dict[str, Any]:
    """A line with its band, the city dotted, `omgerekend` dashed: figures that passed the gate, one per period."""
    return {"chart": trend.draw(reeks, stad, omgerekend), "label": label, "name": naam or _("buurt")}


@register.inclusion_tag("bouwstenen/verdeling.html")
def verdeling(aantallen: Sequence[int]) -> dict[str, Any]:
    """How many gave each number of a scale, as bars with their count; the words are for who cannot see them."""
    most = max(aantallen, default=0) or 1
    bars = [(score, count, score * 36 - 32, 44 * count / most) for score, count in enumerate(aantallen, start=1)]
    said = ", ".join(f"{score}: {count}" for score, count, *_bar in bars)
    return {"bars": [(s, c, x, round(48 - high, 1), round(high, 1)) for s, c, x, high in bars], "said": said}


@register.inclusion_tag("bouwstenen/oordeel.html")
def oordeel(uitkomst: str, uitleg: bool = False) -> dict[str, Any]:
    """A verdict: mark and word in ink, never in colour."""
    name = ENGLISH_VERDICTS.get(str(uitkomst), str(uitkomst))
    words, meaning = VERDICTS[name]
    return {"name": name, "words": words, "meaning": meaning if uitleg else ""}


@register.inclusion_tag("bouwstenen/zegt.html")
def zegt(wat: str) -> dict[str, Any]:
    """What a figure or story says about a claim: yes, no, both, nothing."""
    icon, words = SAYS[DUTCH_SAYS.get(str(wat), str(wat))]
    return {"icon": icon, "words": words}


@register.inclusion_tag("bouwstenen/stappen.html")
def stappen(stappen: Iterable[Any], klein: bool = False) -> dict[str, Any]:
    """The six steps: each has `number`, `name`, `state` (done, now, later), and may have `url` and `note`."""
    steps = list(stappen)
    return {"steps": steps, "klein": klein}


@register.inclusion_tag("bouwstenen/bronregel.html")
def bronregel(shown: Any = None, tekst: str = "", zekerheid: str = "", link: str = "") -> dict[str, Any]:
    """Under every figure, chart and map: source, period, boundaries, reliability in words, and the way to more."""
    return {"shown": shown, "text": tekst, "certainty": zekerheid, "link": link}


@register.inclusion_tag("bouwstenen/citaat.html")
def citaat(tekst: str, wie: str = "", groot: bool = False) -> dict[str, Any]:
    """What someone said, in serif and single quotes, with the kind of person and the channel."""
    return {"text": str(tekst).strip().strip("‘’'\""), "who": wie, "groot": groot}


@register.inclusion_tag("bouwstenen/bewijs.html")
def bewijs(sterkte: int, woorden: str = "") -> dict[str, Any]:
    """How strong the evidence for an effort is, from 0 (own idea) to 3 (proven): bars and a word."""
    level = max(0, min(3, int(sterkte)))
    return {"bars": [(x, height, number <= level) for number, x, height in BARS], "words": woorden or EVIDENCE[level]}


BARS = ((1, 1.0, 6.0), (2, 8.0, 11.0), (3, 15.0, 16.0))


@register.simple_tag
def wie_daarna(kring: Any) -> str:
    """Who will see a story that still waits: words without a lock, for its own audience has that."""
    return str(LATER[str(getattr(kring, "kind", kring))])


@register.inclusion_tag("bouwstenen/wie_ziet.html")
def wie_ziet(kring: Any) -> dict[str, Any]:
    """Lock and audience of a contribution; `kring` is a circle or the kind of one."""
    kind = str(getattr(kring, "kind", kring))
    return {"kind": kind, "words": AUDIENCE[kind]}


@register.inclusion_tag("bouwstenen/soort.html")
def soort(naam: str) -> dict[str, Any]:
    """The marker of a kind of story or of a feeling; the word stands beside it."""
    form, icon, colour, ink = icons.KINDS[naam]
    return {"form": form, "drawing": mark_safe(icons.drawing(icon)), "colour": colour, "ink": ink}


@register.simple_block_tag(end_name="eindkruimels")
def kruimels(content: str) -> SafeString:
    """The way to this page: list items, the last one without a link."""
    return format_html('<nav class="kruimels" aria-label="{}"><ol>{}</ol></nav>', _("Kruimelpad"), content)
