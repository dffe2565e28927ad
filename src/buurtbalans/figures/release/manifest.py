"""The manifest: what a release is made of, from which files, and the seal of everything in it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from buurtbalans.figures.findings import Finding, Severity
from buurtbalans.figures.sources.delivery import SourceInfo

NAME: Final = "manifest.json"
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """The description of one release; nothing in it changes after the release was made.

    `maps` says per division year of the figures which year's map is used for it; `sha256s` holds a digest per file;
    `findings` are those of reading and those of the check at the moment of making.
    """

    id: str
    title: str
    created: datetime
    product: str
    invented: bool
    sources: tuple[SourceInfo, ...]
    periods: tuple[int, ...]
    indicators: tuple[str, ...]
    divisions: tuple[int, ...]
    maps: Mapping[int, int]
    counts: Mapping[str, int]
    regions: Mapping[str, int]
    findings: tuple[Finding, ...]
    sha256s: Mapping[str, str]

    def to_json(self) -> bytes:
        """Return the content of the file `manifest.json`."""
        content = {"format": FORMAT} | asdict(self) | {"created": self.created.isoformat()}
        return json.dumps(content, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, content: bytes) -> "Manifest":
        """Read a manifest back.

        Raises
        ------
        ValueError
            When the content is not a manifest of a format that this version knows.
        """
        try:
            raw: dict[str, Any] = json.loads(content)
            if raw.pop("format") != FORMAT:
                raise ValueError("an unknown format of manifest")
            raw["created"] = datetime.fromisoformat(raw["created"])
            raw["sources"] = tuple(_source(source) for source in raw["sources"])
            raw["findings"] = tuple(_finding(finding) for finding in raw["findings"])
            raw["maps"] = {int(year): map_year for year, map_year in raw["maps"].items()}
            for name in ("periods", "indicators", "divisions"):
                raw[name] = tuple(raw[name])
            return cls(**raw)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a manifest: {error}") from error


def digest(path: Path) -> str:
    """Return the sha256 of a file as hexadecimal text.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile() as file:
    ...     digest(Path(file.name))[:8]
    'e3b0c442'
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _source(raw: dict[str, Any]) -> SourceInfo:
    known = {field.name for field in fields(SourceInfo)}
    content = {name: value for name, value in raw.items() if name in known}
    return SourceInfo(**content | {"files": tuple((name, sha256) for name, sha256 in content["files"])})


def _finding(raw: dict[str, Any]) -> Finding:
    return Finding(**raw | {"weight": Severity(raw["weight"])})
