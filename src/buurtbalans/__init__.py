"""Buurtbalans: hard figures and soft knowledge about a neighbourhood side by side, from question to evaluation."""

__version__ = "0.1.0"
