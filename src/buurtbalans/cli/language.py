"""The language of the terminal: Dutch where the locale says so, English everywhere else; never two at a time."""

import gettext
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import buurtbalans
from buurtbalans.figures.text import lent_translations, use_translations

VARIABLES: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides, as for gettext
LOCALE: Final = Path(buurtbalans.__file__).parent / "site" / "locale"


def terminal_language() -> str:
    """Return `nl` when the locale of the terminal is Dutch, else `en`."""
    locale = next((value for name in VARIABLES if (value := os.environ.get(name))), "")
    return "nl" if locale.lower().startswith("nl") else "en"


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Say every text in a language, `nl` or `en`; afterwards it is as it was."""
    if "django.conf" in sys.modules and _is_site_loaded():
        from django.utils import translation

        with translation.override(language):
            yield
        return
    before = lent_translations()
    texts = gettext.translation("django", LOCALE, ["en"]) if language == "en" else gettext.NullTranslations()
    use_translations(texts.gettext, texts.ngettext, lambda: language)
    try:
        yield
    finally:
        use_translations(*before)


def speak_language_of_terminal() -> None:
    """Let the site that has just been loaded speak the language of the terminal."""
    from django.utils import translation

    translation.activate(terminal_language())


def _is_site_loaded() -> bool:
    from django.apps import apps

    return apps.ready
