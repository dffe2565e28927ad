"""The components of the design system as template tags, built into every template; /bouwstenen/ shows each one."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.rounds.models import Answer, Says, Verdict
from buurtbalans.site.look import icons, scales, trend
from buurtbalans.site.look.absence import PATTERNS, definitions, pattern_fill

register = template.Library()

EVIDENCE_WORDS = (
    gettext_lazy("eigen idee, nog niet getest"),
    gettext_lazy("goed onderbouwd idee"),
    gettext_lazy("kansrijk"),
    gettext_lazy("bewezen"),
)

MIN_BUBBLE_PERCENT = 7.0  # the narrowest bubble, in per cent of the tube; narrower would not read as a bubble
EVIDENCE_BARS = ((1, 1.0, 6.0), (2, 8.0, 11.0), (3, 15.0, 16.0))  # (strength, x, height) in a drawing of 22 by 18


@register.simple_tag
def icon(name: str, small: bool = False) -> SafeString:
    """A line icon of 24 pixels, hidden from screen readers: the word beside it says the same."""
    size = " icoon--klein" if small else ""
    return mark_safe(  # our own drawings only
        f'<svg class="icoon{size}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{icons.drawing(name)}</svg>'
    )


@register.inclusion_tag("components/logo.html")
def logo() -> dict[str, Any]:
    """The mark: a spirit level."""
    return {}


@register.simple_tag
def absence_patterns() -> SafeString:
    """The absence patterns, once per page (base.html does it)."""
    return mark_safe(  # our own drawings only
        '<svg class="patronen" width="0" height="0" aria-hidden="true" focusable="false">'
        f"<defs>{definitions()}</defs></svg>"
    )


@register.simple_tag
def absence_fill(reason: Absence | str) -> str:
    """The `fill` for a shape whose figure is absent."""
    return pattern_fill(str(reason))


@register.inclusion_tag("components/absence.html")
def absence(reason: Absence | str, short: bool = False, words: str = "") -> dict[str, Any]:
    """Swatch and reason of an absent figure; `short` leaves out the dash before it, `words` replaces the reason."""
    reason = Absence(str(reason))
    return {
        "fill": pattern_fill(reason),
        "words": words or PATTERNS[reason].words,
        "reason": reason,
        "short": short,
    }


@register.simple_tag
def absence_words(reason: Absence | str) -> str:
    """The reason why a figure is absent, in a few words and without its swatch."""
    return str(PATTERNS[Absence(str(reason))].words)


@register.simple_tag
def absence_reason(reason: Absence | str) -> str:
    """One sentence that says why there is no figure."""
    return str(PATTERNS[Absence(str(reason))].why)


@register.inclusion_tag("components/class_swatch.html")
def class_swatch(number: int, words: str = "", sequential: bool = False) -> dict[str, Any]:
    """Swatch of one of the five classes with its words; `sequential` for indicators without judgement."""
    return {"number": number, "words": words, "palette": "reeks" if sequential else "oordeel"}


@register.inclusion_tag("components/spirit_level.html")
def spirit_level(
    low: float | None, high: float | None, label: str, small: bool = False, before: tuple[float, float] | None = None
) -> dict[str, Any]:
    """A spirit level with a bubble from `low` to `high`, in standard deviations of the city; `label` is its text.

    Without `low` there is no bubble; `before` (low, high) adds the earlier bubble, hollow, behind the current one.
    """
    span = None if low is None or high is None else scales.LEVEL.span(float(low), float(high), least=MIN_BUBBLE_PERCENT)
    span_before = scales.LEVEL.span(before[0], before[1], MIN_BUBBLE_PERCENT) if before else None
    return {"span": span, "before": span_before, "label": label, "small": small}


@register.inclusion_tag("components/spirit_level_row.html")
def spirit_level_row(low: float, high: float, label: str) -> dict[str, Any]:
    """A spirit level for a row of a long table; the page includes `spirit_level_tube.html` once, above the table."""
    return {"span": scales.LEVEL.span(float(low), float(high), least=2 * MIN_BUBBLE_PERCENT), "label": label}


@register.inclusion_tag("components/unknown_figure.html")
def unknown_figure(name: str, reason: Absence | str, link: str = "") -> dict[str, Any]:
    """What is not known, beside the spirit level: the swatch of the reason, the name, and the reason below it."""
    reason = Absence(str(reason))
    words = PATTERNS[reason].words
    return {"fill": pattern_fill(reason), "reason": reason, "name": name, "words": words, "link": link}


@register.inclusion_tag("components/spirit_level_header.html")
def spirit_level_header() -> dict[str, Any]:
    """The five words above the spirit levels of a page."""
    return {}


@register.inclusion_tag("components/spirit_level_bars.html")
def spirit_level_bars(bars: Iterable[scales.Bar], row_height: int = 24) -> dict[str, Any]:
    """Each indicator as a range under the bubble, in standard deviations of the city, with its name beside it."""
    bars = list(bars)
    rows = []
    for number, bar in enumerate(bars):
        span = scales.LEVEL.span(bar.low, bar.high)
        rows.append((bar, span, number * row_height + 8, span.middle > 50))
    label = "; ".join(f"{bar.name}: {bar.words}" if bar.words else str(bar.name) for bar in bars)
    return {"bars": rows, "height": len(bars) * row_height + 4, "label": label}


@register.inclusion_tag("components/legend_pill.html")
def legend_pill(style: scales.Style) -> dict[str, Any]:
    """A small pill for a legend."""
    return {"style": style}


@register.inclusion_tag("components/range_line.html")
def range_line(
    low: float,
    high: float,
    start: float = 0,
    end: float = 100,
    style: scales.Style = "vol",
    mark: float | None = None,
    mark_label: str = "",
    label: str = "",
) -> dict[str, Any]:
    """One range on a line from `start` to `end`; `mark` draws a thin line at the city's value or at a target."""
    line = scales.Mark(mark, mark_label) if mark is not None else None
    return _line_context([scales.Pill(low, high, style)], start, end, line, label)


@register.inclusion_tag("components/range_line.html")
def range_lines(
    pills: Sequence[scales.Pill], start: float = 0, end: float = 100, mark: scales.Mark | None = None, label: str = ""
) -> dict[str, Any]:
    """Several ranges on one line: then and now, baseline and target."""
    return _line_context(pills, start, end, mark, label)


def _line_context(
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


@register.inclusion_tag("components/comparison.html")
def comparison(rows: Iterable[scales.ComparisonRow], unit: str = "", label: str = "") -> dict[str, Any]:
    """Rows of ranges on one axis: this area now, then, the city, areas like it."""
    rows = list(rows)
    values = [value for row in rows if row.pill for value in (row.pill.low, row.pill.high)]
    scale = scales.scale_around(values) if values else scales.Scale(0, 100)
    spans = [scale.span(row.pill.low, row.pill.high, 1.2) if row.pill else None for row in rows]
    return {
        "rows": list(zip(rows, spans, strict=True)),
        "ticks": [(scale.place(tick), tick) for tick in scale.ticks],
        "unit": unit,
        "label": label,
    }


@register.inclusion_tag("components/trend.html")
def trend_line(
    series: Sequence[Any], city: Sequence[Any] = (), label: str = "", name: str = "", restated: Sequence[Any] = ()
) -> dict[str, Any]:
    """A line with its band, the city dotted, `restated` dashed: figures that passed the gate, one per period."""
    return {"chart": trend.draw(series, city, restated), "label": label, "name": name or _("buurt")}


@register.inclusion_tag("components/distribution.html")
def distribution(counts: Sequence[int]) -> dict[str, Any]:
    """How many people gave each score of a scale, as bars with their count and as text for screen readers."""
    highest = max(counts, default=0) or 1
    bars = []
    for score, count in enumerate(counts, start=1):
        height = 44 * count / highest
        bars.append((score, count, score * 36 - 32, round(48 - height, 1), round(height, 1)))
    return {"bars": bars, "label": ", ".join(f"{score}: {count}" for score, count in enumerate(counts, start=1))}


@register.inclusion_tag("components/verdict.html")
def verdict(outcome: str, explained: bool = False) -> dict[str, Any]:
    """A verdict: mark and word in ink, never in colour."""
    reached = Verdict(outcome)
    return {"name": reached.icon, "words": reached.label, "meaning": reached.meaning if explained else ""}


@register.inclusion_tag("components/stance.html")
def stance(value: str) -> dict[str, Any]:
    """What a figure or story says about a claim: yes, no, both, nothing."""
    says = Says(value)
    return {"icon": says.icon, "words": says.label}


@register.inclusion_tag("components/stance.html")
def answer(value: str) -> dict[str, Any]:
    """What an organisation thinks of a claim before it reads the others."""
    given = Answer(value)
    return {"icon": given.icon, "words": given.label}


@register.inclusion_tag("components/steps.html")
def steps(steps: Iterable[Any], small: bool = False) -> dict[str, Any]:
    """The six steps: each has `number`, `name`, `state` (done, now, later), and may have `url` and `note`."""
    return {"steps": list(steps), "small": small}


@register.inclusion_tag("components/source_line.html")
def source_line(figure: Any = None, text: str = "", certainty: str = "", link: str = "") -> dict[str, Any]:
    """The line under a figure, chart or map: source, period, boundaries, reliability, and a link to more."""
    return {"figure": figure, "text": text, "certainty": certainty, "link": link}


@register.inclusion_tag("components/quotation.html")
def quotation(text: str, speaker: str = "", large: bool = False) -> dict[str, Any]:
    """What someone said, in serif and single quotes, with the kind of person and the channel."""
    return {"text": str(text).strip().strip("‘’'\""), "speaker": speaker, "large": large}


@register.inclusion_tag("components/evidence.html")
def evidence_strength(strength: int, words: str = "") -> dict[str, Any]:
    """How strong the evidence for an effort is, from 0 (own idea) to 3 (proven): bars and a word."""
    level = max(0, min(3, int(strength)))
    return {
        "bars": [(x, height, threshold <= level) for threshold, x, height in EVIDENCE_BARS],
        "words": words or EVIDENCE_WORDS[level],
    }


@register.simple_tag
def later_audience(circle: Any) -> str:
    """Who will see a story once it is reviewed, in words; without a lock, because its own audience shows one."""
    words = _audience_of(circle).words.later
    return _(words) if words else ""


@register.inclusion_tag("components/audience.html")
def audience(circle: Any) -> dict[str, Any]:
    """Lock and audience of a contribution; `circle` is a circle or the kind of one."""
    viewers = _audience_of(circle)
    return {"is_public": viewers.is_public, "words": _(viewers.words.notice)}


def _audience_of(circle: Any) -> Audience:
    return Audience(getattr(circle, "kind", circle))


@register.inclusion_tag("components/story_marker.html")
def story_marker(name: str) -> dict[str, Any]:
    """The marker of a kind of story or of a feeling; the word stands beside it."""
    form, icon, colour, ink = icons.KINDS[name]
    return {"form": form, "drawing": mark_safe(icons.drawing(icon)), "colour": colour, "ink": ink}


@register.simple_block_tag(end_name="endbreadcrumbs")
def breadcrumbs(content: str) -> SafeString:
    """The way to this page: list items, the last one without a link."""
    return format_html('<nav class="kruimels" aria-label="{}"><ol>{}</ol></nav>', _("Kruimelpad"), content)
