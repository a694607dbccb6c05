"""Who it is and how to reach them, where a row had a blank and someone has filled it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ...errors import InvalidValue, Text
from ...leads.lead import Lead
from ...values.company import Company
from ...values.contact_points import ContactKind, ContactPoint
from ...values.person import Person
from ..rows.row_taken import RowTaken
from .call_contacts import CHANNELS, kept_texts, shown_of

TOLD_CHANGED = Text(
    "told_cell_changed",
    "{field} was changed, and is not read: it says what is known",
    "change it on the lead itself",
)
_NOT_AN_ADDRESS = Text(
    "filled_blank_no_address", "{field} is not an address", "one address or number, and no more"
)


def take_blanks(taken: RowTaken, before: Lead) -> None:
    """
    Complete the lead by what was blank as the row was written; what stood there is not replaced.

    A text by which no one is reached counts as a blank.
    A cell in which something else stood is named, since it says what is known of the lead.
    """
    then = shown_of(before, taken.words)
    for column, complete in _COMPLETE.items():
        cell = _line(taken.cell(column))
        if cell in ("", _line(then[column])):
            continue
        now = _line(shown_of(taken.lead, taken.words)[column])
        kept = kept_texts(taken.lead, column) if column in CHANNELS else []
        if now and now == _line("; ".join(kept)):  # a text that reaches no one is put right
            now = ""
        if now and cell != now and not _is_same_number(column, cell, now):
            taken.note(TOLD_CHANGED, column)
        elif not now:
            taken.attempt(column, lambda: complete(taken, cell))  # noqa: B023 - it is called at once


def _is_same_number(column: str, cell: str, now: str) -> bool:
    """Tell whether a spreadsheet took a number for an amount, and left out its signs or zero."""
    digits = "".join(filter(str.isdigit, now))
    return column == "phone" and cell.isdigit() and cell.lstrip("0") == digits.lstrip("0")


def _line(text: str) -> str:
    return " ".join(text.split())


def _with_person(taken: RowTaken, cell: str) -> Lead:
    return taken.lead.amend(person=Person(cell), at=taken.at, by=taken.by)


def _with_company(taken: RowTaken, cell: str) -> Lead:
    return taken.lead.amend(company=Company(cell), at=taken.at, by=taken.by)


def _with_phone(taken: RowTaken, cell: str) -> Lead:
    return _with_point(taken, ContactPoint(ContactKind.PHONE, cell))


def _with_email(taken: RowTaken, cell: str) -> Lead:
    return _with_point(taken, ContactPoint(ContactKind.EMAIL, cell))


def _with_point(taken: RowTaken, point: ContactPoint) -> Lead:
    if not point.key:
        raise InvalidValue("address", _NOT_AN_ADDRESS)
    points = (*taken.lead.contact_points, point)
    return taken.lead.amend(contact_points=points, at=taken.at, by=taken.by)


def _with_owner(taken: RowTaken, cell: str) -> Lead:
    return taken.lead.assign(cell, at=taken.at, by=taken.by)


_COMPLETE: Mapping[str, Callable[[RowTaken, str], Lead]] = MappingProxyType(
    {
        "person": _with_person,
        "company": _with_company,
        "phone": _with_phone,
        "email": _with_email,
        "owner": _with_owner,
    }
)
