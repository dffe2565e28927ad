"""Finds the real published data that lies beside a checkout, or skips with a clear word."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def shared_data() -> Path:
    """Return the folder with real data, or skip the test."""
    folder = Path(os.environ.get("BUURTBALANS_SHARED", BESIDE))
    if not folder.is_dir():
        pytest.skip(f"no real data in {folder}: set BUURTBALANS_SHARED to test on it")
    return folder
