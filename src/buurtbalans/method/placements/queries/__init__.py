"""Reads of the placing: whether it is on, which batches there are, and what stands on the page of one."""

from .batches import decisions_of, officers, pending, standing, switches, wishes
from .case import advised, case_of, files_of, forget, seal_of, solved, template
from .page import (
    Box,
    Line,
    Opened,
    bands,
    choices,
    counted,
    homes_of,
    lines,
    opened,
    others,
    reasons_against,
    why,
)

__all__ = [
    "Box",
    "Line",
    "Opened",
    "advised",
    "bands",
    "case_of",
    "choices",
    "counted",
    "decisions_of",
    "files_of",
    "forget",
    "homes_of",
    "lines",
    "officers",
    "opened",
    "others",
    "pending",
    "reasons_against",
    "seal_of",
    "solved",
    "standing",
    "switches",
    "template",
    "why",
    "wishes",
]
