"""
Entries that are about one person or firm: found, explained, merged and separated again.

>>> from salesfunnel.duplicates import find_duplicates
>>> print(find_duplicates([]))
0 entries, each by itself
"""

from .finding import find_duplicates
from .groups import DuplicateGroup, Duplicates, Link, SharedKey, Sureness
from .keys import (
    ACCOUNT_KEYS,
    LEAD_KEYS,
    PERSON_KEYS,
    KeyReader,
    MatchKey,
    Strength,
    address_keys,
    fact_key,
)

__all__ = [
    "ACCOUNT_KEYS",
    "DuplicateGroup",
    "Duplicates",
    "KeyReader",
    "LEAD_KEYS",
    "Link",
    "MatchKey",
    "PERSON_KEYS",
    "SharedKey",
    "Strength",
    "Sureness",
    "address_keys",
    "fact_key",
    "find_duplicates",
]
