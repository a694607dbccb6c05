"""The person of a row, from a whole name or from its parts."""

from __future__ import annotations

from collections.abc import Iterable

from ...errors import Text
from ...values.person import Person
from ...values.text import fold, is_visible
from ...values.titles import is_title
from ..cells.cell_text import one_line
from ..mapping.mapped_columns import MappedColumns
from ..mapping.noun_mapping import key
from .records import Record
from .row_fields import RowFields

_OTHER_NAME = Text(
    "name_beside_its_parts", "{field} has nothing of the parts of the name: kept as text"
)
_OTHER_HALF = {"given_name": "family_name", "family_name": "given_name"}
# The headers of a whole name that head half of one beside a column of the other half.
_HALF_OF_A_NAME = frozenset(map(key, ("name", "nom", "نام", "անուն")))
# The headers under which some write what a person is called by, and others what they do.
_TITLE_OR_JOB = frozenset(map(key, ("title", "titre", "عنوان")))


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
    if whole and row.columns.tells("given_name") and row.columns.tells("family_name"):
        whole = _of_its_parts(row, whole, given, family)
    elif whole and not given and len(whole.split()) == 1 and _lacks_only_family(row.columns):
        whole, family = "", whole
    if family and not given and not _holds(whole, family):
        whole, given = "", whole
    elif given and not family and not _holds(whole, given):
        whole, family = "", whole
    name = whole or f"{given} {family}".strip()
    if not is_visible(name):
        parts = ("person", "given_name", "family_name") if name else ()
        row.set_aside(*parts, "salutation", "job_title", noun=noun)
        return None
    salutation, job_title = _titles(row)
    return Person(name, given=given, family=family, salutation=salutation, job_title=job_title)


def _titles(row: RowFields) -> tuple[str, str]:
    """Read the salutation and the job title; "Title" may head either, as its cell tells."""
    if not row.columns.tells("salutation"):
        cells = row.filled("job_title")
        told = [cell for cell in cells if is_title(cell[1]) and key(cell[0]) in _TITLE_OR_JOB]
        if told:
            others = [one_line(text) for header, text in cells if (header, text) not in told]
            for text in others[1:]:
                row.keep("job_title", text)
            return one_line(told[0][1]), next(iter(others), "")
    return row.line("salutation"), row.line("job_title")


def _lacks_only_family(columns: MappedColumns) -> bool:
    """Tell whether a list has "Nom" beside "Prénom", and so the family name under the former."""
    is_half = key(columns.header_of("person")) in _HALF_OF_A_NAME
    return is_half and columns.tells("given_name") and not columns.tells("family_name")


def half_of_name(columns: MappedColumns, rows: Iterable[Record]) -> str:
    """
    Name the half of a name that stands under "Nom" or «نام» in a list; nothing if whole ones do.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> columns = MappedColumns(("Prénom", "Nom"), load_mapping("salesfunnel").lead)
    >>> half_of_name(columns, [Record(2, ("Marie", "Curie"))])
    'family_name'
    >>> half_of_name(columns, [Record(2, ("Marie", "Marie Curie"))])
    ''
    """
    found = [half for half in _OTHER_HALF if columns.tells(half)]
    places = columns.places.get("person", [])
    if len(found) != 1 or len(places) != 1 or key(places[0][1]) not in _HALF_OF_A_NAME:
        return ""
    whole, part = places[0][0], columns.places[found[0]][0][0]
    cells = ((row.cells[whole], row.cells[part].strip()) for row in rows)
    if any(half and _holds(name, half) for name, half in cells):
        return ""
    return _OTHER_HALF[found[0]]


def _of_its_parts(row: RowFields, whole: str, given: str, family: str) -> str:
    """
    Keep a whole name as a text where its parts are of another name, as beside the title of a lead.

    In another script it may be the same name; without any part it is all that is known.
    """
    parts = [part for part in (given, family) if part]
    is_same_script = whole.isascii() and all(map(str.isascii, parts))
    if not parts or not is_same_script or any(_holds(whole, part) for part in parts):
        return whole
    row.note(_OTHER_NAME, row.header_of("person"))
    row.keep_as_written("person")
    return ""


def _holds(whole: str, part: str) -> bool:
    """Tell whether a whole name has a part of it, however the two are spelt."""
    return fold(part) in fold(whole)
