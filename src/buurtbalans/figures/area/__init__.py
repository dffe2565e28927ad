"""Areas from buurt to country, read from publishers' files; a code counts only with its division year."""
