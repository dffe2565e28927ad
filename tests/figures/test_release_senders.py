"""A table cannot bring figures in under the name of a publisher."""

from pathlib import Path

import pytest

from buurtbalans.figures.findings import Refused
from buurtbalans.figures.release.store import ReleaseStore
from buurtbalans.figures.sources import read_files

OWN = "area,level,division,indicator,period,value,absence\n"


def delivered(folder: Path, indicator: str) -> str:
    path = folder / "tabel.csv"
    path.write_text(f"{OWN}BU99010000,buurt,2024,{indicator},2024,5.0,\n")
    return ReleaseStore(folder / "releases").add([read_files([path])], [], title="Proef")


def test_a_table_that_speaks_for_cbs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cijfers van een andere bron: population"):
        delivered(tmp_path, "population")


def test_a_table_with_its_own_figures_is_taken(tmp_path: Path) -> None:
    assert delivered(tmp_path, "table:Meldingen")
