"""Exports: figures that passed the gate as files that people open elsewhere, as CSV, Excel or JSON."""
