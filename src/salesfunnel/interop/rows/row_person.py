"""The person of a row, from a whole name or from its parts."""

from __future__ import annotations

from ...values.person import Person
from ...values.text import fold, is_visible
from .row_fields import RowFields


def person_of(row: RowFields, *, noun: str = "a row without a person") -> Person | None:
    """
    Name the person; «نام» beside «نام خانوادگی», and "Nom" beside "Prénom", is half a name.

    What a row tells of a person whom it does not name has no place in the ``noun``.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> from salesfunnel.interop.mapping.mapped_columns import MappedColumns
    >>> from salesfunnel.interop.rows.records import Record
    >>> columns = MappedColumns(("نام", "نام خانوادگی"), load_mapping("salesfunnel").lead)
    >>> str(person_of(RowFields(Record(2, ("سارا", "احمدی")), columns))) == "سارا احمدی"
    True
    """
    whole, given, family = row.line("person"), row.line("given_name"), row.line("family_name")
    if family and not given and not _holds(whole, family):
        whole, given = "", whole
    elif given and not family and not _holds(whole, given):
        whole, family = "", whole
    name = whole or f"{given} {family}".strip()
    if not is_visible(name):
        parts = ("person", "given_name", "family_name") if name else ()
        row.set_aside(*parts, "salutation", "job_title", noun=noun)
        return None
    salutation, job_title = row.line("salutation"), row.line("job_title")
    return Person(name, given=given, family=family, salutation=salutation, job_title=job_title)


def _holds(whole: str, part: str) -> bool:
    """Tell whether a whole name has a part of it, however the two are spelt."""
    return fold(part) in fold(whole)
