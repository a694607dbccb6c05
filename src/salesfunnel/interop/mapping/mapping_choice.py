"""Which of the mappings that come with the library a list is read by, where none is named."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection
from itertools import chain
from typing import Literal

from .mapping import SHIPPED, FileMapping, load_mapping
from .noun_mapping import NounMapping, key

Kind = Literal["lead", "opportunity", "account", "person", "history", "activity"]
"""The kinds of lists."""

_FEW = (1, 2)
_SPELT_BY_A_SYSTEM = re.compile(r"[_()\[\]/:]|[a-z][A-Z]")
_JUST_BELOW_ONE = 0.9


def recognise_mapping(
    header: tuple[str, ...], *, kind: Kind, needed: Collection[str] = ()
) -> FileMapping:
    """
    Choose the mapping that comes with the library and knows most columns of a header.

    Where a plain list may have as many, it is the export of a system if a column is only found
    there, or two are found in one more system at most. A label in another language, or the
    name of a field inside, is no such column: it may be anybody's word. So may be a plain word
    such as Budget: it takes two of them, or one such as LastName or "(Do Not Modify) Lead".

    >>> recognise_mapping(("Name", "Budget", "Created On"), kind="lead").name
    'salesfunnel'
    >>> recognise_mapping(("LastName", "IsConverted", "ConvertedDate"), kind="lead").name
    'salesforce'
    """
    plain, *systems = map(load_mapping, SHIPPED)
    keys = set(map(key, header))
    known = {
        mapping.name: keys & mapping_of_kind(mapping, kind).columns.keys()
        for mapping in (plain, *systems)
    }
    spelt = {key(name) for name in header if _SPELT_BY_A_SYSTEM.search(name)}
    spelt |= {key(name) for name in header if " " in name.strip()} & known[plain.name]
    systems_of = Counter(chain.from_iterable(known[system.name] for system in systems))

    def weight(mapping: FileMapping) -> tuple[bool, bool, int, float, int]:
        mine = known[mapping.name]
        columns = mapping_of_kind(mapping, kind).columns
        is_enough = not needed or any(columns[name] in needed for name in mine)
        headers = _headers(mapping.name, kind)
        rare = {name for name in mine & headers if systems_of[name] in _FEW}
        telling = rare | (mine - known[plain.name])
        is_plain_word = len(telling) <= 1 and telling <= headers - spelt
        is_anybodys = is_plain_word or mine <= known[plain.name] - spelt
        is_told = mapping is plain or not is_anybodys
        own = sum(1 / systems_of[name] for name in rare)
        own = _JUST_BELOW_ONE if mapping is plain else own
        return is_enough, is_told, len(mine), own, len(mine & headers)

    return max((plain, *systems), key=weight)


@functools.cache
def _headers(name: str, kind: Kind) -> frozenset[str]:
    """List the keys of the headers of a mapping, without those of its labels."""
    headers = mapping_of_kind(load_mapping(name), kind).headers
    return frozenset(map(key, chain.from_iterable(headers.values())))


def mapping_of_kind(mapping: FileMapping, kind: Kind) -> NounMapping:
    """
    Return how a mapping reads lists of one kind.

    >>> mapping_of_kind(load_mapping("salesforce"), "lead").field_of("LastName")
    'family_name'
    """
    noun: NounMapping = getattr(mapping, kind)
    return noun
