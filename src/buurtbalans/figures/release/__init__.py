"""Releases: dated, checked, frozen sets of observations on disk, one of them published by one atomic switch."""
