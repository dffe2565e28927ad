"""Figures carried over a change of boundaries."""
