"""Reads of a plan: its results and efforts, how they go, who does what here, what is missing and what changed."""

from .plan import (
    Ground,
    chain,
    conditions_of,
    counts,
    declined_of,
    draw,
    grounds_of,
    laid_first,
    organisations_to_ask,
    people_of,
    plan_url,
    resting_on,
    results_of,
    withdrawn_of,
)
from .presence import Line, Presence, Wanted, does_already, presence, presence_choices, themes_of, to_confirm
from .progress import Report, reached_words, reports_of
from .trace import Trace, traces_of
from .versions import Change, Missing, changes, content_of, missing_of, version_of, versions_of

__all__ = [
    "Change",
    "Ground",
    "Line",
    "Missing",
    "Presence",
    "Report",
    "Trace",
    "Wanted",
    "chain",
    "changes",
    "conditions_of",
    "content_of",
    "counts",
    "declined_of",
    "does_already",
    "draw",
    "grounds_of",
    "laid_first",
    "missing_of",
    "organisations_to_ask",
    "people_of",
    "plan_url",
    "presence",
    "presence_choices",
    "reached_words",
    "reports_of",
    "resting_on",
    "results_of",
    "themes_of",
    "to_confirm",
    "traces_of",
    "version_of",
    "versions_of",
    "withdrawn_of",
]
