"""The large map as data for the drawing in the browser: the same areas, marks and classes as on the page."""

from typing import Any

from buurtbalans.site.largemap.draw import map_projection, names_in, signs
from buurtbalans.site.largemap.large_map import LargeMap
from buurtbalans.site.largemap.marks import Mark
from buurtbalans.site.largemap.query import MapLayer
from buurtbalans.site.largemap.stacks import key_of, squares_across


def as_data(whole: LargeMap) -> dict[str, Any]:
    """Return what is shown: areas with their class, marks, shapes and ground; a mark's words are asked for apart."""
    ground, shown = whole.ground, whole.figures.shown if whole.asked.shows(MapLayer.FIGURES) else None
    classes = shown.classes if shown else {}
    here, squares = set(ground.here), squares_across(map_projection(ground))
    areas = [
        _feature(
            ground.written["areas"][code],
            {
                "code": code,
                "name": area.name,
                "here": code in here,
                "fill": classes[code].fill if code in classes else "",
                "words": classes[code].sentence(area.name) if code in classes else area.name,
            },
        )
        for code, area in ground.areas.items()
    ]
    return {
        "bounds": [round(side, 5) for side in ground.bounds],
        "areas": _collection(areas),
        "marks": _collection([_feature(_point(mark), _about(mark, squares)) for mark in whole.drawn]),
        "shapes": _collection(
            [
                _feature(mark.shape, {"key": mark.key, "kind": mark.kind, "title": mark.title})
                for mark in whole.drawn
                if mark.shape
            ]
        ),
        "ground": ground.written["ground"],
        "names": names_in(ground),
        "signs": signs(),
    }


def _about(mark: Mark, squares: int) -> dict[str, Any]:
    return {
        "key": mark.key,
        "layer": mark.layer,
        "kind": mark.kind,
        "title": mark.title,
        "day": mark.day,
        "together": mark.together,
        "evening": mark.evening,
        "whole": mark.whole,
        "stack": key_of(mark, squares),
    }


def _point(mark: Mark) -> dict[str, Any]:
    return {"type": "Point", "coordinates": list(mark.place or ())}


def _feature(geometry: Any, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}
