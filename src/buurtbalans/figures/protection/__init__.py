"""Protection: the only way in which a figure leaves; what does not pass here reaches no page, table, map or file."""
