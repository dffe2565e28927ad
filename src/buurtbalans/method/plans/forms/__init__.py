"""Forms of a plan: results, efforts, progress reports, conditions for placing, and searches."""
