"""What stands in the two rounds of the test world; every text carries the canary of the circle that it is for."""

import re
from typing import Any

from buurtbalans.method.people.models import Circle
from tests.site.people_fixtures import World, make_world

CANARY = re.compile(r"kanarie-(\d+)")


def canary(circle: Circle) -> str:
    """Return a word that only who may see the circle may ever receive."""
    return f"kanarie-{circle.pk}-"


class Content:
    """The test world with its content, and what fills the addresses: `args[kind][side]`."""

    def __init__(self) -> None:
        self.world: World = make_world()
        self.args: dict[str, dict[str, list[Any]]] = {"who": {"own": ["bewoner"]}, "": {"own": []}}
