"""Recognising a file by its headers: the mapping that knows most of the columns is taken."""

from __future__ import annotations

from typing import Literal

from .mapping import SHIPPED, Mapping, load_mapping

Kind = Literal["lead", "opportunity"]


def recognise_mapping(header: tuple[str, ...], *, kind: Kind) -> Mapping:
    """
    Choose the mapping that comes with the library and knows most columns of a header.

    >>> recognise_mapping(("FirstName", "LastName", "IsConverted"), kind="lead").name
    'salesforce'
    """

    def known(mapping: Mapping) -> int:
        section = mapping.lead if kind == "lead" else mapping.opportunity
        return sum(section.field_of(name) is not None for name in header)

    return max(map(load_mapping, SHIPPED), key=known)
