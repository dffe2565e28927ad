"""Deliveries and releases of figures: import, check, publish."""
