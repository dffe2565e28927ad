"""Maps as drawings of the server: a city in classes, a city with one buurt marked, a city with my buurten."""
