"""What an area can carry, agreed by people of a round, and what support it needs."""
