"""Signals, stories and feelings: the soft knowledge, with its source kind and audience."""
