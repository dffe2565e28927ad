"""Figures computed from other figures: sums and shares, working areas, totals per level."""
