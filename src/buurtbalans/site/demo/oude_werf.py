"""The invented round that looks back: did the open living room help against loneliness?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.evaluation.actions import evaluate
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.plans.actions.efforts import agree_effort, edit_effort
from buurtbalans.method.plans.actions.progress import report_progress
from buurtbalans.method.plans.actions.results import agree_result
from buurtbalans.method.plans.actions.versions import agree_plan
from buurtbalans.method.plans.interventions import intervention_catalogue
from buurtbalans.method.plans.models import Effort, Result
from buurtbalans.method.rounds.actions.picture import create_line
from buurtbalans.method.rounds.actions.round import edit_round
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.rounds.queries.evidence import range_of
from buurtbalans.method.stories.models import Story
from buurtbalans.site.demo import ratings
from buurtbalans.site.demo.agreements import make_agreement
from buurtbalans.site.demo.table import Table, begin
from buurtbalans.site.demo.together import agree_and_publish, hear_residents, lay_before

THEN, NOW = 2021, 2025


def oude_werf(people: Mapping[str, Person], release: Release) -> Round:
    """Return the round of the Oude Werf, with five steps done and its evaluation."""
    round = begin(
        people["noor"],
        "Oude Werf",
        "In 2021 had de buurt geen plek om binnen te lopen. Toen kwam er een open huiskamer.",
        "Hielp de huiskamer tegen eenzaamheid?",
        release,
    )
    table = Table(people, round)
    table.invite(Role.CORE_MEMBER, ("samira", "fatima", "lotte", "amina", "ruben"))
    make_agreement(people, table.round)
    table.invite(Role.RING_MEMBER, ("kees", "ria"))
    table.steps([(n, "klaar", 1700 - 90 * n, "") for n in range(1, 6)] + [(6, "nu", 9, "nieuwe cijfers")])
    edit_round(
        by=people["noor"],
        round=round,
        version=round.version,
        finding="Een buurt die elkaar wil kennen, maar geen plek had",
        need="Een warme plek waar u zo kunt binnenlopen.",
    )
    table.meet("Nieuwe cijfers van 2025. U kunt vergelijken met 2021.", [6])
    table.look("stap6-meten", 3, "We hebben cijfers en verhalen met elkaar vergeleken.")
    table.look("stap6-voorwie", 1, "We tellen bezoekers, maar vroegen nog niet wie er iets aan had.")
    stories = _stories(table)
    ratings.yard(table)
    claims = _claims(table, stories)
    _agree(table)
    _evaluate(table, _plan(table, claims), stories)
    return round


def _agree(table: Table) -> None:
    """Agree on the picture, open it to everybody, and answer what residents say of it."""
    picture = lay_before(
        table,
        {
            "samira": ("eens", ""),
            "lotte": ("eens", ""),
            "amina": ("eens", ""),
            "fatima": ("kanttekening", "Het gaat ook om jonge mensen die alleen wonen."),
        },
    )
    hear_residents(table, picture, {"Wij hebben wel een tuin, maar die is op slot.": ("ria", "Dat vragen wij na.")})
    whole = dict.fromkeys(("samira", "lotte", "amina"), ("heel", ""))
    agree_and_publish(table, picture, whole | {"fatima": ("ingekort", "Het gaat ook om jonge mensen.")})
    said = {"Vroeger zat er een koffiehuis. Dat mis ik.": ("ria", "Dat horen wij vaker. Het staat in het beeld.")}
    hear_residents(table, picture, said)


def _stories(table: Table) -> dict[str, Story]:
    about: dict[str, Any] = {"theme": "ontmoeten", "tone": "kracht"}
    return {
        "door": table.hear("amina", "Ik kwam voor de koffie. Nu doe ik op dinsdag de deur open.", age="45-60", **about),
        "alone": table.hear(
            "amina",
            "Als ik de deur dichtdoe, spreek ik soms een week niemand.",
            age="60-75",
            theme="ontmoeten",
            tone="zorg",
        ),
        "debts": table.hear(
            "ruben",
            "Over geld praten mensen hier pas na een paar keer koffie.",
            source="professional",
            who="professional",
            theme="geld",
            tone="onbekend",
        ),
    }


def _claims(table: Table, stories: Mapping[str, Story]) -> list[Claim]:
    place = table.claim(
        "amina",
        "In de Oude Werf is dichtbij geen plek om anderen te zien",
        "Waar moet je heen, behalve naar de winkel?",
        [("meeting_place_near", THEN, "ja")],
        [(stories["alone"], "ja")],
    )
    table.judge(
        place,
        "bevestigd",
        "Cijfers en verhalen zeggen hetzelfde. Vooral in de winter is er niets open.",
        {
            "samira": ("bevestigd", "Sinds het buurthuis dicht is, is er niets meer binnen."),
            "fatima": ("bevestigd", "Onze cursussen zijn een halfuur lopen."),
            "lotte": ("bevestigd", "Huurders vragen ons om een ruimte."),
            "amina": ("bevestigd", "Cliënten zien alleen de winkel nog."),
            "ruben": ("bevestigd", "Wie werk zoekt, kan hier nergens zitten."),
        },
    )
    lonely = table.claim(
        "fatima",
        "Veel ouderen in de Oude Werf zijn eenzaam",
        "",
        [("lonely_65_plus", THEN, "ja en nee")],
        [(stories["alone"], "ja")],
    )
    table.judge(
        lonely,
        "genuanceerd",
        "Er deden weinig ouderen mee aan het onderzoek. De verhalen zijn wel duidelijk.",
        {
            "samira": ("genuanceerd", "Een deel van de ouderen wel, lang niet allemaal."),
            "amina": ("genuanceerd", "Vooral mensen die slecht lopen."),
            "ruben": ("genuanceerd", "Wij spreken vooral de jongere ouderen, en die redden zich."),
            "lotte": ("genuanceerd", "In de flats meer dan in de rijhuizen."),
            "fatima": ("genuanceerd", "Ook jonge mensen die alleen wonen vertellen dit."),
        },
    )
    create_line(
        by=table.guide, round=table.round, kind="zorg", text="Er is geen plek om binnen te lopen.", claims=[place]
    )
    create_line(
        by=table.guide, round=table.round, kind="zorg", text="Een deel van de ouderen is eenzaam.", claims=[lonely]
    )
    create_line(by=table.guide, round=table.round, kind="oorzaak", text="Het oude buurthuis ging in 2019 dicht.")
    return [place, lonely]


def _plan(table: Table, claims: list[Claim]) -> list[Result]:
    place, lonely = claims
    meeting = _result(
        table,
        "Meer mensen hebben dichtbij een plek om anderen te zien",
        "van de 100 mensen",
        "meeting_place_near",
        6,
        [place],
    )
    alone = _result(table, "Minder ouderen voelen zich eenzaam", "van de 100 ouderen", "lonely_65_plus", -6, [lonely])
    debts = _result(table, "Meer mensen met schulden krijgen hulp", "huishoudens in de buurt", "debt_help", 8, [lonely])
    efforts = (
        (
            meeting,
            "amina",
            "Opent de huiskamer, twee avonden per week.",
            "20 bezoekers per avond",
            "loopt",
            "kwartiermaken",
            [place],
        ),
        (meeting, "fatima", "Geeft de ruimte naast het portiek.", "de sleutel is over", "klaar", "", [place]),
        (
            alone,
            "lotte",
            "Gaat langs bij huurders die alleen wonen.",
            "10 bezoeken per maand",
            "klaar",
            "gesprek-aan-de-deur",
            [lonely],
        ),
        (debts, "ruben", "Schuift elke dinsdag aan in de huiskamer.", "3 gesprekken per avond", "loopt", "", [place]),
    )
    made = []
    for result, who, what, sign, state, chosen, rests in efforts:
        intervention = intervention_catalogue().interventions.get(chosen)
        made.append(
            agree_effort(
                by=table.people[who],
                result=result,
                organisation=table.organisation(who),
                what=what,
                first_sign=sign,
                since=date(2022, 3, 1),
                state=state,
                intervention=chosen,
                owner=table.people[who],
                evidence_class=intervention.evidence if intervention else "eigen_idee",
                claims=rests,
                ends_on=date(2025, 12, 31),
            )
        )
    _agreed_and_changed(table, made[0])
    return [meeting, alone, debts]


def _agreed_and_changed(table: Table, room: Effort) -> None:
    """Agree the plan, change one line of it and agree it again, so that the demo shows two versions."""
    agree_plan(by=table.guide, round=table.round)
    report_progress(
        by=table.people["amina"],
        effort=room,
        start=date(2025, 1, 1),
        end=date(2025, 6, 30),
        reached=140,
        meant=300,
        dose="twee avonden per week",
        quality="In de zomer was de huiskamer drie weken dicht.",
        better_off="Bezoekers zeggen dat zij hier hun buren leerden kennen.",
    )
    edit_effort(
        by=table.people["amina"],
        effort=room,
        version=room.version,
        what="Opent de huiskamer, drie avonden per week.",
    )
    agree_plan(by=table.guide, round=table.round)


def _result(table: Table, title: str, per_what: str, indicator: str, change: int, claims: list[Claim]) -> Result:
    """Agree a result whose target lies just past the baseline: above it for more, below it for less."""
    baseline = table.figure(indicator, THEN)
    low, high = range_of(baseline)
    wide = max(4, round((high - low) / 2))
    start = round(high) + change // 2 if change > 0 else max(1, round(low) + change // 3 - wide)
    return agree_result(
        by=table.guide,
        round=table.round,
        title=title,
        per_what=per_what,
        baseline=baseline,
        target_low=start,
        target_high=start + wide,
        target_year=NOW,
        claims=claims,
        measured_on=date(2025, 10, 1),
        measured_by="Met dezelfde vraag in het bewonersonderzoek.",
        measured_with=table.organisation("noor"),
        asked_too="In de huiskamer: wat is er veranderd, en door wie?",
    )


def _outcome(now: Mapping[str, Any], result: Result) -> str:
    low, high = range_of(dict(now))
    up = result.baseline["direction"] != "down"
    if low >= result.target_low if up else high <= result.target_high:
        return "bereikt"
    return "deels" if (high >= result.target_low if up else low <= result.target_high) else "niet"


def _evaluate(table: Table, results: list[Result], stories: Mapping[str, Story]) -> None:
    meeting, alone, debts = results
    told = (
        (
            meeting,
            "Mensen noemen de huiskamer vaak. In buurten die erop lijken veranderde minder.",
            "door",
            "doorgaan",
            "met de huiskamer, twee avonden per week.",
        ),
        (
            alone,
            "Het gaat de goede kant op. Er deden weinig ouderen mee, dus dit is minder zeker.",
            "alone",
            "doorgaan",
            "met de bezoeken, ook in de zomer.",
        ),
    )
    for result, reason, voice, follows, words in told:
        now = table.figure(result.baseline["indicator"], NOW)
        evaluate(
            by=table.guide,
            result=result,
            outcome=_outcome(now, result),
            now=now,
            reason=reason,
            voice=stories[voice],
            next=follows,
            next_text=words,
        )
    evaluate(
        by=table.people["ruben"],
        result=debts,
        outcome="onbekend",
        now=table.figure("debt_help", NOW),
        voice=stories["debts"],
        reason="Meer hulp zegt niet of er minder schulden zijn. Dit cijfer past niet goed bij de vraag.",
        next="nieuwe_vraag",
        next_text="wie met schulden bereiken we nog niet?",
    )
