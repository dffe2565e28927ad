"""The catalogue: what every figure means, where it comes from and when it may be shown."""
