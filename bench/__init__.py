"""Measures the product beside a peer; `make bench` runs every line and writes docs/reference/benchmarks.md."""
