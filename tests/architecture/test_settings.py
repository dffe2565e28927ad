"""docs/reference/settings.md names every variable of the environment that the product reads, and no other."""

import re
from pathlib import Path
from typing import Final

from tests.architecture.conftest import Plant
from tests.architecture.reading import ROOT, files, package

VARIABLE: Final = re.compile(r"\bBUURTBALANS_[A-Z_]+\b")
READ: Final = re.compile(r"""environ(?:\.get\(|\[)\s*["']([A-Z_]+)["']""")
PAGE: Final = "docs/reference/settings.md"


def differences(root: Path) -> list[str]:
    """Return every variable that is read and not documented, documented and not read, or read elsewhere."""
    settings = package(root) / "site" / "settings.py"
    read = set(READ.findall(settings.read_text(encoding="utf-8")))
    documented = set(VARIABLE.findall((root / PAGE).read_text(encoding="utf-8")))
    elsewhere = {
        (path.name, name)
        for path in files(package(root), ".py")
        if path != settings
        for name in READ.findall(path.read_text(encoding="utf-8"))
    }
    return [
        *(f"{name} is not in {PAGE}" for name in sorted(read - documented)),
        *(f"{name} in {PAGE} is read nowhere" for name in sorted(documented - read)),
        *(f"{file} reads {name}; only settings.py reads the environment" for file, name in sorted(elsewhere)),
    ]


def test_every_setting_is_documented() -> None:
    assert differences(ROOT) == []


def test_planted_differences_are_caught(plant: Plant) -> None:
    plant(PAGE, "| `BUURTBALANS_A` | what |\n| `BUURTBALANS_GONE` | what |")
    plant("src/buurtbalans/site/other.py", 'os.environ["BUURTBALANS_C"]')
    root = plant("src/buurtbalans/site/settings.py", 'os.environ.get("BUURTBALANS_A")\nos.environ["BUURTBALANS_B"]')
    assert differences(root) == [
        f"BUURTBALANS_B is not in {PAGE}",
        f"BUURTBALANS_GONE in {PAGE} is read nowhere",
        "other.py reads BUURTBALANS_C; only settings.py reads the environment",
    ]
