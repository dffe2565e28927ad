"""Reads of the placing: whether it is on, which batches there are, and what stands on the page of one."""
