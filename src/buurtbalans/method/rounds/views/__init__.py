"""Pages of a round, by what they are about: the round itself, its claims, its shared picture."""
