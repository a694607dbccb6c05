"""The addresses and numbers of a row: all that can be used, and a note on what cannot."""

from __future__ import annotations

import re

from ...errors import InvalidValue, Text
from ...values.contact_points import ContactKind, ContactPoint
from ...values.numbering_plans import plan_of
from ...values.numbers import ascii_digits
from ...values.phone_numbers import without_decimals
from ..cells.cell_text import one_line
from ..cells.countries import country_of
from ..cells.second_opinion import doubt
from .divided_addresses import contact_texts
from .row_fields import RowFields

ADDRESSES = ("email", "phone", "mobile", "fax")
"""The fields of a row that hold addresses and numbers, each called as its kind."""

_KINDS = {field: ContactKind(field) for field in ADDRESSES}
_EMAIL = ContactKind.EMAIL  # looking up a member takes long
_LONGEST_PLAIN = 40
_PLAIN_NUMBER = re.compile(r"\+[1-9]\d{0,2}[ -]?\d(?:[ -]?\d){5,10}", re.ASCII)
_FEWEST_TO_CALL = 6
_SHORTENED = re.compile(r"\d(?:[.,]\d*)?[eE]\+\d+")
_LONGEST_NUMBER = 40
_ZEROS = ("0", "۰", "٠")
_DECIMALS = Text(
    "decimals_left_out", "{field} has decimals that a spreadsheet put there: they are left out"
)
_INCOMPLETE = Text(
    "number_not_completed",
    "{field} is not as long as numbers of {country}: taken as it is, without a calling code",
)
_SHORT = Text(
    "number_shorter_than_usual",
    "{field} has fewer digits than most numbers of {country}: taken as it is",
)
_LOST_DIGITS = Text("lost_digits", "{field} has lost digits in a spreadsheet", "the number as text")
_NOT_A_NUMBER = Text(
    "not_a_number_to_call",
    "{field} is not a number that can be called",
    "6 to 15 digits, such as +98 21 8877 6655",
)
_NOT_AN_ADDRESS = Text(
    "not_an_address", "{field} is not an address that mail can reach", "such as sara@novin.example"
)


def addresses_of(row: RowFields, *fields: str) -> tuple[ContactPoint, ...]:
    """
    Read the addresses and numbers of a row, each once: all of them, or those of some fields.

    National numbers are completed by the country that stands in the row, or else by that of the
    file. What reaches no one is kept as text, with a note.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> from salesfunnel.interop.mapping.mapped_columns import MappedColumns
    >>> from salesfunnel.interop.rows.records import Record
    >>> columns = MappedColumns(("Phone", "Email", "Country"), load_mapping("salesfunnel").lead)
    >>> row = RowFields(Record(2, ("0912 123 4567", "not an address", "ایران")), columns)
    >>> [point.key for point in addresses_of(row)], row.details
    (['+989121234567'], {'email': 'not an address'})
    """
    found: dict[tuple[str, str], ContactPoint] = {}
    is_asked = row.columns.format.check_addresses
    for field in row.columns.among(fields or ADDRESSES):
        kind = _KINDS[field]
        for header, cell in row.filled(field):
            at_once = None if is_asked else _at_once(kind, cell)
            if at_once is not None:  # as nearly always
                found.setdefault((field, cell), at_once)
                continue
            for text in contact_texts(kind, cell):
                try:
                    point = _point(row, kind, header, one_line(text))
                except InvalidValue as error:
                    row.keep_unreadable(field, header, text, error)
                else:
                    found.setdefault((field, point.text), point)
    return tuple(found.values())


def _at_once(kind: ContactKind, cell: str) -> ContactPoint | None:
    """Take a whole cell for an address, if it is sure that one stands there and nothing else."""
    try:
        point = ContactPoint(kind, cell)
    except InvalidValue:
        return None
    return point if is_plain_point(point) else None


def is_plain_point(point: ContactPoint) -> bool:
    """
    Tell at once, as can be done of nearly all, that an address is read as it is written.

    Others may be read so as well. Of a plain one that is sure, in each country.

    >>> is_plain_point(ContactPoint("email", "Sara@novin.example"))
    True
    >>> is_plain_point(ContactPoint("phone", "021 8877 6655"))
    False
    """
    text = point.text
    if point.kind is _EMAIL:
        return point.key == text.casefold()
    return len(text) <= _LONGEST_PLAIN and _PLAIN_NUMBER.fullmatch(text) is not None


def _point(row: RowFields, kind: ContactKind, header: str, text: str) -> ContactPoint:
    country = ""
    if kind is not ContactKind.EMAIL:
        country, written = _country(row), text
        text = whole_number(text)
        if text != written:
            row.note(_DECIMALS, header)
    point = contact_point(kind, text, country)
    if point.country and point.key[0] != "+":
        row.note(_INCOMPLETE, header, country=country)
    elif point.country and _is_short(point):
        row.note(_SHORT, header, country=country)
    if row.columns.format.check_addresses and (doubtful := doubt(point)):
        row.note(doubtful, header)
    return point


def _is_short(point: ContactPoint) -> bool:
    """Tell whether a completed number has fewer digits than most of its country."""
    plan = plan_of(point.country)
    code = "" if plan is None else f"+{plan.calling_code}"
    return (
        plan is not None and point.key.startswith(code) and len(point.key) < len(code) + plan.fewest
    )


def _country(row: RowFields) -> str:
    """Find the country of a row, that of its company or person; else that of the whole file."""
    for _, text in row.filled("country"):
        if code := row.columns.once("country", country_of, text):
            return code
    return row.columns.format.country


def contact_point(kind: ContactKind, text: str, country: str = "") -> ContactPoint:
    """
    Make an address or a number; one that reaches no one is refused.

    A national number keeps the ``country``, which completes its key. ``9.12E+09`` is what a
    spreadsheet makes of a number: two of them look like one, and neither can be called.

    >>> contact_point(ContactKind.PHONE, "0912 123 4567", "IR").key
    '+989121234567'
    """
    is_mail = kind is ContactKind.EMAIL
    if not is_mail and _has_lost_digits(text):
        raise InvalidValue(str(kind), _LOST_DIGITS)
    point = ContactPoint(kind, text)
    key = point.key
    if is_mail:
        if not key:
            raise InvalidValue(str(kind), _NOT_AN_ADDRESS)
        return point
    if len(key.removeprefix("+")) < _FEWEST_TO_CALL:
        raise InvalidValue(str(kind), _NOT_A_NUMBER)
    return point if key[0] == "+" or not country else ContactPoint(kind, text, country=country)


def _has_lost_digits(text: str) -> bool:
    return (
        "+" in text[1:] and len(text) <= _LONGEST_NUMBER and _SHORTENED.fullmatch(text) is not None
    )


def whole_number(text: str) -> str:
    """
    Take off the decimals that a spreadsheet has put behind a number.

    >>> whole_number("9121234567.0"), whole_number("06.75.77.83.99")
    ('9121234567', '06.75.77.83.99')
    """
    if "." not in text or len(text) > _LONGEST_NUMBER or not text.endswith(_ZEROS):
        return text
    return without_decimals(ascii_digits(text))
