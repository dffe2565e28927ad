"""Papers of a round: the agreement, the picture and the plan as PDF and as Word, both from the same content."""
