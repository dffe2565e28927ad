"""The codebook of the Weverskwartier: five words that the core group hangs on its stories."""

from collections.abc import Mapping

from buurtbalans.method.stories.actions.codebook import create_code, tag_story
from buurtbalans.method.stories.models import Story
from buurtbalans.site.demo.table import Table

# word: who added it, when it fits, and on which stories it hangs
WORDS = {
    "licht en zicht": ("joris", "Lampen, donkere hoeken, of je ziet wie er aankomt.", ("dark",)),
    "omlopen": ("joris", "Iemand kiest een andere weg of blijft thuis.", ("dark", "clients")),
    "samen buiten": ("amina", "Mensen zijn buiten bij elkaar, voor de gezelligheid.", ("summer", "market")),
    "voor elkaar zorgen": ("amina", "Buren doen iets voor elkaar of voor de straat.", ("groceries", "sweeping")),
    "plek in de zorg": ("ruben", "Er is wel of geen plek bij huisarts, inloop of hulp.", ("doctor", "clients")),
}


def codebook(table: Table, stories: Mapping[str, Story]) -> None:
    """Put five words in the codebook and hang them on the stories."""
    for name, (who, meaning, on) in WORDS.items():
        code = create_code(by=table.people[who], circle=table.round.core, name=name, meaning=meaning)
        for key in on:
            tag_story(by=table.people[who], code=code, story=stories[key])
