"""The figures of the invented town: the same every time, whole, and rich enough to show every reason for absence."""

import polars as pl

from buurtbalans.figures.release.frozen import Release
from buurtbalans.site.demo.figures import WITHOUT, YEARS, source_data
from buurtbalans.site.demo.town import town


def test_the_same_seed_gives_the_same_figures() -> None:
    place = town()
    station = place.layers.stations[0][1]
    once, again = (source_data(place.divisions, station) for _ in range(2))
    for one, other in zip(once, again, strict=True):
        assert one.observations.equals(other.observations)


def test_every_figure_has_a_value_or_a_reason_and_says_it_is_invented(waterdam: Release) -> None:
    frame = waterdam.figures()
    assert frame.filter(pl.col("value").is_null() == pl.col("absence").is_null()).is_empty()
    assert waterdam.manifest.invented
    assert all(source.invented for source in waterdam.manifest.sources)
    assert waterdam.manifest.periods == YEARS


def test_counts_add_up_to_the_town(waterdam: Release) -> None:
    frame = waterdam.figures(indicators=["population"], periods=[2025])
    buurten = frame.filter(pl.col("level") == "buurt")["value"].sum()
    whole = frame.filter(pl.col("level") == "gemeente")["value"].item()
    assert abs(buurten - whole) <= 2.5 * 48


def test_reasons_that_only_a_publisher_can_give_are_there(waterdam: Release) -> None:
    found = waterdam.figures(indicators=["feels_at_home"], periods=[2025])
    assert set(found["absence"].drop_nulls().to_list()) == {str(reason) for reason in WITHOUT.values()}
