"""Checks on the quality of delivered figures: what asks for a second look before a release is published."""
