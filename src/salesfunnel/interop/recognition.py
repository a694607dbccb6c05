"""Recognising a file by its headers: the mapping that knows most of the columns is taken."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import chain
from typing import Literal

import attrs

from ..errors import UnreadableFile
from .columns import Columns
from .evidence import proven_format
from .mapping import SHIPPED, FileMapping, load_mapping
from .noun_mapping import NounMapping
from .records import Records

Kind = Literal["lead", "opportunity"]

_ENTRY = re.compile(r"\d{5}|@\w")  # stands in a list of people, and in no name of a column


def recognised_columns(
    records: Records, mapping: FileMapping | None, *, kind: Kind, needed: Collection[str]
) -> tuple[Records, Columns]:
    """
    Look the columns of a file up in a mapping, or in the shipped one that knows most of them.

    The header may stand below a title. Where no mapping is named the rows themselves may prove
    how dates and amounts are written. Raises `UnreadableFile` when none of the fields that are
    needed is among the columns.
    """
    first = _columns(records.header, mapping, kind)
    for candidate in chain([records], records.below_a_title()):
        columns = _columns(candidate.header, mapping, kind)
        known = sum(map(len, columns.places.values()))
        if not columns.places.keys().isdisjoint(needed) and (candidate is records or known > 1):
            if mapping is None:
                own = attrs.evolve(columns.mapping, format=proven_format(columns, candidate))
                columns = Columns(candidate.header, own, columns.section)
            return candidate, columns
    raise UnreadableFile(
        records.path.name,
        f"has no column that the mapping {first.mapping.name!r} takes for one of: "
        + ", ".join(needed),
        _remedy(records),
    )


def _columns(header: tuple[str, ...], mapping: FileMapping | None, kind: Kind) -> Columns:
    mapping = mapping or recognise_mapping(header, kind=kind)
    return Columns(header, mapping, _section(mapping, kind))


def _remedy(records: Records) -> str:
    if any(map(_ENTRY.search, records.header)):
        return "put a first row above it that names the columns, such as Name, Company, Phone"
    remedy = "rename a column, or name a mapping that knows it"
    if records.encoding.name == "utf-8" or records.encoding.certain:
        return remedy
    return f"{remedy}; name the encoding if its letters are not those of {records.encoding.name}"


def recognise_mapping(header: tuple[str, ...], *, kind: Kind) -> FileMapping:
    """
    Choose the mapping that comes with the library and knows most columns of a header.

    >>> recognise_mapping(("LastName", "IsConverted", "ConvertedDate"), kind="lead").name
    'salesforce'
    """

    def known(mapping: FileMapping) -> int:
        section = _section(mapping, kind)
        return sum(section.field_of(name) is not None for name in header)

    return max(map(load_mapping, SHIPPED), key=known)


def _section(mapping: FileMapping, kind: Kind) -> NounMapping:
    return mapping.lead if kind == "lead" else mapping.opportunity
