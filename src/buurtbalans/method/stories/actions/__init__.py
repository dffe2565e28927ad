"""Writes of what people tell: telling, changing, sharing, looking before others read it, taking away and back."""
