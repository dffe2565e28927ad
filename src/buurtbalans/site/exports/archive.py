"""The archive copy of a round: its chain as JSON and as CSV per kind, its papers, and a manifest that seals them."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any, Final

from django.utils import timezone, translation

from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.rules import may_in
from buurtbalans.site.exports.chain import Chain, whole_chain
from buurtbalans.site.exports.writers import harmless
from buurtbalans.site.papers.papers import PAPERS, paper_of
from buurtbalans.site.papers.pdf import as_pdf
from buurtbalans.site.papers.word import as_word

Say = Callable[[str], object]
FORMAT: Final = 1  # of the archive: what a later version changes in the files, it counts up here


def archive(round: Round, viewer: Person, say: Say = lambda words: None) -> dict[str, bytes]:
    """Return every file of the archive by its name, with only what the viewer may see."""
    with translation.override("nl"):
        say("De keten wordt gelezen")
        chain = whole_chain(round, viewer)
        files = {"chain.json": _json({"format": FORMAT, "round": round.slug, **chain})}
        files |= {f"{kind}.csv": as_csv(items) for kind, items in chain.items()}
        papers = [name for name, about in PAPERS.items() if about.for_ring or may_in(viewer, Permission.READ, round)]
        for name in papers:
            say(f"Het papier wordt gemaakt: {str(PAPERS[name].title).lower()}")
            paper = paper_of(name, round, viewer)
            files |= {f"{name}.pdf": as_pdf(paper), f"{name}.docx": as_word(paper)}
        files["manifest.json"] = _json(_manifest(round, viewer, chain, files))
    return files


def _manifest(round: Round, viewer: Person, chain: Chain, files: Mapping[str, bytes]) -> dict[str, Any]:
    left_out = [name for name in PAPERS if f"{name}.pdf" not in files]
    return {
        "format": FORMAT,
        "round": round.slug,
        "question": round.question,
        "neighbourhood": round.neighbourhood.name,
        "release": round.release,
        "caller": viewer.username,
        "made_on": timezone.localdate().isoformat(),
        "version": version("buurtbalans"),
        "items": {kind: len(items) for kind, items in chain.items()},
        "not_for_this_caller": left_out,
        "files": [
            {"name": name, "bytes": len(made), "sha256": hashlib.sha256(made).hexdigest()}
            for name, made in sorted(files.items())
        ],
    }


def as_csv(items: list[dict[str, Any]]) -> bytes:
    """Return items of one kind as CSV as Dutch Excel reads it; no text in it can run as a formula.

    >>> as_csv([{"id": "gap:1", "what": "=1+1", "rests_on": ["claim:1", "claim:2"]}]).decode().splitlines()[1]
    "gap:1;'=1+1;claim:1 claim:2"
    """
    heads = list(dict.fromkeys(name for item in items for name in item)) or ["id"]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(heads)
    writer.writerows([_cell(item.get(name)) for name in heads] for item in items)
    return ("\ufeff" + out.getvalue()).encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return harmless(" ".join(value))
    if isinstance(value, list | dict):
        return harmless(json.dumps(value, ensure_ascii=False))
    return str(value).replace(".", ",") if isinstance(value, float) else harmless(str(value))


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
