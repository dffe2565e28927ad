"""For any invented table: what is written in a layout is what is read from it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.sources import cbs, cbs_text, text
from buurtbalans.figures.sources.names import catalogue_names
from buurtbalans.figures.sources.plain import plain
from tests.figures import kwb_samples as kwb

pytestmark = pytest.mark.slow

numbers = st.one_of(
    st.integers(0, 10**7).map(str),
    st.decimals(-1000, 1000, places=1).map(lambda number: str(number).replace(".", ",")),
)
cells = st.lists(st.one_of(numbers, st.just("."), st.just("")), min_size=4, max_size=4)
names = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"])), min_size=4, max_size=4)
samples = st.builds(
    lambda columns, called: kwb.Sample(
        [(code, name.replace('"', "'"), kind) for (code, _, kind), name in zip(kwb.AREAS, called, strict=True)],
        [replace(topic, cells=written) for topic, written in zip(kwb.TOPICS, columns, strict=True)],
    ),
    st.lists(cells, min_size=len(kwb.TOPICS), max_size=len(kwb.TOPICS)),
    names,
)


def expected(sample: kwb.Sample, layout: str) -> list[tuple[float | None, str | None]]:
    """Return value and absence of every cell, by the rule of the source and nothing else."""
    found: list[tuple[float | None, str | None]] = []
    for topic in sample.topics:
        nothing = all(cell in {"", "."} for cell in topic.cells)
        for cell in topic.cells:
            if cell not in {"", "."}:
                found.append((float(cell.replace(",", ".")), None))
            elif nothing:
                found.append((None, "not_measured"))
            else:
                found.append((None, "not_applicable" if not cell and layout != "r" else "withheld_at_source"))
    return found


@given(sample=samples, layout=st.sampled_from(sorted(kwb.TEXTS)))
def test_what_is_written_is_read(sample: kwb.Sample, layout: str) -> None:
    sheet = cbs_text.parsed(kwb.TEXTS[layout](sample).encode(), "x.csv")
    assert sheet is not None
    found = cbs.read(sheet, 2018, catalogue_names(cbs.ID))
    assert found.observations.select("value", "absence").rows() == expected(sample, layout)
    assert found.areas["area"].to_list() == [code for code, _, _ in sample.areas]


@given(
    st.lists(st.lists(st.text("ab1,\xa0 ", max_size=3), min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from(["\n", "\r\n"]),
)
def test_plain_text_read_in_one_go_is_what_the_slow_way_reads(cells: list[list[str]], end: str) -> None:
    content = "".join(";".join(row) + end for row in [["x", "y", "z"], *cells])
    found = plain(content, ";", 1)
    assert found is not None
    slow, findings = text.rows(content, ";", "x.csv")
    assert not findings
    assert [found.header, *map(list, found.frame.rows())] == [row.cells for row in slow]
    assert list(found.lines) == [row.line for row in slow[1:]]
