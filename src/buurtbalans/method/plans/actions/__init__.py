"""Writes of a plan: results, efforts and how they go, conditions for placing, and the plan as it was agreed."""
