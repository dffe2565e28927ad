"""Pages of the placing: the switch, the batches, the advice on one, and what people decide."""
