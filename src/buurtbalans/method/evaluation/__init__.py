"""Step 6: was it reached, for whom, and how do we know."""
