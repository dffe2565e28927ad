"""Pages of what people tell, and how every form page of the method answers."""
