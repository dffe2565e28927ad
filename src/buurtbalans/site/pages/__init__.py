"""Pages made of parts of many apps."""
