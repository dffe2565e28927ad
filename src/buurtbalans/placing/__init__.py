"""THE PLACING: which home for which household, so that neighbourhoods can carry it; advice that a person decides on.

Pure Python, no Django. A case is read (`case`), pairs that cannot be fall away with a reason (`pairs`), the others get
points that are explained one by one (`fit`), areas get room (`load`), and one network gives the best spread (`solve`).
"""
