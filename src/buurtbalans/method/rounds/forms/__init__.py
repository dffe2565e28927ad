"""Forms of a round: the round itself, its agreement and partners, its claims, its shared picture."""
