"""Reads of what people tell: who may see what, what waits for a look, and what may lead to a person."""
