"""Pages of what people tell, and how every form page of the method answers."""

from .answer import both_texts, fill_in, form_page, page, posted
from .codebook import codes, edit_code, hang, new_code, restore_code, tags, take_off, withdraw_code
from .feelings import (
    Dot,
    FindGround,
    Ground,
    edit_feeling,
    feelings,
    new_feeling,
    put,
    restore_feeling,
    share_feeling,
    withdraw_feeling,
)
from .interview import interview, restore_interview, withdraw_interview
from .listed import shown, stories
from .notes import note_page, send_note, shell, token, worker
from .outward import restore_shown, show, withdraw_shown
from .ratings import edit_sheet, rate, ratings, restore_sheet, withdraw_sheet
from .review import review, reviews
from .setting import Eyes, FindSetting, Setting
from .stories import edit, find, new, restore, share, withdraw

__all__ = [
    "Dot",
    "Eyes",
    "FindGround",
    "FindSetting",
    "Ground",
    "Setting",
    "both_texts",
    "codes",
    "edit",
    "edit_code",
    "edit_feeling",
    "edit_sheet",
    "feelings",
    "fill_in",
    "find",
    "form_page",
    "hang",
    "interview",
    "new",
    "new_code",
    "new_feeling",
    "note_page",
    "page",
    "posted",
    "put",
    "rate",
    "ratings",
    "restore",
    "restore_code",
    "restore_feeling",
    "restore_interview",
    "restore_sheet",
    "restore_shown",
    "review",
    "reviews",
    "send_note",
    "share",
    "share_feeling",
    "shell",
    "show",
    "shown",
    "stories",
    "tags",
    "take_off",
    "token",
    "withdraw",
    "withdraw_code",
    "withdraw_feeling",
    "withdraw_interview",
    "withdraw_sheet",
    "withdraw_shown",
    "worker",
]
