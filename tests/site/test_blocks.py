"""The building blocks: what each tag draws and says."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.template import Context, Engine, Template
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.observation import Absence
from buurtbalans.method.rounds.models import Says, Verdict
from buurtbalans.site.look import absence, icons, scales, trend
from buurtbalans.site.templatetags import components
from tests.one_line import one_line

numbers = st.integers(-(10**9), 10**9).map(lambda number: number / 1000)  # figures have few decimals


def draw(template: str, **context) -> str:
    return one_line(Template(template).render(Context(context)))


@dataclass(frozen=True)
class Point:
    period: int
    value: float | None
    division: int = 2021
    absence: Absence | None = None
    low: float | None = None
    high: float | None = None


@given(numbers, numbers, numbers, numbers)
def test_a_range_never_leaves_its_line(low, high, start, end):
    span = scales.Scale(start, end).span(low, high)
    assert span.start >= 0
    assert span.end <= 100.02
    assert span.width >= scales.LEAST


@given(st.floats(-2.4, 2.4), st.floats(0.4, 2))
def test_the_bubble_is_as_wide_as_the_doubt(middle, width):
    low, high = max(-2.5, middle - width / 2), min(2.5, middle + width / 2)
    span = scales.LEVEL.span(low, high, least=1)
    assert span.width == pytest.approx(20 * (high - low), abs=1.0)


def test_the_marks_stand_at_half_a_standard_deviation():
    assert (scales.LEVEL.place(-0.5), scales.LEVEL.place(0.5)) == (40, 60)
    page = draw('{% spirit_level low=-1 high=0.5 label="iets zwakker" %}')
    assert 'x1="40%"' in page
    assert 'x1="60%"' in page
    assert 'x="30.0%" width="30.0%"' in page
    assert 'role="img" aria-label="iets zwakker"' in page


@given(st.lists(numbers, min_size=1, max_size=8))
def test_every_value_lies_inside_its_axis(values):
    scale = scales.scale_around(values)
    assert scale.low <= min(values)
    assert max(values) <= scale.high
    assert all(scale.low - 1e-6 <= tick <= scale.high + 1e-6 for tick in scale.ticks)


def test_range_with_the_city(settings):
    page = draw('{% range_line 45 53 0 100 mark=69 mark_label="stad" label="45 tot 53" %}')
    assert 'class="balk-vol" x="45.0%"' in page
    assert 'x1="69.0%"' in page
    assert ">stad</text>" in page


def test_numbers_in_drawings_keep_their_point_in_dutch():
    page = draw("{% range_line 45.5 53.25 0 100 %}")
    assert 'x="45.5%"' in page


def test_target_is_dashed_and_baseline_hollow():
    pills = [scales.Pill(45, 53, "hol", below="2025"), scales.Pill(56, 64, "stippel", above="doel 2027")]
    page = draw("{% range_lines balken 30 80 %}", balken=pills)
    assert "balk-hol" in page
    assert "balk-stippel" in page
    assert "doel 2027" in page


def test_row_without_figure_says_why():
    rows = [
        scales.ComparisonRow("Hier", scales.Pill(40, 50), now=True),
        scales.ComparisonRow("Daar", absence="not_shared"),
    ]
    page = draw("{% comparison rijen %}", rijen=rows)
    assert "niet gedeeld" in page
    assert page.count('<rect class="balk-') == 1


@pytest.mark.parametrize("reason", list(Absence))
def test_every_reason_has_words_a_sentence_and_a_pattern(reason):
    page = draw("{% absence reden %}|{% absence_reason reden %}|{% absence_patterns %}", reden=reason)
    assert str(absence.PATTERNS[reason].words) in page
    assert str(absence.PATTERNS[reason].why) in page
    fill = re.search(r'fill="([^"]+)"', page)[1]
    assert fill == "#FFFFFF" if reason is Absence.NOT_APPLICABLE else f'id="{fill[5:-1]}"' in page


def test_seven_patterns_differ():
    drawn = {(pattern.size, pattern.tile, pattern.turn) for pattern in absence.PATTERNS.values()}
    assert len(drawn) == len(absence.PATTERNS) == 7


def test_unknown_reason_is_a_mistake_and_not_a_blank():
    with pytest.raises(ValueError, match="nergens"):
        draw("{% absence 'nergens' %}")


@pytest.mark.parametrize("name", sorted(icons.ICONS))
def test_icons_are_hidden_from_screen_readers(name):
    page = draw("{% icon naam %}", naam=name)
    assert 'aria-hidden="true"' in page
    assert page.count("<path") + page.count("<circle") == icons.ICONS[name].count("|") + 1


@pytest.mark.parametrize("verdict", Verdict)
def test_verdicts_in_ink_with_their_icon_word_and_meaning(verdict):
    page = draw("{% verdict v %}", v=verdict)
    assert page == draw("{% verdict v %}", v=verdict.value), "a verdict, or its value in a row"
    assert icons.drawing(verdict.icon) in page
    assert str(verdict.label) in page
    assert str(verdict.meaning) not in page
    assert str(verdict.meaning) in draw("{% verdict v explained=True %}", v=verdict)


@pytest.mark.parametrize("says", Says)
def test_what_evidence_says_has_an_icon_and_words(says):
    page = draw("{% stance v %}", v=says.value)
    assert icons.drawing(says.icon) in page
    assert str(says.label) in page


def test_every_kind_has_a_marker():
    assert all("<svg" in draw("{% story_marker k %}", k=kind) for kind in icons.KINDS)


def test_steps_are_all_links_and_say_their_state():
    steps = [
        {"number": 1, "name": "Voorbereiden", "state": "done", "url": "/stap/1/"},
        {"number": 2, "name": "Delen", "state": "now", "url": "/stap/2/", "note": "2 van 5"},
        {"number": 3, "name": "Toetsen", "state": "later", "url": "/stap/3/"},
    ]
    page = draw("{% steps steps %}", steps=steps)
    assert page.count("<a href") == 3
    assert page.count('aria-current="step"') == 1
    assert "klaar" in page
    assert "slot" not in page


def test_quote_has_single_quotes_once_and_is_escaped():
    page = draw("{% quotation tekst 'Bewoner' %}", tekst="‘Ik loop <b>om</b>.’")
    assert "<blockquote>Ik loop &lt;b&gt;om&lt;/b&gt;.</blockquote>" in page
    assert "<figcaption>Bewoner</figcaption>" in page


@pytest.mark.parametrize("level", range(4))
def test_evidence_bars(level):
    page = draw("{% evidence_strength n %}", n=level)
    assert page.count("leeg-balkje") == 3 - level
    assert str(components.EVIDENCE_WORDS[level]) in page


def test_audience_has_a_lock():
    assert "Alleen mijn organisatie" in draw("{% audience 'organisation' %}")


def test_trend_breaks_at_new_boundaries_and_at_gaps():
    series = [
        Point(2018, 50, 2018, None, 46, 54),
        Point(2019, 51, 2018, None, 47, 55),
        Point(2020, 52, 2021),
        Point(2021, None, 2021, Absence.NOT_MEASURED),
        Point(2022, 55, 2021),
    ]
    chart = trend.draw(series, [Point(year, 60, 2021) for year in range(2018, 2023)])
    assert [len(piece.dots) for piece in chart.pieces] == [2, 1, 1]
    assert [(line.before, line.after) for line in chart.breaks] == [(2019, 2020)]
    assert [gap.reason for gap in chart.gaps] == ["not_measured"]
    page = draw("{% trend_line reeks stad 'geen uitspraak' %}", reeks=series, stad=[])
    assert "nieuwe grens" in page
    assert "url(#afwezig-not_measured)" in page
    assert 'aria-label="geen uitspraak"' in page


def test_trend_without_any_figure_draws_nothing_wrong():
    chart = trend.draw([Point(2024, None, 2021, Absence.TOO_FEW), Point(2025, None, 2021, Absence.TOO_FEW)])
    assert chart.pieces == ()
    assert chart.end is None
    assert trend.draw([]).years == ()


def test_labels_at_the_end_do_not_touch():
    chart = trend.draw([Point(2024, 50), Point(2025, 50)], [Point(2024, 50), Point(2025, 50.1)])
    assert abs(chart.end[1] - chart.city_end[1]) >= trend.LABEL_GAP


def test_every_tag_stands_on_the_page_of_blocks_or_in_the_frame():
    engine = Engine.get_default()
    folder = components.__file__.replace("templatetags/components.py", "templates")
    pages = "".join(page.read_text() for page in Path(folder).rglob("*.html"))
    assert engine.template_builtins
    assert [tag for tag in components.register.tags if f"{{% {tag} " not in pages] == []


def test_every_icon_that_a_page_asks_for_is_drawn():
    package = Path(components.__file__).parents[2]
    asked = {name for page in package.rglob("*.html") for name in re.findall(r'{% icon "([\w-]+)"', page.read_text())}
    asked |= {name for page in package.rglob("*.py") for name in re.findall(r'icon="([\w-]+)"', page.read_text())}
    assert len(asked) > 20
    assert asked - icons.ICONS.keys() == set()
