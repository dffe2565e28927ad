"""Writes of a plan: results, efforts and how they go, conditions for placing, and the plan as it was agreed."""

from .conditions import edit_condition, restore_condition, set_condition, withdraw_condition
from .efforts import (
    accept_effort,
    agree_effort,
    confirm_effort,
    decline_effort,
    edit_effort,
    renew_effort,
    report_effort,
    restore_effort,
    withdraw_effort,
)
from .progress import edit_progress, report_progress, restore_progress, withdraw_progress
from .results import agree_result, edit_result, restore_result, withdraw_result
from .versions import agree_plan

__all__ = [
    "accept_effort",
    "agree_effort",
    "agree_plan",
    "agree_result",
    "confirm_effort",
    "decline_effort",
    "edit_condition",
    "edit_effort",
    "edit_progress",
    "edit_result",
    "renew_effort",
    "report_effort",
    "report_progress",
    "restore_condition",
    "restore_effort",
    "restore_progress",
    "restore_result",
    "set_condition",
    "withdraw_condition",
    "withdraw_effort",
    "withdraw_progress",
    "withdraw_result",
]
