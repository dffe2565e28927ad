"""The look: drawings, absence patterns, the geometry of scales; templatetags/bouwstenen.py puts them on a page."""
