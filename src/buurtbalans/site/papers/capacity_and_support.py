"""What the paper of the plan says of room and support: what holds, why, until when, and what falls short."""

from collections.abc import Iterable

from buurtbalans.method.capacities import queries
from buurtbalans.method.capacities.models import Capacity, Support
from buurtbalans.method.rounds.models import Round
from buurtbalans.site.papers.content import Block, Heading, Item, Items
from buurtbalans.site.papers.facts import Viewer, day, names


def carrying(round: Round, viewer: Viewer) -> Iterable[Block]:
    """Yield what was agreed on room and support, as far as the viewer may read it."""
    held = [(line.name, line.held) for line in queries.lines_of(round, viewer) if line.held]
    supports = list(queries.supports_of(round, viewer))
    if held or supports:
        yield Heading("Plaatsingsruimte en ondersteuning")
    if held:
        yield Items(tuple(Item(_room(name, one), notes=tuple(_notes(one))) for name, one in held))
    if supports:
        yield Items(tuple(Item(_needed(support), notes=(support.reason, _review(support))) for support in supports))


def _room(name: str, one: Capacity) -> str:
    return f"{name}: ruimte voor {queries.range_words(*one.room)} huishoudens. {one.reason}"


def _notes(one: Capacity) -> Iterable[str]:
    for effort in one.needed:
        said = "Moet eerst staan" if effort in one.waiting_for else "Staat"
        yield f"{said}: {effort.what}"
    for voice in one.voices.all():
        yield f"{voice.organisation}: {voice.get_stance_display()}. {voice.words}".rstrip()
    if claims := [f"‘{claim.text}’" for claim in one.claims.all()]:
        yield f"Rust op: {names(claims)}."
    yield _review(one)


def _needed(one: Support) -> str:
    need, have = queries.range_words(one.need_low, one.need_high), queries.range_words(one.have, one.have)
    return f"{one.what}. Nodig: {need} {one.unit}, nu {have}. {queries.short_words(one)}"


def _review(one: Capacity | Support) -> str:
    return f"Opnieuw bekijken op {day(one.review_on)}."
