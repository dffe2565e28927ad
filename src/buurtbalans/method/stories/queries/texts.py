"""Where two texts differ, word by word."""

import re
from difflib import SequenceMatcher


def differences(mine: str, theirs: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Return both texts as pieces, each with whether it stands only in that text."""
    left, right = (re.findall(r"\S+\s*", text) for text in (mine, theirs))
    here: list[tuple[str, bool]] = []
    there: list[tuple[str, bool]] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        differs = kind != "equal"
        here += [("".join(left[a:b]), differs)] if a < b else []
        there += [("".join(right[c:d]), differs)] if c < d else []
    return here, there
