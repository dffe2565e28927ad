"""Placing: batches of households and homes, the advice on them, and what people decide."""
