"""GLOSSARY.md names only what the code has: a word that was renamed there is renamed here too."""

import re
from typing import Final

from tests.architecture.reading import ROOT, files, package

CODE: Final = re.compile(r"`([A-Za-z_]\w*)`")


def missing(glossary: str, code: str) -> list[str]:
    """Return the code words of the glossary that stand nowhere in the code."""
    return sorted(word for word in set(CODE.findall(glossary)) if not re.search(rf"\b{word}\b", code))


def test_every_code_word_exists() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in files(package(ROOT), ".py"))
    assert missing((ROOT / "GLOSSARY.md").read_text(encoding="utf-8"), code) == []


def test_a_planted_word_is_caught() -> None:
    assert missing("| ronde | `Round`, `Gone` |", "class Round: ...") == ["Gone"]
