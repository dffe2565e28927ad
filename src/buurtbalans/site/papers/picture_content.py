"""What a paper of the picture shows: a version as it was frozen, or as long as there is none the working picture."""

from dataclasses import dataclass
from typing import Any

from buurtbalans.method.rounds.models import LineKind, PictureVersion, Round, Verdict
from buurtbalans.method.rounds.queries import picture, versions
from buurtbalans.site.papers.facts import Viewer


@dataclass(frozen=True, slots=True)
class PictureLine:
    """One line of the picture: its text, its number, whether it comes first, and what each claim below it says."""

    text: str
    number: str
    rests: tuple[str, ...]
    first: bool = False


@dataclass(frozen=True, slots=True)
class PictureContent:
    """The picture of a paper, the same for a version and for what is still being worked on."""

    finding: str
    need: str
    question: str
    lines: dict[LineKind, list[PictureLine]]
    dissent: tuple[tuple[str, str], ...]
    version: PictureVersion | None
    changed: bool

    @property
    def empty(self) -> bool:
        """Whether no line stands in it."""
        return not any(self.lines.values())


def picture_content(round: Round, viewer: Viewer) -> PictureContent:
    """Return the newest version that the viewer may read, else the lines that they may read already."""
    version, changed = versions.latest_version(round, viewer)
    return _working_picture(round, viewer) if version is None else _frozen(version, changed, viewer)


def _frozen(version: PictureVersion, changed: bool, viewer: Viewer) -> PictureContent:
    content = version.content
    lines = {kind: [_line(line) for line in kind_lines] for kind, kind_lines in versions.kinds_of(version, viewer)}
    dissent = tuple(
        (one["words"], _about(one["organisation"], one["numbers"])) for one in versions.frozen_dissent(version, viewer)
    )
    return PictureContent(content["finding"], content["need"], content["question"], lines, dissent, version, changed)


def _line(line: dict[str, Any]) -> PictureLine:
    rests = tuple(_evidence_text(one["verdict"], len(one["figures"]), len(one["stories"])) for one in line["claims"])
    return PictureLine(line["text"], str(line["number"] or ""), rests, bool(line["first"]))


def _about(organisation: str, numbers: list[int]) -> str:
    return f"{organisation}, bij regel {', '.join(map(str, numbers))}" if numbers else organisation


def _working_picture(round: Round, viewer: Viewer) -> PictureContent:
    lines = {
        kind: [_working_line(line) for line in kind_lines] for kind, kind_lines in picture.picture_of(round, viewer)
    }
    dissent = tuple(
        (one.own_words, f"{one.organisation}, over ‘{one.claim.text}’") for one in picture.dissent_of(round, viewer)
    )
    return PictureContent(round.finding, round.need, round.question, lines, dissent, None, False)


def _working_line(line: Any) -> PictureLine:
    rests = tuple(_evidence_text(claim.verdict, claim.figures, claim.stories) for claim in line.claims.all())
    return PictureLine(line.text, str(getattr(line, "number", "")), rests)


def _evidence_text(verdict: str, figures: int, stories: int) -> str:
    said = str(Verdict(verdict).label) if verdict else "nog geen conclusie"
    return f"{said} · {_count(figures, 'cijfer', 'cijfers')} · {_count(stories, 'verhaal', 'verhalen')}"


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
