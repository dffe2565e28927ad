"""The audiences: declared in one table, in order, with their words in both languages and a lock that never opens outward."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils import translation

import buurtbalans
from buurtbalans.figures.catalogue.indicator import SourceKind
from buurtbalans.figures.protection.audience import AUDIENCES, Audience
from buurtbalans.figures.protection.policy import disclosure_rules
from buurtbalans.method.people.models.accounts import AUDIENCE_CHOICES

PACKAGE = Path(buurtbalans.__file__).parent


def test_the_audiences_are_ordered_from_narrow_to_wide() -> None:
    assert list(Audience) == [Audience.ORGANISATION, Audience.CORE, Audience.RING, Audience.PUBLIC]
    assert [audience.width for audience in Audience] == [0, 1, 2, 3]
    assert Audience.outside() == (Audience.CORE, Audience.RING, Audience.PUBLIC)
    assert Audience.of_round() == (Audience.CORE, Audience.RING)
    assert [audience.is_home for audience in Audience] == [True, False, False, False]
    assert [audience.is_public for audience in Audience] == [False, False, False, True]


def test_each_audience_has_one_entry() -> None:
    assert list(AUDIENCES) == list(Audience)


@pytest.mark.parametrize(
    ("language", "names", "notices"),
    [
        (
            "nl",
            ["alleen mijn organisatie", "de kerngroep", "de betrokkenen", "iedereen"],
            [
                "Alleen mijn organisatie ziet dit",
                "Alleen de kerngroep ziet dit",
                "De betrokkenen zien dit",
                "Iedereen ziet dit",
            ],
        ),
        (
            "en",
            ["only my organisation", "the core group", "the people involved", "everyone"],
            [
                "Only my organisation sees this",
                "Only the core group sees this",
                "The people involved see this",
                "Everyone sees this",
            ],
        ),
    ],
)
def test_the_words_of_the_audiences_stand_in_both_languages(
    language: str, names: list[str], notices: list[str]
) -> None:
    with translation.override(language):
        assert [translation.gettext(audience.words.name) for audience in Audience] == names
        assert [translation.gettext(audience.words.notice) for audience in Audience] == notices
        assert [str(words) for _, words in AUDIENCE_CHOICES] == names


@pytest.mark.parametrize("kind", list(SourceKind))
def test_a_wider_audience_never_has_a_looser_lock(kind: SourceKind) -> None:
    rules = disclosure_rules(kind)
    for narrow, wide in pairwise(Audience):
        assert rules[wide].minimum_frequency >= rules[narrow].minimum_frequency
        assert rules[wide].minimum_population >= rules[narrow].minimum_population
        assert rules[wide].rounding_base >= rules[narrow].rounding_base or kind is SourceKind.SURVEY


def test_no_other_module_or_template_lists_the_audiences() -> None:
    """A rule may compare with one audience; two side by side, or the word of one, is a second table."""
    listed = re.compile(
        r"""Audience\.[A-Z]+(?:: [^,\n]+)?,\s+Audience\.[A-Z]"""
        r"""|(?:circle|audience)(?:\.kind)? (?:[!=]=|in|not in) [({\["']+(?:organisation|core|ring|public)["']"""
    )
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.html")]
    second = [
        path.relative_to(PACKAGE).as_posix()
        for path in files
        if "migrations" not in path.parts and listed.search(path.read_text())
    ]
    assert second == []
    assert listed.search("(Audience.CORE, Audience.RING)")
    assert listed.search('{% if circle.kind == "ring" %}')
