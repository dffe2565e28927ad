"""Releases: dated, checked, frozen sets of observations on disk, one of them published by one atomic switch."""

from .frozen import Release
from .manifest import Manifest
from .shelf import NoSuchRelease, Shelf, State

__all__ = ["Manifest", "NoSuchRelease", "Release", "Shelf", "State"]
