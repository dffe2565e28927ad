"""Pages of a plan: the plan itself, results, efforts, conditions, versions, and the catalogue of interventions."""
