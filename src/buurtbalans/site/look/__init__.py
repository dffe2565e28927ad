"""The look: drawings, absence patterns, the geometry of scales; templatetags/components.py puts them on a page."""
