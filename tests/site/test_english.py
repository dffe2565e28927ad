"""English: every Dutch text of the product has an English one, and every text in the list is still used."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation.template import templatize

import buurtbalans
import hatch_build
from buurtbalans.figures import sentence
from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.balance import bubbles
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.comparison import standing, trend
from buurtbalans.site import words
from buurtbalans.site.pages.city_comparison import CITY_WORDS

PACKAGE = Path(buurtbalans.__file__).parent
PO = Path(hatch_build.__file__).parent / hatch_build.LOCALE / "en" / "LC_MESSAGES" / "django.po"
NAMED = re.compile(r"%\((\w+)\)[sd]|%[sd]")
GETTEXT = {"gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
WITH_CONTEXT = {"pgettext": 1, "pgettext_lazy": 1, "npgettext": 2, "npgettext_lazy": 2}
OF_TEXTS = ("django.utils.translation", "text", "buurtbalans.placing.text", "buurtbalans.figures.text")
Key = tuple[str, tuple[str, ...]]  # context, then singular and plural


def texts_of(message: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


def read() -> list[Message]:
    with PO.open("rb") as file:
        return [message for message in read_po(file, locale="en") if message.id]


MESSAGES = read()
ENGLISH: dict[Key, tuple[str, ...]] = {(m.context or "", texts_of(m.id)): texts_of(m.string) for m in MESSAGES}


def called(source: str) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    """Yield context and literals of every gettext call, whatever the module calls it; None: no literal."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in OF_TEXTS
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        real = names.get(node.func.id, "")
        start, count = (1, WITH_CONTEXT[real]) if real in WITH_CONTEXT else (0, GETTEXT.get(real, 0))
        if real == "Text":  # of the placing, which knows no Django: one, or one and many
            count = min(2, len(node.args))
        parts = [part.value if isinstance(part, ast.Constant) else None for part in node.args[: start + count]]
        if count:
            literal = tuple(str(part) for part in parts[start:])
            yield str(parts[0]) if start else "", None if None in parts else literal


def of_python() -> Iterator[tuple[Path, Key]]:
    for path in PACKAGE.rglob("*.py"):
        for context, literal in called(path.read_text()):
            if literal is not None:
                yield path, (context, literal)


def of_templates() -> Iterator[tuple[Path, Key]]:
    """Yield what templates translate: Django turns them into calls, as it does for xgettext."""
    head = "from django.utils.translation import gettext, gettext as _, ngettext, pgettext, npgettext\n"
    for path in [*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]:
        calls = re.findall(
            r"\b(?:n?p?gettext|_)\((?:[^()\"']|u?\"(?:\\.|[^\"\\])*\"|u?'(?:\\.|[^'\\])*')*\)",
            templatize(path.read_text()),
        )
        for context, literal in called(head + "\n".join(calls)):
            if literal is not None:
                yield path, (context, literal)


@cache
def used() -> list[tuple[Path, Key]]:
    """Return every text of the source with where it stands; not when this is imported, as every worker does."""
    return [*of_python(), *of_templates()]


def fields(text: str) -> set[str]:
    """Return the placeholders of a text."""
    return {found[0] for found in NAMED.finditer(text)} | {name for _, name, _, _ in Formatter().parse(text) if name}


def test_no_text_is_without_translation_or_fuzzy() -> None:
    assert len(MESSAGES) > 1_000
    assert [m.id for m in MESSAGES if m.fuzzy or not all(text.strip() for text in texts_of(m.string))] == []


def test_singular_and_plural_have_as_many_texts() -> None:
    assert [m.id for m in MESSAGES if len(texts_of(m.id)) != len(texts_of(m.string))] == []


def test_placeholders_are_the_same() -> None:
    wrong = [
        (dutch, english)
        for message in MESSAGES
        for dutch, english in zip(texts_of(message.id), texts_of(message.string), strict=True)
        if fields(dutch) != fields(english)
    ]
    assert wrong == []


def test_spaces_at_the_ends_are_kept() -> None:
    pairs = [
        (dutch, english) for (_, ids), strings in ENGLISH.items() for dutch, english in zip(ids, strings, strict=True)
    ]
    assert [d for d, e in pairs if (d[:1] == " ", d[-1:] == " ") != (e[:1] == " ", e[-1:] == " ")] == []


def test_every_text_of_the_source_is_in_the_list() -> None:
    assert len(used()) > 1_000
    assert sorted({f"{path.relative_to(PACKAGE)}: {key}" for path, key in used() if key not in ENGLISH}) == []


def test_the_list_holds_no_text_that_nobody_uses() -> None:
    assert sorted(set(ENGLISH) - {key for _, key in used()}) == []


def test_a_gettext_under_another_name_is_still_found() -> None:
    source = "from django.utils.translation import gettext_lazy as later\nlater('stad')\nlater(name)\n"
    assert list(called(source)) == [("", ("stad",)), ("", None)]


def spoken() -> set[str]:
    """Return every Dutch word that the figures hand to a template."""
    classes = [*standing.WORDS, standing.ALIKE, *standing.MAYBE]
    short = [each.removesuffix(" dan de stad").removesuffix(" van de stad") for each in classes]
    more = ("meer", "minder", "hoger", "lager")
    trends = [trend.NO_TREND, trend.RISES, trend.FALLS, trend.MAY_RISE, trend.MAY_FALL]
    units = {each.unit for each in catalogue().values()} | {each.theme for each in catalogue().values()}
    both = ("duidelijk of iets zwakker", "iets of duidelijk sterker")
    return {
        *bubbles.SIDES,
        *bubbles.MAYBE,
        bubbles.ALIKE,
        *both,
        *classes,
        *short,
        *CITY_WORDS,
        *standing.AMOUNTS,
        *standing.HEIGHTS,
        *more,
        *(f"misschien {each}" for each in more),
        "geen verschil",
        "geen duidelijk verschil",
        *trends,
        *sentence.ABSENT.values(),
        *AreaLevel,
        *units,
    }


def test_every_word_of_the_figures_has_an_english_one() -> None:
    assert sorted(word for word in spoken() if ("", (word,)) not in ENGLISH) == []


def test_every_gathered_word_is_one_that_the_figures_can_say() -> None:
    listed = [
        *words.CLASSES,
        *words.SHORT_CLASSES,
        *words.BUBBLES,
        *words.STEPS,
        *words.DIFFERENCES,
        *words.LEVELS,
        *words.UNITS,
        *words.THEMES,
    ]
    assert sorted(set(listed) - spoken()) == []


def test_every_indicator_has_an_english_name() -> None:
    assert [each.id for each in catalogue().values() if not each.name_en.strip()] == []


def test_every_text_of_the_catalogue_has_an_english_one() -> None:
    entries = [*catalogue().values(), *catalogue().sources.values()]
    names = ("definition", "caveat", "example", "tells", "cannot")
    lacking = [
        f"{entry.id}.{name}"
        for entry in entries
        for name in names
        if bool(getattr(entry, name, "")) != bool(getattr(entry, f"{name}_en", ""))
    ]
    assert lacking == []


def test_the_build_makes_what_gettext_reads(tmp_path: Path, settings) -> None:
    target = tmp_path / hatch_build.LOCALE / "en" / "LC_MESSAGES" / "django.po"
    target.parent.mkdir(parents=True)
    target.write_bytes(PO.read_bytes())
    hatch_build.compile_texts(tmp_path)
    assert target.with_suffix(".mo").is_file()
    settings.LOCALE_PATHS = [target.parents[2]]
    with translation.override("en"):
        assert translation.gettext("Mijn buurten") == "My neighbourhoods"
        assert translation.pgettext("verhaal", "zorg") == "concern"
        assert translation.ngettext("1 verhaal", "%(number)s verhalen", 2) == "%(number)s stories"
    with translation.override("nl"):
        assert translation.gettext("Mijn buurten") == "Mijn buurten"
