"""Pages of what people tell, and how every form page of the method answers."""

from .answer import both_texts, fill_in, form_page, page, posted
from .codebook import codes, edit_code, hang, new_code, restore_code, tags, take_off, withdraw_code
from .interview import interview, restore_interview, withdraw_interview
from .listed import shown, stories
from .notes import note_page, send_note, shell, token, worker
from .review import review, reviews
from .setting import Eyes, FindSetting, Setting
from .stories import edit, find, new, restore, share, withdraw

__all__ = [
    "Eyes",
    "FindSetting",
    "Setting",
    "both_texts",
    "codes",
    "edit",
    "edit_code",
    "fill_in",
    "find",
    "form_page",
    "hang",
    "interview",
    "new",
    "new_code",
    "note_page",
    "page",
    "posted",
    "restore",
    "restore_code",
    "restore_interview",
    "review",
    "reviews",
    "send_note",
    "share",
    "shell",
    "shown",
    "stories",
    "tags",
    "take_off",
    "token",
    "withdraw",
    "withdraw_code",
    "withdraw_interview",
    "worker",
]
