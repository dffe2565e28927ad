"""The paper of the plan: what we want to reach, who does what for it, what is measured when, and under which terms."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from buurtbalans.method.plans import queries
from buurtbalans.method.plans.models import (
    About,
    Condition,
    Effort,
    EffortState,
    EvidenceClass,
    PlanVersion,
    Progress,
    Result,
)
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries import organisations_of

from .content import Block, Cell, Fact, Heading, Item, Items, Paper, Quote, Table, Words
from .drawings import of_pills
from .facts import Viewer, day, fact, figures_line, names, notice, sentence, told

KIND = "Plan"


def plan_paper(round: Round, viewer: Viewer) -> Paper:
    """Return the plan as far as the viewer may read it; what is missing stands on top."""
    results = list(queries.results_of(round, viewer))
    conditions = list(Condition.objects.visible_to(viewer).filter(round=round, withdrawn_at=None))
    version = PlanVersion.objects.visible_to(viewer).filter(round=round).first()
    place = round.neighbourhood.name
    blocks: list[Block] = [
        *notice("Dit plan is nog niet af", _missing(results, version)),
        Words(round.question, lead="Onze vraag:", look="intro"),
    ]
    if results:
        blocks.append(Words("Een balk is een marge. Het doel is ook een marge.", look="klein"))
    for result in results:
        blocks += _result(result, viewer)
    if results:
        blocks += [Heading("Wat we wanneer meten"), _measured(results)]
    if conditions:
        blocks += [Heading("Wat nodig is om hier mensen goed te plaatsen en te begeleiden"), *_conditions(conditions)]
    return Paper(
        KIND, place, f"Het plan voor {place}", day(version.at if version else timezone.now()),
        f"versie {version.number}" if version else "concept", tuple(blocks), tuple(_foot(round, version)),
    )  # fmt: skip


def _missing(results: Sequence[Result], version: PlanVersion | None) -> list[str]:
    if not results:
        return ["Er is nog geen resultaat afgesproken. De kerngroep doet dat in stap 5, Afspreken."]
    bare = [result.title for result in results if not result.efforts.all()]
    lines = [f"Nog niemand doet iets voor ‘{title}’." for title in bare]
    lines += [f"Wanneer we ‘{r.title}’ meten, is nog niet afgesproken." for r in results if r.measured_on is None]
    if version is None:
        lines.append("Het plan is nog niet vastgesteld.")
    return lines


def _result(result: Result, viewer: Viewer) -> Iterable[Block]:
    yield Heading(result.title)
    yield Words(sentence(result.per_what), look="klein")
    yield _aim(result, viewer)
    yield from _efforts(result)
    yield from _grounds(result, viewer)


def _efforts(result: Result) -> Iterable[Block]:
    efforts = [effort for effort in result.efforts.all() if effort.withdrawn_at is None]
    if not efforts:
        yield Words("Nog geen afspraak. Wie doet hier iets voor?")
        return
    rows = tuple(_effort(effort) for effort in efforts)
    head = ("Wie", "Wat, en het eerste teken dat het werkt", "Stand", "Hoe weten we dat het werkt")
    yield Table(f"Afspraken voor: {result.title}", head, rows, (4, 8, 4, 4))


def _aim(result: Result, viewer: Viewer) -> Fact:
    baseline = told(result.baseline, viewer)
    begin = fact(baseline)
    aim = f"Doel in {result.target_year}: {_number(result.target_low)} tot {_number(result.target_high)}."
    if baseline["absence"]:
        return Fact(f"{begin.sentence} {aim}", begin.source, begin.drawing, begin.absence)
    drawn = queries.draw(result)
    says = f"Begin: {begin.sentence} {aim}"
    drawing = of_pills(drawn["pills"], drawn["van"], drawn["tot"], says)
    return Fact(says, begin.source, drawing)


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _grounds(result: Result, viewer: Viewer) -> Iterable[Block]:
    grounds = queries.grounds_of(result, viewer)
    if grounds:
        yield Heading("Waarop dit rust", 3)
    for ground in grounds:
        verdict = f" ({ground.claim.get_verdict_display()})" if ground.claim.verdict else " (nog niet getoetst)"
        yield Words(f"{ground.claim.reason}", lead=f"‘{ground.claim.text}’{verdict}.")
        if ground.figure is not None and (figure := ground.figure.told) and not _same(figure, result.baseline):
            yield fact(figure)
        if ground.story is not None and ground.story.story is not None:
            yield Quote(ground.story.story.text, ground.story.story.teller)


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two frozen figures are one: the baseline already stands above."""
    return all(one[name] == other[name] for name in ("indicator", "area", "period"))


def _effort(effort: Effort) -> tuple[Cell, ...]:
    who = [f"met {effort.together_with}" if effort.together_with else ""]
    what = [f"Teken: {effort.first_sign}", f"Waar: {effort.where}" if effort.where else "", *_progress(effort)]
    since = "sinds" if effort.state == EffortState.RUNS else "op"
    state = [effort.state_reason or f"{since} {day(effort.since)}"]
    state += [f"klaar op {day(effort.ends_on)}" if effort.ends_on else ""]
    state += [f"opnieuw besluiten vóór {day(effort.renew_by)}" if effort.renew_by else ""]
    state += [f"klopte nog op {day(effort.true_on)}" if effort.true_on else ""]
    sure = str(EvidenceClass(effort.evidence_class).label)
    return (
        Cell(effort.organisation.name, tuple(filter(None, who))), Cell(effort.what, tuple(filter(None, what))),
        Cell(str(effort.get_state_display()), tuple(filter(None, state))),
        Cell(sure, ("snel te zien",) if effort.quick_win else ()),
    )  # fmt: skip


def _progress(effort: Effort) -> Iterable[str]:
    last = Progress.objects.filter(effort=effort, withdrawn_at=None).order_by("-end").first()
    if last is None:
        return []
    of = f" van {last.meant}" if last.meant else ""
    reached = f"{last.reached}{of} mensen bereikt" if last.reached is not None else ""
    parts = filter(None, (reached, last.dose, last.quality, last.better_off))
    return [f"Hoe het ging tot en met {day(last.end)}: {'; '.join(parts)}"]


def _measured(results: Sequence[Result]) -> Table:
    rows = tuple(
        (
            Cell(result.title), Cell(result.measured_by or "met hetzelfde cijfer als bij het begin",
                (f"Vraag aan bewoners: {result.asked_too}",) if result.asked_too else ()),
            Cell(day(result.measured_on) or f"nog geen datum; doel in {result.target_year}"),
            Cell(str(result.measured_with) if result.measured_with else "nog niemand"),
        )
        for result in results
    )  # fmt: skip
    return Table("Zo zien we of het hielp", ("Wat", "Hoe", "Wanneer", "Door wie"), rows, (5, 6, 4, 4))


def _conditions(conditions: Sequence[Condition]) -> Iterable[Block]:
    for about in About:
        mine = [each for each in conditions if each.about == about]
        if mine:
            yield Heading(f"{str(about.label).capitalize()}", 3)
            yield Items(tuple(
                Item(each.text, notes=(f"Opnieuw bekijken op {day(each.review_on)}",) if each.review_on else ())
                for each in mine
            ))  # fmt: skip


def _foot(round: Round, version: PlanVersion | None) -> Iterable[str]:
    if version is not None:
        yield f"Vastgesteld door de kerngroep op {day(version.at)}, versie {version.number}."
    yield f"Kerngroep: {names(organisations_of(round))}."
    yield f"De evaluatie gebruikt dezelfde cijfers en vragen als bij het begin. {figures_line(round)}"
