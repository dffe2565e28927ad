"""Writes of what people tell: telling, changing, sharing, looking before others read it, taking away and back."""

from .codebook import add_code, edit_code, hang, remove_tag, restore_code, withdraw_code
from .feelings import (
    edit_feeling,
    feel,
    restore_feeling,
    restore_shown,
    show_feelings,
    withdraw_feeling,
    withdraw_shown,
)
from .interview import interview, restore_interview, withdraw_interview
from .notes import send
from .ratings import edit_sheet, rate, restore_sheet, withdraw_sheet
from .review import look, review, send_back
from .stories import edit, restore, share, tell, withdraw

__all__ = [
    "add_code",
    "edit",
    "edit_code",
    "edit_feeling",
    "edit_sheet",
    "feel",
    "hang",
    "interview",
    "look",
    "rate",
    "remove_tag",
    "restore",
    "restore_code",
    "restore_feeling",
    "restore_interview",
    "restore_sheet",
    "restore_shown",
    "review",
    "send",
    "send_back",
    "share",
    "show_feelings",
    "tell",
    "withdraw",
    "withdraw_code",
    "withdraw_feeling",
    "withdraw_interview",
    "withdraw_sheet",
    "withdraw_shown",
]
