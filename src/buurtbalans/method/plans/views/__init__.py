"""Pages of a plan: the plan itself, results, efforts, conditions, its versions, and the list of what works."""
