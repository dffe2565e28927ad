"""The page of the benchmarks: naming sections renews those alone, and the page is made of such sections."""

import re

import pytest

from bench.__main__ import PAGE, SECTIONS
from bench.page import Unknown, asked, joined, sections

HEADINGS = {name: heading for name, (heading, _) in SECTIONS.items()}
THREE = {"first": "First", "second": "Second", "third": "Third"}


def test_renewing_one_section_leaves_the_others_as_they_were() -> None:
    before = joined({"first": "one\n\n### lower\nmore", "third": "three"}, THREE)
    found = sections(before, THREE)
    assert found == {"first": "one\n\n### lower\nmore", "third": "three"}
    after = joined(found | {"second": "two"}, THREE)
    assert after == before.replace("\n## Third", "\n## Second\ntwo\n\n## Third")


def test_what_is_asked_stands_in_the_order_of_the_page_and_nothing_means_all() -> None:
    assert asked("third, first", THREE) == ["first", "third"]
    assert asked("", THREE) == list(THREE)
    with pytest.raises(Unknown, match="No section fourth; there are: first, second, third"):
        asked("first,fourth", THREE)


def test_the_page_of_the_house_is_what_its_sections_make_and_each_says_when_it_was_measured() -> None:
    page = PAGE.read_text(encoding="utf-8")
    found = sections(page, HEADINGS)
    assert joined(found, HEADINGS) == page
    assert [name for name, text in found.items() if not re.match(r"Measured on \d{4}-\d\d-\d\d: .+\.\n", text)] == []
