"""Checksums: a file whose sha256 lies beside it must still be that file, because a changed digit shows nowhere else."""

import re
from pathlib import Path
from typing import Final

from buurtbalans.figures.findings import Finding, Severity
from buurtbalans.figures.sources.text import FETCH

_LINE: Final = re.compile(r"^\\?([0-9a-fA-F]{64})[ \t]+\*?(.+?)\s*$")
_LISTS: Final = ("SHA256SUMS", "sha256sums.txt")


def changed(folder: Path, files: tuple[tuple[str, str], ...]) -> list[Finding]:
    """Refuse each file whose sha256 is not the one written beside it, in `NAME.sha256` or `SHA256SUMS`.

    Parameters
    ----------
    folder
        Where the files lie.
    files
        Name and sha256 of each file, as read.
    """
    findings: list[Finding] = []
    for name, sha256 in files:
        expected = _expected(folder, name)
        if expected and sha256 not in expected:
            what = "Het bestand is veranderd of beschadigd. De controlesom ernaast klopt niet."
            findings.append(Finding(Severity.REFUSE, what, FETCH, name))
    return findings


def _expected(folder: Path, name: str) -> set[str]:
    sums: set[str] = set()
    for path in (folder / f"{name}.sha256", *(folder / each for each in _LISTS)):
        if not path.is_file():
            continue
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            if (told := _LINE.match(line)) and Path(told[2]).name == name:
                sums.add(told[1].lower())
    return sums
