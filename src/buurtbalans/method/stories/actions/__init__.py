"""Writes of what people tell: telling, changing, sharing, looking before others read it, taking away and back."""

from .codebook import add_code, edit_code, hang, remove_tag, restore_code, withdraw_code
from .interview import interview, restore_interview, withdraw_interview
from .notes import send
from .review import look, review, send_back
from .stories import edit, restore, share, tell, withdraw

__all__ = [
    "add_code",
    "edit",
    "edit_code",
    "hang",
    "interview",
    "look",
    "remove_tag",
    "restore",
    "restore_code",
    "restore_interview",
    "review",
    "send",
    "send_back",
    "share",
    "tell",
    "withdraw",
    "withdraw_code",
    "withdraw_interview",
]
