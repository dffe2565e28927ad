"""Writes of a round: starting it, its team and steps, claims, evidence, verdicts, opinions, gaps and the picture."""
