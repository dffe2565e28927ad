"""Forms of a plan: results, efforts, how they go, conditions for placing, and what one looks for."""
