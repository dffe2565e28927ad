"""Where an advice pinches: only bounded areas with a price, the dearest first; and a demand that alone closes homes."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from buurtbalans.placing.bottlenecks import bottlenecks_of, closed_by
from buurtbalans.placing.case import NO_INDEX, read_case
from buurtbalans.placing.pairs import Reason
from buurtbalans.placing.solve import advise
from tests.placing.cases import invented, written


@pytest.mark.parametrize("seed", range(4))
def test_areas_that_pinch_have_room_of_their_own_and_a_price(tmp_path: Path, seed: int) -> None:
    advice = advise(read_case(written(tmp_path / "case", invented(seed, 60, 80, share=0.3))))
    found = bottlenecks_of(advice)
    assert found
    assert [one.more for one in found] == sorted((one.more for one in found), reverse=True)
    for one in found:
        assert advice.room.bounded[one.area]
        assert 0 <= one.more <= one.less
        assert one.load == advice.outcome.load[one.area] <= one.ceiling
        assert one.headroom == advice.room.headroom[one.area]


@pytest.mark.parametrize("seed", range(4))
def test_a_demand_counts_when_without_it_something_fits(tmp_path: Path, seed: int) -> None:
    tables = invented(seed, 60, 30)
    for row in tables["households.csv"][::3]:
        row |= {"rooms_min": "", "rooms_max": "", "rent_max": 1, "step_free": 0, "avoid": "", "labels": "55+;jong;zorg"}
    case = read_case(written(tmp_path / "case", tables))
    advice = advise(case)
    counts = closed_by(advice)
    cheap = np.full(len(case.households.ids), case.households.rent_max.max())
    free = advise(replace(case, households=replace(case.households, rent_max=cheap)))
    alone = (advice.outcome.home == NO_INDEX) & (np.diff(advice.pairs.start) == 0)
    opened = alone & (np.diff(free.pairs.start) > 0)
    assert counts[Reason.RENT] == opened.sum() > 0
    assert list(counts.values()) == sorted(counts.values(), reverse=True)
