"""Promises a delivery to the core group of its round in a running demo, as its own organisation does."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

_PROMISE: Final = """
import sys
from pathlib import Path
from buurtbalans.cli_site import secret_of, start_safely
import os
os.environ["BUURTBALANS_SECRET_KEY"] = secret_of(Path(os.environ["BUURTBALANS_DATA"]))
start_safely()
from buurtbalans.method.datasets.models import Shipment
from buurtbalans.method.rounds.models import Round
from buurtbalans.site.demo.agreements import promise
shipment = Shipment.objects.get(title=sys.argv[1])
promise(shipment.by, Round.objects.get(core__name=sys.argv[2]), shipment)
"""


def promise_to(folder: Path, title: str, core: str) -> None:
    """Promise the delivery with a title to a core group, in the database of the demo."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("BUURTBALANS_", "DJANGO_"))}
    place = {"BUURTBALANS_DEMO": "1", "BUURTBALANS_DATA": str(folder), "BUURTBALANS_DATABASE": ""}
    command = [sys.executable, "-c", _PROMISE, title, core]
    done = subprocess.run(command, env=known | place, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr[-2000:]
