"""What the Weverskwartier can carry, agreed in its round: first little, then more, and one who doubts."""

from collections.abc import Mapping

from buurtbalans.method.capacities.actions import answer_capacity, propose_capacity, set_support
from buurtbalans.method.capacities.models import Capacity
from buurtbalans.method.plans.models import Effort, EffortState
from buurtbalans.method.rounds.models import Claim
from buurtbalans.site.demo.table import Table, day

FIRST = "Een hechte buurt, maar het plein is ’s avonds leeg. Begin met weinig."
NOW = "Buren helpen elkaar en het buurthuis is weer open. Verspreid over de buurt kan er iets bij."
DOUBT = "Eerst zien of het buurthuis open blijft. Wij zouden bij twee blijven."


def weavers_carrying(table: Table, claims: Mapping[str, Claim]) -> None:
    """Agree room twice, the last time with an effort that must stand first; and say which support it needs."""
    _capacity(table, [claims["help"]], FIRST, (8, 12), (1, 2), [])
    house = Effort.objects.filter(result__round=table.round, state=EffortState.RUNS, what__startswith="Opent het")
    made = _capacity(table, [claims["help"], claims["quiet"]], NOW, (10, 14), (2, 4), list(house))
    answer_capacity(by=table.people["lotte"], capacity=made, stance="kanttekening", words=DOUBT)
    _support(table, [claims["doctor"]])


def _capacity(
    table: Table,
    claims: list[Claim],
    reason: str,
    carries: tuple[int, int],
    room: tuple[int, int],
    efforts: list[Effort],
) -> Capacity:
    """Let the municipality propose, and the corporation agree."""
    made = propose_capacity(
        by=table.guide,
        round=table.round,
        area=table.round.neighbourhood.codes[0],
        low=carries[0],
        high=carries[1],
        load="5-9",
        room_low=room[0],
        room_high=room[1],
        reason=reason,
        review_on=day(190),
        claims=claims,
        efforts=efforts,
    )
    answer_capacity(by=table.people["fatima"], capacity=made, stance="eens")
    return made


def _support(table: Table, claims: list[Claim]) -> None:
    said = (
        (
            "begeleiding",
            "Begeleiding dichtbij",
            "Zorggroep De Brug",
            "uur per week",
            (14, 18),
            12,
            "Wie hier komt wonen, kent nog niemand. Twee vaste begeleiders zijn bekend in de buurt.",
        ),
        (
            "voorziening",
            "Plekken bij de inloop in De Spoel",
            "Buurtteam Molenveld",
            "plekken",
            (20, 30),
            25,
            "Op woensdag is het vol, op vrijdag niet.",
        ),
    )
    for kind, what, who, unit, need, have, reason in said:
        set_support(
            by=table.guide,
            round=table.round,
            kind=kind,
            what=what,
            who=who,
            unit=unit,
            need_low=need[0],
            need_high=need[1],
            have=have,
            reason=reason,
            review_on=day(120),
            claims=claims,
        )
