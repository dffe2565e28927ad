"""The invented town of the demo: its map, figures, people, rounds and stories."""
