"""Mappings: which column is which field, and which word means what."""
