"""THE PERSONAL-DATA GUARD: finds in a Dutch text what identifies one person, so that a story can be told without its people.

Pure Python, no Django. `detection.find_identifiers` returns each identifier with its place in the text, its kind and
the reason why it was taken for one. It decides nothing: which kinds are refused and which are asked about is a rule of
the method.
"""
