"""The addresses and numbers of a row: all that can be used, and a note on what cannot."""

from __future__ import annotations

from functools import partial

from ..errors import Text
from ..values.contact_points import ContactKind, ContactPoint
from .address_cells import contact_point, contact_texts, whole_number
from .cell_text import one_line
from .countries import country_of
from .row_fields import RowFields
from .second_opinion import doubt

ADDRESSES = ("email", "phone", "mobile", "fax")
"""The fields of a row that hold addresses and numbers, each called as its kind."""

_KINDS = {field: ContactKind(field) for field in ADDRESSES}

_DECIMALS = Text(
    "decimals_left_out", "{field} has decimals that a spreadsheet put there: they are left out"
)
_INCOMPLETE = Text(
    "number_not_completed",
    "{field} is not as long as numbers of {country}: taken as it is, without a calling code",
)


def addresses_of(row: RowFields, *fields: str) -> tuple[ContactPoint, ...]:
    """
    Read the addresses and numbers of a row, each once: all of them, or those of some fields.

    National numbers are completed by the country that stands in the row, or else by that of the
    file. What reaches no one is kept as text, with a note.

    >>> from salesfunnel.interop.mapping import load_mapping
    >>> from salesfunnel.interop.mapped_columns import MappedColumns
    >>> from salesfunnel.interop.records import Record
    >>> columns = MappedColumns(("Phone", "Email", "Country"), load_mapping("salesfunnel").lead)
    >>> row = RowFields(Record(2, ("0912 123 4567", "not an address", "ایران")), columns)
    >>> [point.key for point in addresses_of(row)], row.details
    (['+989121234567'], {'email': 'not an address'})
    """
    found: dict[tuple[str, str], ContactPoint] = {}
    for field in fields or ADDRESSES:
        if row.columns.tells(field):
            kind = _KINDS[field]
            reader = partial(_point, row, kind, "" if kind is ContactKind.EMAIL else _country(row))
            for point in row.every(field, partial(contact_texts, kind), reader):
                found.setdefault((field, point.text), point)
    return tuple(found.values())


def _point(row: RowFields, kind: ContactKind, country: str, header: str, text: str) -> ContactPoint:
    line = text if text.isprintable() else one_line(text)
    if kind is not ContactKind.EMAIL and (whole := whole_number(line)) != line:
        row.note(_DECIMALS, header)
        line = whole
    point = contact_point(kind, line, country)
    if point.country and point.key[0] != "+":
        row.note(_INCOMPLETE, header, country=country)
    if row.format.check_addresses and (doubtful := doubt(point)):
        row.note(doubtful, header)
    return point


def _country(row: RowFields) -> str:
    """Find the country of a row, that of its company or person; else that of the whole file."""
    for _, text in row.filled("country"):
        if code := row.columns.once("country", text, country_of):
            return code
    return row.format.country
