"""The way back from a line of the plan to its claim, a figure and a story: at most three clicks."""

from dataclasses import dataclass

from buurtbalans.method.rounds.models import Claim, Evidence, Round
from buurtbalans.method.rounds.queries.claims import claim_url, claims_of, split
from buurtbalans.method.rounds.queries.round import Viewer


@dataclass(frozen=True)
class Trace:
    """A claim under a plan line: its number in the round, one figure and one story of its evidence, and its address."""

    claim: Claim
    number: int
    figure: Evidence | None
    story: Evidence | None
    url: str


def traces_of(round: Round, viewer: Viewer) -> dict[int, Trace]:
    """Return the trace of each claim of a round that the viewer may read, by claim."""
    traces = {}
    for number, claim in enumerate(claims_of(round, viewer), start=1):
        figures, stories = split(claim)
        url = claim_url(claim)
        traces[claim.pk] = Trace(claim, number, next(iter(figures), None), next(iter(stories), None), url)
    return traces
