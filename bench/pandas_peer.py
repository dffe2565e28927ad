"""The peer of the index, run by the Python of .venv/peers: pandas, tuned (categories, one pivot, numpy after it)."""

import hashlib
import sys

import numpy as np
import pandas as pd


def main(folder: str) -> None:
    """Make the index of bench.balancing from the same table."""
    frame = pd.read_parquet(f"{folder}/figures.parquet")
    frame["area"], frame["indicator"] = frame["area"].astype("category"), frame["indicator"].astype("category")
    by = frame.groupby(["indicator", "period"], observed=True, sort=False)["value"]
    low, high = by.transform("min"), by.transform("max")
    frame["value"] = (frame["value"] - low) / (high - low)
    wide = frame.pivot(index=["period", "area"], columns="indicator", values="value").sort_index()
    numbers = np.array([int(name[7:]) for name in wide.columns])
    values, weights = wide.to_numpy(), (1 + numbers % 3).astype(float)
    there = ~np.isnan(values)
    groups = []
    for group in range(10):
        of = numbers % 10 == group
        total = (np.where(there[:, of], values[:, of], 0.0) * weights[of]).sum(axis=1)
        groups.append(total / (there[:, of] * weights[of]).sum(axis=1))
    top = np.mean(groups, axis=0)
    print(hashlib.sha256((np.round(top, 10) + 0.0).tobytes()).hexdigest()[:12])


if __name__ == "__main__":
    main(sys.argv[1])
