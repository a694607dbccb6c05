"""Recognising a file by its headers: the mapping that knows most of the columns is taken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ..errors import UnreadableFile
from .columns import Columns
from .mapping import SHIPPED, Mapping, load_mapping
from .records import Records
from .section import Section

Kind = Literal["lead", "opportunity"]


def recognised_columns(
    records: Records, mapping: Mapping | None, *, kind: Kind, needed: Iterable[str]
) -> Columns:
    """
    Look the columns of a file up in a mapping, or in the shipped one that knows most of them.

    Raises `UnreadableFile` when none of the fields that are needed is among them.
    """
    mapping = mapping or recognise_mapping(records.header, kind=kind)
    columns = Columns(records.header, mapping, _section(mapping, kind))
    if columns.places.keys().isdisjoint(needed):
        raise UnreadableFile(
            records.path.name,
            f"has no column that the mapping {mapping.name!r} takes for one of: "
            + ", ".join(needed),
            "rename a column, or name a mapping that knows it",
        )
    return columns


def recognise_mapping(header: tuple[str, ...], *, kind: Kind) -> Mapping:
    """
    Choose the mapping that comes with the library and knows most columns of a header.

    >>> recognise_mapping(("LastName", "IsConverted", "ConvertedDate"), kind="lead").name
    'salesforce'
    """

    def known(mapping: Mapping) -> int:
        section = _section(mapping, kind)
        return sum(section.field_of(name) is not None for name in header)

    return max(map(load_mapping, SHIPPED), key=known)


def _section(mapping: Mapping, kind: Kind) -> Section:
    return mapping.lead if kind == "lead" else mapping.opportunity
