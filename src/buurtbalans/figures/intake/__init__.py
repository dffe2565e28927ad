"""Intake: a partner's own table, from bytes that nobody trusts to counts with their findings."""
