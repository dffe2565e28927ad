"""Reads of a round: where it stands, what was said and tested, who agrees, and what is asked of whom."""
