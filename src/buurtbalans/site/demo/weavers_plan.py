"""The plan of the Weverskwartier: efforts that run, wait, are stuck or were declined, and conditions for placing."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from buurtbalans.method.plans.actions import conditions, efforts, progress, results
from buurtbalans.method.plans.interventions import intervention_catalogue
from buurtbalans.method.plans.models import Effort, Result
from buurtbalans.method.rounds.models import Claim
from buurtbalans.method.rounds.queries.evidence import range_of
from buurtbalans.site.demo.table import Table, day
from buurtbalans.site.demo.town import town

CURRENT_YEAR: Final = 2025


class DemoEffort(NamedTuple):
    """One effort of the demo; `member` is a person of its organisation, `since` is in days from today."""

    by: str
    member: str
    what: str
    first_sign: str
    state: str
    since: int
    intervention: str
    claims: tuple[str, ...]
    details: Mapping[str, Any]


def weavers_plan(table: Table, claims: Mapping[str, Claim]) -> None:
    """Agree the plan: two results with an evaluation plan, efforts of five organisations, and three conditions."""
    safe = _result(
        table,
        "Meer mensen voelen zich ’s avonds veilig",
        "safe_in_evening",
        [claims["quiet"]],
        "Met dezelfde vraag in het bewonersonderzoek.",
        "gemeente",
        "Op de markt en in het buurthuis: waar loopt u ’s avonds om?",
    )
    helper = _result(
        table,
        "Meer mensen kennen iemand die helpt",
        "knows_helper",
        [claims["help"], claims["doctor"]],
        "Met dezelfde vraag in het bewonersonderzoek.",
        "buurtteam",
        "",
    )
    for effort in _efforts_for_safety(table):
        _agree(table, safe, effort, claims)
    for effort in _efforts_for_help(table):
        _agree(table, helper, effort, claims)
    _set_conditions(table, claims)


def _place(east: float, north: float) -> dict[str, Any]:
    """Return the place so many metres east and north of the square, as fields of an effort."""
    middle = town().streets.square.centroid
    return {"longitude": round(middle.x + east / 68_000, 6), "latitude": round(middle.y + north / 111_000, 6)}


def _efforts_for_safety(table: Table) -> tuple[DemoEffort, ...]:
    people = table.people
    return (
        DemoEffort(
            "samira",
            "samira",
            "Repareert de lampen bij de speeltuin en zet er vier bij.",
            "minder meldingen over donker",
            "klaar",
            -20,
            "verlichting",
            ("quiet",),
            {
                "owner": people["samira"],
                "quick_win": True,
                "where": "de speeltuin",
                "ends_on": day(-20),
                **_place(-38, 22),
            },
        ),
        DemoEffort(
            "joris",
            "joris",
            "Opent het buurthuis twee avonden per week.",
            "20 tot 30 bezoekers per avond, nu 14 tot 18",
            "loopt",
            -13,
            "kwartiermaken",
            ("quiet",),
            {
                "owner": people["joris"],
                "where": "buurthuis De Spoel",
                "starts_on": day(-13),
                "renew_by": day(21),
                **_place(58, -46),
            },
        ),
        DemoEffort(
            "samira",
            "ria",
            "Koken samen op het plein, één keer per maand.",
            "nieuwe gezichten, geteld door de kookgroep",
            "begint",
            120,
            "",
            ("quiet", "help"),
            {
                "together_with": "de school",
                "where": "het Lindeplein",
                "starts_on": day(120),
                "renew_by": day(365),
                **_place(0, -6),
            },
        ),
        DemoEffort(
            "joris",
            "lotte",
            "Laat elke dag een huismeester rondlopen.",
            "bewoners weten wie de huismeester is",
            "begint",
            30,
            "huismeester",
            ("quiet",),
            {"where": "de blokken aan de Kadestraat", **_place(120, 40)},
        ),
    )


def _efforts_for_help(table: Table) -> tuple[DemoEffort, ...]:
    people = table.people
    return (
        DemoEffort(
            "amina",
            "amina",
            "Houdt spreekuur in De Spoel.",
            "acht mensen per week, nu vijf",
            "loopt",
            -230,
            "welzijn-op-recept",
            ("doctor",),
            {
                "owner": people["amina"],
                "together_with": "de huisartsen",
                "where": "buurthuis De Spoel",
                "starts_on": day(-230),
                "renew_by": day(90),
                **_place(58, -46),
            },
        ),
        DemoEffort(
            "fatima",
            "fatima",
            "Belt nieuwe huurders na zes weken.",
            "van de 10 huurders spraken we er 8",
            "staat_stil",
            -45,
            "nieuwe-huurder-bellen",
            ("help",),
            {"owner": people["fatima"], "renew_by": day(60)},
        ),
        DemoEffort(
            "samira",
            "ruben",
            "Gaat vroeg op bezoek bij wie de huur niet betaalt.",
            "bij een derde van de adressen een gesprek",
            "begint",
            14,
            "vroeg-erop-af",
            ("help",),
            {},
        ),
    )


def _agree(table: Table, result: Result, demo_effort: DemoEffort, claims: Mapping[str, Claim]) -> None:
    intervention = intervention_catalogue().interventions.get(demo_effort.intervention)
    effort = efforts.agree_effort(
        by=table.people[demo_effort.by],
        result=result,
        organisation=table.organisation(demo_effort.member),
        what=demo_effort.what,
        first_sign=demo_effort.first_sign,
        state=demo_effort.state,
        since=day(demo_effort.since),
        intervention=demo_effort.intervention,
        state_reason="wacht op een medewerker" if demo_effort.state == "staat_stil" else "",
        evidence_class=intervention.evidence if intervention else "eigen_idee",
        claims=[claims[name] for name in demo_effort.claims],
        **demo_effort.details,
    )
    if demo_effort.member == "ria":  # residents have nobody in the core group, so the guide accepts for them
        efforts.accept_effort(by=table.guide, effort=effort)
    if demo_effort.member == "ruben":
        efforts.decline_effort(
            by=table.people["ruben"], effort=effort, reason="De corporaties doen dit al. Wij sluiten aan."
        )
    if demo_effort.member == "joris":
        _report_progress(table, effort)
    if demo_effort.member == "amina":  # not confirmed for long, so the list asks whether it is still true
        progress.report_progress(
            by=table.people["amina"],
            effort=effort,
            start=day(-60),
            end=day(-1),
            reached=5,
            meant=40,
            dose="elke dinsdag, twee uur",
            quality="De huisarts verwijst nog weinig.",
            better_off="Vier mensen kwamen daarna ook naar de inloop.",
        )
        Effort.objects.filter(pk=effort.pk).update(confirmed_on=day(-200))


def _report_progress(table: Table, effort: Effort) -> None:
    progress.report_progress(
        by=table.people["joris"],
        effort=effort,
        start=day(-13),
        end=day(-1),
        reached=31,
        meant=60,
        dose="vier avonden, drie uur",
        quality="Eén avond ging niet door: te weinig vrijwilligers.",
        better_off="Twee ouderen zeggen dat zij weer over het plein durven.",
    )


def _set_conditions(table: Table, claims: Mapping[str, Claim]) -> None:
    rows = (
        ("plaatsen", "Verspreid over de buurt, en niet meer dan één per portiek.", ["help"], 190),
        ("begeleiden", "Een vaste begeleider, die de buren kennen.", ["doctor"], 120),
        ("plaatsen", "Niet tijdens het werk aan de kade, van maart tot juli.", ["quiet"], 240),
    )
    for about, text, claim_names, review in rows:
        conditions.set_condition(
            by=table.guide,
            round=table.round,
            about=about,
            text=text,
            claims=[claims[name] for name in claim_names],
            review_on=day(review),
        )


def _result(
    table: Table, title: str, indicator: str, claims: list[Claim], measured_by: str, measured_with: str, asked_too: str
) -> Result:
    baseline = table.figure(indicator, CURRENT_YEAR)
    low, high = range_of(baseline)
    start = round(high) + 3
    member = {"gemeente": "samira", "buurtteam": "joris"}[measured_with]
    return results.agree_result(
        by=table.guide,
        round=table.round,
        title=title,
        per_what="van de 100 mensen in de buurt",
        baseline=baseline,
        target_low=start,
        target_high=start + round(high - low),
        target_year=CURRENT_YEAR + 2,
        claims=claims,
        measured_by=measured_by,
        measured_on=day(380),
        measured_with=table.organisation(member),
        asked_too=asked_too,
    )
