"""TopoJSON: borders that are stored once and shared by their neighbours, turned into polygons."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from shapely import Geometry, MultiPolygon, Polygon

Point = tuple[float, float]
POLYGONS: Final = ("Polygon", "MultiPolygon")


def features(topology: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], Geometry | None]]:
    """Return properties (with the object's `id` under `id`) and polygon of every object of a topology.

    A coarse topology rounds small rings to a line or a point. Such a ring is left out; an object that has no ring left
    comes back with None.

    Parameters
    ----------
    topology : mapping
        A TopoJSON topology (M. Bostock and C. Metcalf, The TopoJSON Format Specification, 2013), quantised or not.

    Raises
    ------
    ValueError
        When an object is no polygon; the message holds its kind.

    Examples
    --------
    >>> square = {"type": "Polygon", "id": "BU99990101", "arcs": [[0]]}
    >>> arcs = [[[0, 0], [0, 2], [2, 0], [0, -2], [-2, 0]]]
    >>> transform = {"scale": [0.5, 0.5], "translate": [5, 52]}
    >>> [(properties, polygon)] = features({"objects": {"all": square}, "arcs": arcs, "transform": transform})
    >>> properties["id"], polygon.bounds
    ('BU99990101', (5.0, 52.0, 6.0, 53.0))
    """
    arcs = [_arc(arc, topology.get("transform")) for arc in topology["arcs"]]
    objects = [part for whole in topology["objects"].values() for part in _flat(whole)]
    return [({"id": part.get("id"), **part.get("properties", {})}, _polygon(part, arcs)) for part in objects]


def _flat(whole: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if whole.get("type") != "GeometryCollection":
        return [whole]
    return [deeper for part in whole["geometries"] for deeper in _flat(part)]


def _arc(arc: Sequence[Sequence[float]], transform: Mapping[str, Any] | None) -> list[Point]:
    if transform is None:
        return [(point[0], point[1]) for point in arc]
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0.0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale_x + left, y * scale_y + bottom))
    return points


def _polygon(part: Mapping[str, Any], arcs: list[list[Point]]) -> Geometry | None:
    if part.get("type") not in POLYGONS:
        raise ValueError(str(part.get("type")))
    parts = part["arcs"] if part["type"] == "MultiPolygon" else [part["arcs"]]
    polygons = [polygon for rings in parts if (polygon := _rings(rings, arcs))]
    if len(polygons) == 1:
        return polygons[0]
    return MultiPolygon(polygons) if polygons else None


def _rings(rings: Sequence[Sequence[int]], arcs: list[list[Point]]) -> Polygon | None:
    outer, *holes = [_ring(ring, arcs) for ring in rings]
    if len(set(outer)) < 3:
        return None
    return Polygon(outer, [hole for hole in holes if len(set(hole)) >= 3])


def _ring(indexes: Sequence[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc if not points else arc[1:])
    return points
