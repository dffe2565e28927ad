"""Reads of a plan: its results and efforts, how they go, who does what here, what is missing and what changed."""
