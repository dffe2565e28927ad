"""The paper of the shared picture: one page with strengths first, what is unknown, and who sees it otherwise."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils import timezone

from buurtbalans.method.datasets import queries as datasets
from buurtbalans.method.rounds import queries
from buurtbalans.method.rounds.models import (
    Claim,
    Comment,
    LineKind,
    PictureLine,
    PictureVersion,
    PictureVoice,
    Round,
    Stance,
    Verdict,
)  # fmt: skip

from .content import Block, Colour, Heading, Item, Items, Pair, Paper, Quote, Words
from .drawings import of_place
from .facts import Viewer, day, fact, figures_line, names, notice, sentence, sources_line

KIND = "Gedeeld beeld"
NUMBERED: Final[dict[str, Colour]] = {"kracht": "kracht", "kans": "kans", "zorg": "zorg"}
NOTHING: Final = Words("Nog niets opgeschreven.", look="klein")


def picture_paper(round: Round, viewer: Viewer) -> Paper:
    """Return the picture as far as the viewer may read it; what is missing stands on top."""
    kinds = dict(queries.picture_of(round, viewer))
    claims = list(queries.claims_of(round, viewer))
    version = PictureVersion.objects.visible_to(viewer).filter(round=round).first()
    lines = [line for found in kinds.values() for line in found]
    blocks: list[Block] = [*notice("Dit beeld is nog niet af", _missing(kinds, version))]
    blocks.append(Words(round.question, lead="Onze vraag:", look="intro"))
    blocks += _top(round, claims)
    if lines:
        blocks += _body(round, viewer, kinds, claims, version)
    return Paper(
        KIND, round.neighbourhood.name, round.finding or round.question, day(version.at if version else timezone.now()),
        f"versie {version.number}" if version else "concept", tuple(blocks),
        tuple(_foot(round, claims, version)), one_page=True,
    )  # fmt: skip


def _missing(kinds: dict[LineKind, list[PictureLine]], version: PictureVersion | None) -> list[str]:
    if not any(kinds.values()):
        return ["Er staat nog geen regel in die u mag lezen. De kerngroep maakt het beeld in stap 4, Duiden."]
    lines = []
    if empty := [str(kind.label).lower() for kind in (LineKind.STRENGTH, LineKind.CONCERN) if not kinds[kind]]:
        lines.append(f"Er staan nog geen {names(empty)} in.")
    if version is None:
        lines.append("Het is nog niet voorgelegd aan de organisaties.")
    elif version.agreed_at is None:
        lines.append("De organisaties stelden het nog niet vast.")
    return lines


def _top(round: Round, claims: Sequence[Claim]) -> list[Block]:
    told = {e.story for claim in claims for e in claim.laid if e.story is not None}
    division = datasets.release(round.release).division(round.neighbourhood.division)
    drawn = of_place(round.neighbourhood, division, sorted(told, key=lambda story: story.pk))
    beside: list[Block] = [Heading("Wat de buurt nodig heeft"), Words(round.need, look="intro")] if round.need else []
    if ahead := _ahead(round):
        beside += [Heading("Zo gaan we verder"), ahead]
    if drawn is None:
        return beside
    return [Pair(tuple(beside) or (Words(round.occasion),), (drawn, Words(drawn.says, look="klein")), 0.68)]


def _body(
    round: Round, viewer: Viewer, kinds: dict[LineKind, list[PictureLine]], claims: Sequence[Claim],
    version: PictureVersion | None,
) -> list[Block]:  # fmt: skip
    parts = [
        _lines(LineKind.STRENGTH, kinds), _lines(LineKind.CHANCE, kinds), _lines(LineKind.CONCERN, kinds),
        (*_lines(LineKind.CAUSE, kinds), Words("Dit zijn vermoedens, geen bewijs.", look="klein")),
        (Heading("Wat we niet weten"), *_unknown(round, viewer, kinds[LineKind.UNKNOWN], claims)),
        (Heading("Hier denkt iemand anders over"), *_dissent(round, viewer, version)),
    ]  # fmt: skip
    if said := _comments(version):
        parts.append((Heading("Bewoners over dit beeld"), *said))
    rows = [parts[start : start + 2] for start in range(0, len(parts), 2)]
    return [Pair(tuple(row[0]), tuple(row[1]) if len(row) > 1 else ()) for row in rows]


def _lines(kind: LineKind, kinds: dict[LineKind, list[PictureLine]]) -> tuple[Block, ...]:
    colour = NUMBERED.get(kind.value, "")
    items = tuple(
        Item(line.text, str(line.number) if colour else "", colour, tuple(_rests(claim) for claim in line.claims.all()))
        for line in kinds[kind]
    )
    return (Heading(str(kind.label)), Items(items) if items else NOTHING)


def _rests(claim: Any) -> str:
    verdict = f"{Verdict(claim.verdict).label} · " if claim.verdict else "nog niet getoetst · "
    return f"{verdict}{_count(claim.figures, 'cijfer', 'cijfers')} · {_count(claim.stories, 'verhaal', 'verhalen')}"


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _unknown(round: Round, viewer: Viewer, lines: Sequence[PictureLine], claims: Sequence[Claim]) -> Iterable[Block]:
    items = [Item(line.text) for line in lines]
    for gap in queries.gaps_of(round, viewer):
        if not gap.answer:
            before = f" vóór {day(gap.before)}" if gap.before else ""
            items.append(Item(gap.what, notes=(f"{gap.organisation} vraagt het aan {gap.whom}{before}.",)))
    absent = [e.told for claim in claims for e in claim.laid if e.told and e.told["absence"]]
    for figure in {f["name"]: f for f in absent}.values():
        said = fact(figure)
        items.append(Item(said.sentence, notes=(f"{said.absence} {said.source}",)))
    return [Items(tuple(items)) if items else NOTHING]


def _dissent(round: Round, viewer: Viewer, version: PictureVersion | None) -> Iterable[Block]:
    found: list[Block] = [
        Quote(_bare(one.words), f"{one.organisation}, over ‘{one.claim.text}’")
        for one in queries.dissent_of(round, viewer)
    ]
    found += [
        Quote(_bare(voice.words), f"{voice.organisation}, over dit beeld: {voice.get_stance_display()}")
        for voice in _voices(version) if voice.stance != Stance.AGREE
    ]  # fmt: skip
    return found or [Words("Niemand gaf een andere mening.", look="klein")]


def _comments(version: PictureVersion | None) -> list[Block]:
    found: list[Block] = []
    for comment in Comment.objects.filter(picture=version, withdrawn_at=None) if version else ():
        found.append(Quote(_bare(comment.text), comment.who))
        found.append(Words(comment.answer or "Hierop is nog niet geantwoord.", lead="Ons antwoord:"))
    return found


def _ahead(round: Round) -> Words | None:
    if not round.next_at and not round.next_what:
        return None
    return Words(sentence(round.next_what), lead=f"{day(round.next_at)}:" if round.next_at else "")


def _voices(version: PictureVersion | None) -> list[PictureVoice]:
    return list(PictureVoice.objects.filter(picture=version).select_related("organisation")) if version else []


def _foot(round: Round, claims: Sequence[Claim], version: PictureVersion | None) -> Iterable[str]:
    voices = _voices(version)
    seated = [each.name for each in queries.organisations_of(round)]
    agreed = [str(voice.organisation) for voice in voices if voice.stance != Stance.DISAGREE]
    against = [str(voice.organisation) for voice in voices if voice.stance == Stance.DISAGREE]
    silent = [name for name in seated if name not in {str(voice.organisation) for voice in voices}]
    if version is not None and version.agreed_at:
        yield f"Vastgesteld op {day(version.agreed_at)}."
    said = [f"Eens: {names(agreed)}." if agreed else "", f"Niet eens: {names(against)}." if against else ""]
    yield " ".join([*filter(None, said), f"Nog geen mening: {names(silent)}." if silent else ""]).strip()
    figures = [e.told for claim in claims for e in claim.laid if e.told]
    yield " ".join(filter(None, (figures_line(round), sources_line(figures))))


def _bare(words: str) -> str:
    return words.strip().strip("‘’'\"")
