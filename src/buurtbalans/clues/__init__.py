"""THE CLUES: finds in a Dutch text what leads to one person, so that a story can be told without its people.

Pure Python, no Django. `find` reads a text and says where something stands, of what kind, and why it was taken
for that. It decides nothing: which kinds are refused and which are asked about is a rule of the method.
"""
