"""Forms of what people tell, and the base of all forms of the method."""
