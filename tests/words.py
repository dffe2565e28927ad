"""Measures the Dutch of the screens and of the method pages; `python -m tests.words` prints the figures.

With `--lines` it prints every text in question.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from buurtbalans.site.terms import NO_SCREEN_SAYS, TERMS

SENTENCE: Final = re.compile(r"(?<=[.?!])\s+")
WORD: Final = re.compile(r"%\(\w+\)[sd]|[\w’'-]+")
METHOD: Final = Path(__file__).parents[1] / "docs" / "method"
CODE: Final = re.compile(r"```.*?```|`[^`]*`|<!-- gemeten.*?<!-- einde -->|<!--.*?-->", re.DOTALL)
LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
ITEM: Final = re.compile(r"\s*(?:-|\d+\.)\s+")


def dutch_texts(*, terminal: bool = True) -> list[str]:
    """Return every Dutch text of the product, once, with or without those of the terminal; Django must be set up."""
    from tests.site.test_english import of_python, of_templates

    found = [
        each for each in [*of_python(), *of_templates()] if terminal or "/buurtbalans/cli/" not in each[0].as_posix()
    ]
    return sorted({text for _path, (_context, texts) in found for text in texts})


def method_texts() -> list[str]:
    """Return the paragraphs, items and cells of the method pages, without headings, code and addresses of links."""
    pages = (LINK.sub(r"\1", CODE.sub("", path.read_text(encoding="utf-8"))) for path in sorted(METHOD.glob("*.md")))
    return [text.replace("*", "") for page in pages for text in _parts(page)]


def _parts(page: str) -> Iterator[str]:
    """Yield each cell of a table apart, and what stands on lines that belong together as one text."""
    paragraph: list[str] = []
    for line in [*page.splitlines(), ""]:
        begins = ITEM.match(line)
        if paragraph and (begins or not line or line.startswith(("#", "|"))):
            yield " ".join(paragraph)
            paragraph = []
        if line.startswith("|"):
            yield from (cell.strip() for cell in line.strip("|").split("|"))
        elif line.strip() and not line.startswith("#"):
            paragraph.append(line[begins.end() :] if begins else line.strip())


def sentences(texts: Iterable[str]) -> Iterator[str]:
    """Yield what ends as a sentence; labels, headings and buttons do not."""
    for text in texts:
        yield from (part for part in SENTENCE.split(text) if part.endswith((".", "?", "!")))


def rules() -> dict[str, tuple[str, ...]]:
    """Return the patterns that no screen may hold, by the term or the rule that forbids them."""
    return {**{term.dutch: term.instead_of for term in TERMS if term.instead_of}, **NO_SCREEN_SAYS}


def broken(texts: Iterable[str]) -> dict[str, list[str]]:
    """Return the texts that break a rule, by rule."""
    texts = list(texts)
    return {
        rule: [text for text in texts if any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)]
        for rule, patterns in rules().items()
    }


def lengths(texts: Iterable[str]) -> tuple[float, float]:
    """Return the share of sentences of at most six words, and the mean number of words."""
    words = [len(WORD.findall(sentence)) for sentence in sentences(texts)]
    return sum(number <= 6 for number in words) / len(words), sum(words) / len(words)


def main() -> None:
    """Print the figures of the screens and of the method pages as they are now."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    for name, texts in (("screens", dutch_texts(terminal=False)), ("method pages", method_texts())):
        short, mean = lengths(texts)
        print(f"{name}: {len(texts)} texts; sentences of six words or fewer {short:.1%}; mean {mean:.1f} words")
        for rule, lines in broken(texts).items():
            print(f"{rule}: {len(lines)}", *(lines if "--lines" in sys.argv else ()), sep="\n    ")


if __name__ == "__main__":
    main()
