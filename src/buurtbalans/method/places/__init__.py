"""Areas by code and the working areas that a round is about."""
