"""Reads of a plan: results and efforts, progress, who does what, what is missing and what changed."""
