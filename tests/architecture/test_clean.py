"""Nothing from elsewhere in what is sent to a browser, no addresses of registries, no paths of one machine."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.conftest import Plant
from tests.architecture.reading import ROOT, files, package, shown

TEXT: Final = {
    ".py",
    ".md",
    ".toml",
    ".lock",
    ".json",
    ".yml",
    ".yaml",
    ".html",
    ".css",
    ".js",
    ".sh",
    ".cfg",
    ".po",
    "",
}
REGISTRIES: Final = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|jsdelivr|unpkg)\b"
)
MACHINES: Final = re.compile(r"(?<![\w.])/(?:root|home/\w+|work|Users)/\w")
FOREIGN: Final = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[\w-]+\.\w")
TAGS: Final = re.compile(r"\{%.*?%\}", re.DOTALL)  # `style=` in a template tag is its parameter
INLINE: Final = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
COMMENTS: Final = re.compile(
    r"/\*.*?\*/|<!--.*?-->|{#.*?#}|{% comment %}.*?{% endcomment %}|^\s*//.*?$", re.DOTALL | re.MULTILINE
)


def unclean(root: Path) -> list[str]:
    """Return every file that names a registry or a path of one machine."""
    found = []
    for path in files(root):
        if path.suffix not in TEXT or path == Path(__file__):
            continue
        text = path.read_text(encoding="utf-8")
        found += [f"{shown(path, root)} holds {hit}" for rule in (REGISTRIES, MACHINES) for hit in rule.findall(text)]
    return found


def foreign(root: Path) -> list[str]:
    """Return everything that a page would fetch from elsewhere, or that the content security policy would stop."""
    found = []
    for path in files(package(root), ".html", ".css", ".js"):
        text = COMMENTS.sub("", path.read_text(encoding="utf-8"))
        found += [f"{shown(path, root)} points to {hit}" for hit in FOREIGN.findall(text)]
        if path.suffix == ".html":
            found += [f"{shown(path, root)} has inline {hit.strip()}" for hit in INLINE.findall(TAGS.sub("", text))]
    return found


def test_no_registry_and_no_machine_is_named() -> None:
    assert unclean(ROOT) == []


def test_pages_need_nothing_from_elsewhere_and_nothing_inline() -> None:
    assert foreign(ROOT) == []


def test_locks_have_hashes_and_no_addresses() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    wanted = re.findall(r"^[a-z0-9][\w.-]*==", lock, re.MULTILINE)
    assert len(wanted) > 50
    assert len(re.findall(r"^[a-z0-9][^\n]*\\\n\s+--hash=sha256:", lock, re.MULTILINE)) == len(wanted)
    for name in ("requirements.lock", "package-lock.json"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "resolved" not in text
        assert not re.search(r"https?://[^\"]*\.tgz|--index-url|--find-links", text)


@pytest.mark.parametrize("text", ["see https://" + "pypi.org/x", "open /" + "root/x", "in /" + "home/ann/x"])
def test_a_planted_address_or_path_is_caught(plant: Plant, text: str) -> None:
    assert len(unclean(plant("docs/page.md", text))) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.html", '<script src="https://cdn.example.nl/x.js"></script>'),
        ("a.html", '<img src="//cdn.example.nl/x.png">'),
        ("a.html", '<p style="color: red">'),
        ("a.html", "<script>alert(1)</script>"),
        ("a.html", '<a onclick="x()">'),
        ("a.css", "@import url(https://fonts.example.nl/x.css);"),
        ("a.js", 'fetch("https://elders.example.nl")'),
    ],
)
def test_a_planted_stranger_is_caught(plant: Plant, path: str, text: str) -> None:
    assert len(foreign(plant(f"src/buurtbalans/site/templates/{path}", text))) == 1


def test_svg_and_own_scripts_are_fine(plant: Plant) -> None:
    text = '<svg xmlns="http://www.w3.org/2000/svg"></svg><script src="{% static "x.js" %}"></script>{# https://a.nl #}'
    assert foreign(plant("src/buurtbalans/site/templates/a.html", text)) == []
