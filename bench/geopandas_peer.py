"""The peer of counting, run by the Python of .venv/peers: geopandas.sjoin and a group-by of pandas, as usual."""

import sys
from importlib.metadata import version

import geopandas
import pandas as pd
import shapely


def main(folder: str, size: str, out: str) -> None:
    """Count points per area, month and category; the borders come from binary, so no text is parsed."""
    given = pd.read_parquet(f"{folder}/shapes.parquet")
    areas = geopandas.GeoDataFrame({"area": given["code"]}, geometry=shapely.from_wkb(given["shape"]), crs=28992)
    frame = pd.read_parquet(f"{folder}/{size}.parquet")
    place = geopandas.points_from_xy(frame["x"], frame["y"], crs=28992)
    points = geopandas.GeoDataFrame(frame[["created_at", "category"]], geometry=place)
    joined = geopandas.sjoin(points, areas, predicate="intersects")
    joined["month"] = joined["created_at"].dt.to_period("M")
    found = joined.groupby(["area", "month", "category"]).size().reset_index(name="count")
    found["month"] = found["month"].astype(str)
    found.to_parquet(out)
    print(f"geopandas {version('geopandas')}, pandas {version('pandas')}")


if __name__ == "__main__":
    main(*sys.argv[1:])
