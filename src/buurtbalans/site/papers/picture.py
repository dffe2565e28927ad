"""The paper of the shared picture: one page with strengths first, what is unknown, and who sees it otherwise."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils import timezone

from buurtbalans.method.datasets.queries import releases
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Claim, Gap, LineKind, PictureVersion, Round, Stance
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.rounds.queries import round as round_queries
from buurtbalans.method.rounds.queries import versions
from buurtbalans.method.rounds.rules import may_in
from buurtbalans.site.pages.round_balance import levels, town_of
from buurtbalans.site.papers.content import Block, Colour, Heading, Item, Items, Pair, Paper, Quote, Words
from buurtbalans.site.papers.drawings import of_levels, of_place
from buurtbalans.site.papers.facts import Viewer, day, fact, figures_line, names, notice, sentence, sources_line
from buurtbalans.site.papers.picture_content import PictureContent, picture_content

KIND = "Gedeeld beeld"
NUMBERED: Final[dict[LineKind, Colour]] = {
    LineKind.STRENGTH: "kracht",
    LineKind.CHANCE: "kans",
    LineKind.CONCERN: "zorg",
}
SUPPOSED: Final = Words("Dit zijn vermoedens, die nog niet zijn bewezen.", look="klein")
NOTHING: Final = Words("Dit deel van het beeld is nog niet ingevuld.", look="klein")


def picture_paper(round: Round, viewer: Viewer) -> Paper:
    """Return the picture as far as the viewer may read it; what is missing stands on top."""
    shown, claims = picture_content(round, viewer), list(claims_queries.claims_of(round, viewer))
    version = shown.version
    blocks: list[Block] = [*notice("Dit beeld is nog niet af", _missing(shown))]
    blocks.append(Words(shown.question, lead="Onze vraag:", look="intro"))
    blocks += _top(round, shown, claims)
    if not shown.empty:
        blocks += _body(round, viewer, shown, claims)
    return Paper(
        KIND,
        round.neighbourhood.name,
        shown.finding or shown.question,
        day(version.at if version else timezone.now()),
        f"versie {version.number}" if version else "concept",
        tuple(blocks),
        tuple(_foot(round, viewer, claims, shown)),
        one_page=True,
    )


def _missing(shown: PictureContent) -> list[str]:
    if shown.empty:
        return ["Er staat nog geen regel in die u mag lezen. De kerngroep maakt het beeld in stap 4, Duiden."]
    lines = []
    if bare := [str(kind.label).lower() for kind in (LineKind.STRENGTH, LineKind.CONCERN) if not shown.lines[kind]]:
        lines.append(f"Er staan nog geen {names(bare)} in.")
    if shown.version is None:
        lines.append("Het is nog niet voorgelegd aan de organisaties.")
    elif shown.version.agreed_at is None:
        lines.append("De organisaties stelden het nog niet vast.")
    if shown.version is not None and shown.changed:
        lines.append("De kerngroep werkt alweer aan een volgende versie.")
    return lines


def _top(round: Round, shown: PictureContent, claims: Sequence[Claim]) -> list[Block]:
    told = {e.story for claim in claims for e in claim.laid if e.story is not None}
    release, year = releases.release(round.release), round.neighbourhood.division
    mapped = year in release.manifest.maps or year in release.divisions
    stories = sorted(told, key=lambda story: story.pk)
    drawn = of_place(round.neighbourhood, release.division(year), stories) if mapped else None
    beside: list[Block] = _balance(round, shown)
    if shown.need:
        beside += [Heading("Wat de buurt nodig heeft"), Words(shown.need, look="intro")]
    if ahead := _ahead(round):
        beside += [Heading("Hoe het verdergaat"), ahead]
    if drawn is None:
        return beside
    return [Pair(tuple(beside) or (Words(round.occasion),), (drawn, Words(drawn.says, look="klein")), 0.68)]


def _balance(round: Round, shown: PictureContent) -> list[Block]:
    """Return the three bubbles of the release that the picture speaks of: of a version the one of then."""
    frozen = shown.version.content if shown.version else {}
    release, year = frozen.get("release", round.release), frozen.get("division", round.neighbourhood.division)
    level_rows = levels(round.neighbourhood, release, year)
    if not level_rows:
        return []
    town = town_of(round.neighbourhood, release, year)
    note = f"Vergeleken met {town}. Links is zwakker, rechts is sterker. Tussen de streepjes: als de stad."
    return [Heading("De buurt in balans"), of_levels(level_rows), Words(note, look="klein")]


def _body(round: Round, viewer: Viewer, shown: PictureContent, claims: Sequence[Claim]) -> list[Block]:
    parts: list[tuple[Block, ...]] = [
        _lines(LineKind.STRENGTH, shown),
        _lines(LineKind.CHANCE, shown),
        _lines(LineKind.CONCERN, shown),
        (*_lines(LineKind.CAUSE, shown), *((SUPPOSED,) if shown.lines[LineKind.CAUSE] else ())),
        (Heading("Wat we niet weten"), *unknown_blocks(round, viewer, shown, claims)),
        (Heading("Afwijkende meningen"), *_dissent(shown, viewer)),
    ]
    if said := _comments(shown, viewer):
        parts.append((Heading("Bewoners over dit beeld"), *said))
    rows = [parts[start : start + 2] for start in range(0, len(parts), 2)]
    return [Pair(tuple(row[0]), tuple(row[1]) if len(row) > 1 else ()) for row in rows]


def _lines(kind: LineKind, shown: PictureContent) -> tuple[Block, ...]:
    colour = NUMBERED.get(kind, "")
    items = tuple(
        Item(line.text, line.number if colour else "", colour, ("dit komt eerst", *line.rests)[not line.first :])
        for line in shown.lines[kind]
    )
    return (Heading(str(kind.label)), Items(items) if items else NOTHING)


def unknown_blocks(round: Round, viewer: Viewer, shown: PictureContent, claims: Sequence[Claim]) -> Iterable[Block]:
    """Return what is not known: of a version the questions that were open when it was frozen."""
    items = [Item(line.text) for line in shown.lines[LineKind.UNKNOWN]]
    if shown.version is None:
        items += [_gap_item(gap) for gap in claims_queries.gaps_of(round, viewer) if not gap.answer]
    else:
        items += [Item(gap.what) for gap in versions.open_questions(shown.version, viewer)]
        items += _unread_questions(shown.version, viewer)
    items += _absent_figure_items(claims)
    return [Items(tuple(items)) if items else NOTHING]


def _unread_questions(version: PictureVersion, viewer: Viewer) -> Iterable[Item]:
    """Yield how many questions were open in a version, for somebody outside the core group, who does not read them."""
    number = len(version.content.get("gaps", ()))
    if number and not may_in(viewer, Permission.READ, version.round):
        asked = "was er 1 open vraag" if number == 1 else f"waren er {number} open vragen"
        yield Item(f"Toen dit beeld werd voorgelegd, {asked}.", notes=("Alleen de kerngroep leest de vragen zelf.",))


def _gap_item(gap: Gap) -> Item:
    before = f" vóór {day(gap.before)}" if gap.before else ""
    return Item(gap.what, notes=(f"{gap.organisation} vraagt het aan {gap.whom}{before}.",))


def _absent_figure_items(claims: Sequence[Claim]) -> Iterable[Item]:
    """Yield each figure beside the claims that is absent, once, with its reason and source."""
    absent = [e.told for claim in claims for e in claim.laid if e.told and e.told["absence"]]
    for figure in {f["name"]: f for f in absent}.values():
        said = fact(figure)
        yield Item(said.sentence, notes=(f"{said.absence} {said.source}",))


def _dissent(shown: PictureContent, viewer: Viewer) -> Iterable[Block]:
    blocks: list[Block] = [Quote(_bare(words), by) for words, by in shown.dissent]
    opinions = versions.version_opinions(shown.version, viewer) if shown.version else []
    blocks += [
        Quote(_bare(row.voice.words), _about_picture(row))
        for row in opinions
        if row.voice is not None and row.voice.stance != Stance.AGREE
    ]
    return blocks or [Words("Er zijn geen afwijkende meningen gegeven.", look="klein")]


def _about_picture(row: versions.VersionOpinionRow) -> str:
    """Return whose opinion it is, and for the round what everybody reads of it when that is not all."""
    stance = row.voice.get_stance_display() if row.voice else ""
    return ". ".join(filter(None, (f"{row.name}, over dit beeld: {stance}", row.public_note.rstrip("."))))


def _comments(shown: PictureContent, viewer: Viewer) -> list[Block]:
    blocks: list[Block] = []
    for comment in versions.comments_of(shown.version, viewer) if shown.version else ():
        blocks.append(Quote(_bare(comment.text), comment.who))
        blocks.append(Words(comment.answer or "Hierop is nog niet geantwoord.", lead="Ons antwoord:"))
    return blocks


def _ahead(round: Round) -> Words | None:
    coming = round.next_meeting
    if coming is None:
        return None
    return Words(sentence(coming.what), lead=f"{day(coming.at)}:" if coming.at else "")


def _foot(round: Round, viewer: Viewer, claims: Sequence[Claim], shown: PictureContent) -> Iterable[str]:
    version = shown.version
    if version is None:
        yield f"Kerngroep: {names(round_queries.organisations_of(round))}."
    else:
        if version.agreed_at:
            yield f"Vastgesteld op {day(version.agreed_at)}."
        yield _stances_line(version, viewer)
    figures = [e.told for claim in claims for e in claim.laid if e.told]
    yield " ".join(filter(None, (figures_line(round), sources_line(figures))))


def _stances_line(version: PictureVersion, viewer: Viewer) -> str:
    """Return which organisations agree with a version, which do not, and of which the viewer reads no opinion."""
    voices = versions.voices_of(version, viewer)
    agreed = [voice.organisation for voice in voices if voice.stance != Stance.DISAGREE]
    against = [voice.organisation for voice in voices if voice.stance == Stance.DISAGREE]
    silent = [row.name for row in versions.version_opinions(version, viewer) if row.voice is None]
    stances = (("Eens", agreed), ("Oneens", against), ("Geen mening gedeeld", silent))
    return " ".join(f"{words}: {names(items)}." for words, items in stances if items)


def _bare(words: str) -> str:
    return words.strip().strip("‘’'\"")
