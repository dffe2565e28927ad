"""Writes of the placing: every one by somebody, with an audit row that holds counts and numbers, never a household."""
