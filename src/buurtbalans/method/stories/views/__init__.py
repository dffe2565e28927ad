"""Pages of what people tell, and how every form page of the method answers."""

from .answer import both_texts, fill_in, form_page, page, posted
from .review import review, reviews
from .stories import FindSetting, Setting, edit, find, new, restore, share, stories, withdraw

__all__ = [
    "FindSetting",
    "Setting",
    "both_texts",
    "edit",
    "fill_in",
    "find",
    "form_page",
    "new",
    "page",
    "posted",
    "restore",
    "review",
    "reviews",
    "share",
    "stories",
    "withdraw",
]
