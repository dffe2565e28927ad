"""The look: drawings, absence patterns and the geometry of scales; the tags in templatetags/bouwstenen.py put them on a page."""
