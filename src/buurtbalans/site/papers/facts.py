"""How papers of a round say what they have in common: dates, figures with their source, verdicts, who agrees."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.formats import date_format

from buurtbalans.figures.observation import Absence
from buurtbalans.method.datasets.queries import releases
from buurtbalans.method.people.models import Person
from buurtbalans.method.rounds.models import Round
from buurtbalans.site.look.absence import PATTERNS
from buurtbalans.site.papers.content import Fact, Notice
from buurtbalans.site.papers.drawings import of_absence, of_figure

Viewer = Person | AnonymousUser
SAYS = {"ja": "Zegt ja.", "nee": "Zegt nee.", "ja en nee": "Zegt ja en nee.", "niets": "Zegt niets."}


def day(when: date | datetime | None) -> str:
    """Return a day in words, "14 januari 2027", of a moment the day in Amsterdam."""
    if when is None:
        return ""
    return date_format(timezone.localtime(when) if isinstance(when, datetime) else when, "j F Y")


def fact(figure: Mapping[str, Any], says: str = "", note: str = "") -> Fact:
    """Return a frozen figure as its sentence and range, or its name and why it is absent; always with its source."""
    source = f"Bron: {figure['source_line']} · grenzen van {figure['division']}"
    says = SAYS.get(says, "")
    if figure["absence"]:
        reason = PATTERNS[Absence(figure["absence"])]
        return Fact(sentence(figure["name"]), source, of_absence(figure["absence"]), str(reason.why), says, note)
    return Fact(str(figure["sentence"]), source, of_figure(figure), "", says, note)


def sentence(text: object) -> str:
    """Return words as a sentence: a capital in front and one point behind."""
    words = str(text).strip()
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '!', '?', '’', '…')) else '.'}" if words else ""


def names(items: Iterable[object]) -> str:
    """Return names in a row: "Wonen Waterdam, Haven Wonen en De Brug"; with semicolons where a name holds a comma."""
    *first, last = [str(each) for each in items] or [""]
    apart = "; " if any("," in each for each in (*first, last)) else ", "
    return f"{apart.join(first)} en {last}" if first else last


def notice(title: str, lines: Sequence[str]) -> tuple[Notice, ...]:
    """Return what is missing, or nothing when all is there."""
    return (Notice(title, tuple(lines)),) if lines else ()


def figures_line(round: Round) -> str:
    """Return which figures a round holds on to, and of which boundaries."""
    release = releases.release(round.release)
    invented = " De stad, de mensen en de cijfers zijn verzonnen." if release.manifest.invented else ""
    called, year = releases.release_words(round.release), round.neighbourhood.division
    return f"Cijfers: {called}, buurtgrenzen van {year}.{invented}"


def sources_line(figures: Iterable[Mapping[str, Any]]) -> str:
    """Return every source that was used, each once, in the order of use."""
    lines = dict.fromkeys(str(figure["source_line"]) for figure in figures)
    return f"Bronnen: {'; '.join(lines)}." if lines else ""
