"""Writes of what people tell: telling, changing, sharing, looking before others read it, taking away and back."""

from .review import look, review, send_back
from .stories import edit, restore, share, tell, withdraw

__all__ = ["edit", "look", "restore", "review", "send_back", "share", "tell", "withdraw"]
