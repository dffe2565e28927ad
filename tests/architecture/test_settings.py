"""docs/reference/settings.md names every variable of the environment that the product reads, and no other."""

import re
from pathlib import Path
from typing import Final

from tests.architecture.conftest import Plant
from tests.architecture.reading import ROOT, files, package

ROW: Final = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
READ: Final = re.compile(r"""environ(?:\.get\(|\[)\s*["']([A-Z_]+)["']""")
PAGE: Final = "docs/reference/settings.md"


def differences(root: Path) -> list[str]:
    """Return every variable that is read and not documented, documented and not read, or read in a wrong place.

    The site reads the environment in settings.py only; a command of the pure wings, which has no settings, for itself.
    """
    settings = package(root) / "site" / "settings.py"
    reads = {path: READ.findall(path.read_text(encoding="utf-8")) for path in files(package(root), ".py")}
    allowed = {path for path in reads if path == settings or path.parent.name == "cli"}
    read = {name for path in allowed for name in reads[path]}
    documented = set(ROW.findall((root / PAGE).read_text(encoding="utf-8")))
    elsewhere = sorted((path.name, name) for path in reads.keys() - allowed for name in reads[path])
    return [
        *(f"{name} is not in {PAGE}" for name in sorted(read - documented)),
        *(f"{name} in {PAGE} is read nowhere" for name in sorted(documented - read)),
        *(f"{file} reads {name}; only settings.py and commands read the environment" for file, name in elsewhere),
    ]


def test_every_setting_is_documented() -> None:
    assert differences(ROOT) == []


def test_planted_differences_are_caught(plant: Plant) -> None:
    plant(PAGE, "| `BUURTBALANS_A` | what |\n| `BUURTBALANS_GONE` | what |")
    plant("src/buurtbalans/cli/own.py", 'os.environ.get("BUURTBALANS_A")')
    plant("src/buurtbalans/site/other.py", 'os.environ["BUURTBALANS_C"]')
    root = plant("src/buurtbalans/site/settings.py", 'os.environ.get("BUURTBALANS_A")\nos.environ["BUURTBALANS_B"]')
    assert differences(root) == [
        f"BUURTBALANS_B is not in {PAGE}",
        f"BUURTBALANS_GONE in {PAGE} is read nowhere",
        "other.py reads BUURTBALANS_C; only settings.py and commands read the environment",
    ]
