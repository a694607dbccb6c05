"""
Kept in your own database: the stored form of everything, and the same value again.

It is an edge: the nouns know nothing of it, and it needs no package of others.
"""

from .documents import from_data, from_json, to_data, to_json

__all__ = [
    "from_data",
    "from_json",
    "to_data",
    "to_json",
]
