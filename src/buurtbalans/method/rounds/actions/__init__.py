"""Writes of a round: starting it, its team and steps, claims, evidence, verdicts, opinions, gaps and the picture."""

from .agreement import (
    edit_agreement,
    edit_pledge,
    end_agreement,
    pledge,
    propose_agreement,
    restore_pledge,
    sign_agreement,
    take_back_signature,
    withdraw_pledge,
    write_agreement,
)
from .claims import (
    add_figure,
    add_story,
    answer_gap,
    bring_in,
    edit_claim,
    give_opinion,
    judge,
    note_gap,
    remove_evidence,
)
from .picture import draw_line, edit_line, share_picture
from .round import add_to_team, edit_round, note_export, set_step, start_round

__all__ = [
    "add_figure",
    "add_story",
    "add_to_team",
    "answer_gap",
    "bring_in",
    "draw_line",
    "edit_agreement",
    "edit_claim",
    "edit_line",
    "edit_pledge",
    "edit_round",
    "end_agreement",
    "give_opinion",
    "judge",
    "note_export",
    "note_gap",
    "pledge",
    "propose_agreement",
    "remove_evidence",
    "restore_pledge",
    "set_step",
    "share_picture",
    "sign_agreement",
    "start_round",
    "take_back_signature",
    "withdraw_pledge",
    "write_agreement",
]
