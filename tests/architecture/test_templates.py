"""No lower app extends, includes, renders or links something higher; only the design system is for all (ADR 0004)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.conftest import Plant
from tests.architecture.reading import APPS, ROOT, files, package, rank, room, shown

USES: Final = re.compile(r"""{%-?\s*(?:extends|include)\s+["']([^"']+)["']""")
LINKS: Final = re.compile(r"""{%-?\s*url\s+["']([^"']+)["']""")
RENDERS: Final = re.compile(r"""["']([\w-]+(?:/[\w.-]+)*\.html)["']""")
REVERSES: Final = re.compile(r"""\b(?:reverse|reverse_lazy|redirect|resolve_url)\(\s*["']([\w:-]+)["']""")
DESIGN_SYSTEM: Final = re.compile(r"^(base\.html|components/.+)$")
SIGN_IN: Final = "allauth"  # the library that `people` shows in its own templates
FROM_OUTSIDE: Final = ("account/", "allauth/", "mfa/", "registration/")


def owner(name: str, root: Path) -> str | None:
    """Return the room where a template stands, or None when nobody here has it."""
    for found in sorted(package(root).glob(f"**/templates/{name}")):
        return room(found, root)
    return None


def uses(text: str, python: bool) -> Iterator[tuple[str, bool]]:
    """Yield what a file uses: the name, and whether it is a link."""
    for name in (RENDERS if python else USES).findall(text):
        yield name, False
    for name in (REVERSES if python else LINKS).findall(text):
        yield name, True


def rooms_of_links(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> dict[str, str]:
    """Return for each name of an address the room whose view answers it."""
    found = {}
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= rooms_of_links(
                pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            )
        elif pattern.name:
            parts = getattr(pattern.callback, "view_class", pattern.callback).__module__.split(".")
            stands = "people" if parts[0] == SIGN_IN else "site"
            found[prefix + pattern.name] = parts[2] if parts[:2] == ["buurtbalans", "method"] else stands
    return found


def upward(root: Path, links: Mapping[str, str] | None = None) -> list[str]:
    """Return every template and link that a lower app takes from a higher room."""
    found = []
    for path in files(package(root), ".html", ".py"):
        here = room(path, root)
        if here not in APPS:
            continue
        for name, link in uses(path.read_text(encoding="utf-8"), path.suffix == ".py"):
            if not link and (DESIGN_SYSTEM.match(name) or name.startswith(FROM_OUTSIDE)):
                continue
            by_name = name.split(":")[0] if ":" in name else "site"
            there = (links or {}).get(name, by_name) if link else owner(name, root)
            if there is None:
                found.append(f"{shown(path, root)} uses {name}, which does not exist")
            elif rank(there) > rank(here):
                found.append(f"{shown(path, root)} {'links' if link else 'uses'} {name} of {there}")
    return found


def test_no_template_or_link_points_upward() -> None:
    assert upward(ROOT, rooms_of_links(get_resolver().url_patterns)) == []


@pytest.mark.parametrize(
    "line",
    [
        '{% extends "pages/frame.html" %}',
        "{% include 'rounds/line.html' %}",
        "{% include 'nowhere/line.html' %}",
        "{% url 'home' %}",
        '<a href="{% url "rounds:list" %}">',
    ],
)
def test_a_planted_use_in_a_template_is_caught(plant: Plant, line: str) -> None:
    plant("src/buurtbalans/site/templates/pages/frame.html", "")
    plant("src/buurtbalans/method/rounds/templates/rounds/line.html", "")
    root = plant("src/buurtbalans/method/stories/templates/stories/new.html", line)
    assert len(upward(root)) == 1


@pytest.mark.parametrize("line", ['reverse("home")', 'redirect("rounds:list")', 'render(request, "rounds/line.html")'])
def test_a_planted_use_in_a_view_is_caught(plant: Plant, line: str) -> None:
    plant("src/buurtbalans/method/rounds/templates/rounds/line.html", "")
    root = plant("src/buurtbalans/method/stories/views.py", line)
    assert len(upward(root)) == 1


def test_the_design_system_and_lower_rooms_are_fine(plant: Plant) -> None:
    text = """{% extends "base.html" %}{% include "components/leeg.html" %}{% include "stories/line.html" %}
    {% url 'stories:new' slug %}{% include panel.template %}"""
    plant("src/buurtbalans/method/stories/templates/stories/line.html", "")
    assert upward(plant("src/buurtbalans/method/rounds/templates/rounds/round.html", text)) == []
