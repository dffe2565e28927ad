"""Figures compared: with the city, with earlier years, and only where chance cannot explain the difference."""
