"""The paper of the plan: what we want to reach, who does what for it, what is measured when, and under which terms."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from buurtbalans.method.plans.interventions.evidence import EvidenceClass
from buurtbalans.method.plans.models import (
    Condition,
    ConditionTopic,
    Effort,
    EffortState,
    PlanVersion,
    Result,
)
from buurtbalans.method.plans.queries import plan, progress, versions
from buurtbalans.method.plans.queries.progress import ProgressReport
from buurtbalans.method.plans.queries.versions import PlanChange
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.round import organisations_of
from buurtbalans.site.papers.capacity_and_support import carrying
from buurtbalans.site.papers.content import Block, Cell, Fact, Heading, Item, Items, Paper, Quote, Table, Words
from buurtbalans.site.papers.drawings import of_pills
from buurtbalans.site.papers.facts import Viewer, day, fact, figures_line, names, notice, sentence

KIND = "Plan"
Reports = Mapping[int, Sequence[ProgressReport]]


def plan_paper(round: Round, viewer: Viewer) -> Paper:
    """Return the plan as far as the viewer may read it; what is missing stands on top."""
    results = list(plan.results_of(round, viewer))
    conditions = list(plan.conditions_of(round, viewer))
    version = versions.versions_of(round, viewer).first()
    reports, place = progress.progress_reports(round, viewer), round.neighbourhood.name
    blocks: list[Block] = [
        *notice("Dit plan is nog niet af", missing_lines(round, results, version)),
        Words(round.question, lead="Onze vraag:", look="intro"),
    ]
    if results:
        blocks.append(
            Words(
                "Een balk toont het cijfer met de onzekerheidsmarge. Ook de streefwaarde loopt van laag tot hoog.",
                look="klein",
            )
        )
    for result in results:
        blocks += _result(result, viewer, reports)
    if said_no := plan.declined_efforts(round, viewer):
        blocks.append(Heading("Niet toegezegde acties"))
        blocks.append(
            Items(tuple(Item(f"{e.organisation}: {e.what}", notes=(sentence(e.state_reason),)) for e in said_no))
        )
    if results:
        blocks += [Heading("Wat we wanneer meten"), _measured(results)]
    if conditions:
        blocks += [Heading("Wat nodig is om hier mensen goed te plaatsen en te begeleiden"), *_conditions(conditions)]
    blocks += carrying(round, viewer)
    return Paper(
        KIND,
        place,
        f"Het plan voor {place}",
        day(version.at if version else timezone.now()),
        f"versie {version.number}" if version else "concept",
        tuple(blocks),
        tuple(_foot(round, version)),
    )


def missing_lines(round: Round, results: Sequence[Result], version: PlanVersion | None) -> list[str]:
    """Return what stands on top of the paper: what the plan lacks, and what changed since it was agreed."""
    if not results:
        return ["Er is nog geen resultaat afgesproken. De kerngroep doet dat in stap 5, Afspreken."]
    lines = [one.words for one in versions.missing_items(round)]
    if version is None:
        return ["Het plan is nog niet vastgesteld.", *lines]
    if changes := versions.plan_changes(version.content, versions.plan_content(round)):
        first = f"Na versie {version.number} is er iets veranderd. Dit papier toont het plan van nu."
        return [first, *map(_change_words, changes), *lines]
    return lines


def _change_words(change: PlanChange) -> str:
    """Return which line of the plan changed since it was agreed, and what of it."""
    kind = {"new": "Toegevoegd", "gone": "Verwijderd", "changed": "Gewijzigd"}[change.kind]
    fields = ", ".join(str(label) for label, _before, _after in change.fields)
    return f"{kind}: ‘{change.what}’{f' ({fields})' if fields else ''}."


def _result(result: Result, viewer: Viewer, reports: Reports) -> Iterable[Block]:
    yield Heading(result.title)
    yield Words(sentence(result.per_what), look="klein")
    yield _aim(result, viewer)
    yield from _efforts(result, reports)
    yield from _grounds(result, viewer)


def _aim(result: Result, viewer: Viewer) -> Fact:
    drawn = plan.result_chart(result, viewer)
    begin = fact(drawn["begin"])
    aim = f"Doel in {result.target_year}: {_number(result.target_low)} tot {_number(result.target_high)}."
    if drawn["begin"]["absence"]:
        return Fact(f"{begin.sentence} {aim}", begin.source, begin.drawing, begin.absence)
    says = f"Begin: {begin.sentence} {aim}"
    return Fact(says, begin.source, of_pills(drawn["pills"], drawn["van"], drawn["tot"], says))


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _efforts(result: Result, reports: Reports) -> Iterable[Block]:
    rows = tuple(_effort(effort, reports.get(effort.pk, ())) for effort in result.efforts.all())
    if not rows:
        yield Words("Dit doel heeft nog geen acties. Welke organisatie kan hiervoor iets doen?")
        return
    head = ("Wie", "Actie en eerste teken dat het werkt", "Stand", "Hoe weten we dat het werkt")
    yield Table(f"Afspraken voor: {result.title}", head, rows, (4, 8, 4, 4))


def _effort(effort: Effort, reports: Sequence[ProgressReport]) -> tuple[Cell, ...]:
    who = [f"met {effort.together_with}"] if effort.together_with else []
    who += [f"trekt het: {effort.owner}"] if effort.owner else []
    what = (f"Teken: {effort.first_sign}", f"Waar: {effort.where}" if effort.where else "", *map(_went, reports[:1]))
    return (
        Cell(effort.organisation.name, tuple(who)),
        Cell(effort.what, tuple(filter(None, what))),
        state_cell(effort),
        Cell(str(EvidenceClass(effort.evidence_class).label), ("snel zichtbaar",) if effort.quick_win else ()),
    )


def state_cell(effort: Effort) -> Cell:
    """Return how an effort stands, since when, and the dates that belong to it; of a proposal only that it is one."""
    if effort.is_proposal:
        changes = effort.changes_since_accepted
        notes = [f"gewijzigd na de toezegging: {field} was ‘{was}’, is nu ‘{now}’" for field, was, now in changes]
        return Cell("voorstel: nog geen ja", tuple(notes))
    since = "sinds" if effort.state == EffortState.RUNS else "op"
    dates = (
        ("klaar op", effort.ends_on),
        ("opnieuw besluiten vóór", effort.renew_by),
        ("klopte nog op", effort.confirmed_on),
    )
    notes = [f"{words} {day(when)}" for words, when in dates if when]
    return Cell(str(effort.get_state_display()), (effort.state_reason or f"{since} {day(effort.since)}", *notes))


def _went(report: ProgressReport) -> str:
    """Return how the last while went; few people are never counted out on paper."""
    went = report.progress
    parts = filter(None, (report.reach, went.dose, went.quality, went.better_off))
    return f"Tot en met {day(went.end)}: {' '.join(map(sentence, parts))}"


def _grounds(result: Result, viewer: Viewer) -> Iterable[Block]:
    grounds = plan.grounds_of(result, viewer)
    if grounds:
        yield Heading("Onderbouwing", 3)
    for ground in grounds:
        verdict = f" ({ground.claim.get_verdict_display()})" if ground.claim.verdict else " (nog niet getoetst)"
        yield Words(ground.claim.reason, lead=f"‘{ground.claim.text}’{verdict}.")
        if ground.figure is not None and (figure := ground.figure.told) and not _same(figure, result.baseline):
            yield fact(figure)
        if ground.story is not None and ground.story.story is not None:
            yield Quote(ground.story.story.text, ground.story.story.teller)


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two frozen figures are one: the baseline already stands above."""
    return all(one[name] == other[name] for name in ("indicator", "area", "period"))


def _measured(results: Sequence[Result]) -> Table:
    rows = tuple(
        (
            Cell(result.title),
            Cell(
                result.measured_by or "met hetzelfde cijfer als bij het begin",
                (f"Vraag aan bewoners: {result.asked_too}",) if result.asked_too else (),
            ),
            Cell(day(result.measured_on) or f"nog geen datum; doel in {result.target_year}"),
            Cell(str(result.measured_with) if result.measured_with else "nog niemand"),
        )
        for result in results
    )
    return Table("Zo zien we of het hielp", ("Wat", "Hoe", "Wanneer", "Door wie"), rows, (5, 6, 4, 4))


def _conditions(conditions: Sequence[Condition]) -> Iterable[Block]:
    for about in ConditionTopic:
        mine = [condition for condition in conditions if condition.about == about]
        if mine:
            yield Heading(str(about.label).capitalize(), 3)
            yield Items(tuple(Item(each.text, notes=tuple(_terms(each))) for each in mine))


def _terms(condition: Condition) -> Iterable[str]:
    rests = [f"‘{claim.text}’" for claim in condition.claims.all()]
    if rests:
        yield f"Rust op: {names(rests)}."
    if condition.review_on:
        yield f"Opnieuw bekijken op {day(condition.review_on)}."


def _foot(round: Round, version: PlanVersion | None) -> Iterable[str]:
    if version is not None:
        yield f"Vastgesteld door de kerngroep op {day(version.at)}, versie {version.number}."
    yield f"Kerngroep: {names(organisations_of(round))}."
    yield f"De evaluatie gebruikt dezelfde cijfers en vragen als bij het begin. {figures_line(round)}"
