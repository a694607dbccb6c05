"""The company of a row, with its size and its place."""

from __future__ import annotations

from ...values.company import Company
from ...values.text import LINE_LIMIT, is_visible, note_text
from .row_fields import RowFields

_FACTS = ("industry", "website", "postal_code", "city", "state", "country")


def company_of(row: RowFields, field: str, *, noun: str) -> Company | None:
    """
    Read the company that a field names.

    What a row tells of a company that it does not name has no place in the ``noun``.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> from salesfunnel.interop.mapping.mapped_columns import MappedColumns
    >>> from salesfunnel.interop.rows.records import Record
    >>> columns = MappedColumns(("Company", "City"), load_mapping("salesfunnel").lead)
    >>> row = RowFields(Record(2, ("Novin", "Tehran")), columns)
    >>> company_of(row, "company", noun="a lead without a company").city
    'Tehran'
    """
    name = row.line(field)
    if not is_visible(name):
        facts = ("currency", "employees", "annual_revenue", "street", *_FACTS)
        row.set_aside(*((field,) if name else ()), *facts, noun=noun)
        return None
    employees = row.usual("employees", row.format.head_count)
    revenue = row.money("annual_revenue")
    if revenue is None:
        row.set_aside("currency", noun="a company without a revenue")
    return Company(
        name,
        employees=employees,
        annual_revenue=revenue,
        street="\n".join(row.every("street", _street)),
        **row.lines(*_FACTS),
    )


def _street(text: str) -> str:
    return note_text(text, "street", limit=LINE_LIMIT)
