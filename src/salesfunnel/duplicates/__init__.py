"""
Entries that are about one person or firm: found, explained, merged and separated again.

>>> from salesfunnel.duplicates import find_duplicates
>>> print(find_duplicates([]))
0 entries, each by itself
"""

from ..values.match_keys import (
    ACCOUNT_KEYS,
    LEAD_KEYS,
    PERSON_KEYS,
    KeyReader,
    MatchKey,
    Strength,
    address_keys,
)
from ..values.match_links import Link, Sureness
from .fact_keys import fact_key
from .finding import find_duplicates
from .groups import DuplicateGroup, Duplicates, SharedKey
from .known_leads import KnownLeads
from .merge_plan import Kept, Merged, MergePlan
from .merging import plan_merge
from .merging_people import PeopleMergePlan
from .resolving import resolve
from .splink_records import splink_records
from .unmerging import undo_merge

__all__ = [
    "ACCOUNT_KEYS",
    "DuplicateGroup",
    "Duplicates",
    "Kept",
    "KeyReader",
    "KnownLeads",
    "LEAD_KEYS",
    "Link",
    "MatchKey",
    "MergePlan",
    "Merged",
    "PERSON_KEYS",
    "PeopleMergePlan",
    "SharedKey",
    "Strength",
    "Sureness",
    "address_keys",
    "fact_key",
    "find_duplicates",
    "plan_merge",
    "resolve",
    "splink_records",
    "undo_merge",
]
