"""Two people with one address: what they share, and in which row the other stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...errors import Text
from ...leads.identity import personal_addresses
from ...leads.lead import Lead
from ...values.contact_points import ContactKind
from .row_fault import RowFault
from .row_fields import RowFields
from .rows_of_one import RowsOfOne
from .two_people import are_called_otherwise

_OTHER_PERSON = Text(
    "other_person", "has the {what} of row {of}, but another name: taken as another person"
)
_OTHER_THAN_KNOWN = Text(
    "other_person_than_known",
    "has the {what} of someone known before, but another name: taken as another person",
)


def other_person(told: Any, groups: Iterable[RowsOfOne[Any]]) -> RowFault:  # noqa: ANN401 - a noun
    """Say with which row above, or with whom who was known, someone shares an address."""
    mine = {point.key for point in told.contact_points}
    known = ""
    for group in groups:
        for row in group.rows:
            if what := _shared(mine, row.told):
                return RowFault(_OTHER_PERSON, {"what": what, "of": row.number})
        known = known or _shared(mine, group.known)
    return RowFault(_OTHER_THAN_KNOWN, {"what": known or "address"})


def _shared(mine: set[str], other: Any) -> str:  # noqa: ANN401 - a noun, or nothing
    kinds = [point.kind for point in getattr(other, "contact_points", ()) if point.key in mine]
    if not kinds:
        return ""
    return "e-mail" if kinds[0] is ContactKind.EMAIL else "number"


def beside_known(
    make: Callable[[RowFields], Lead | None], known: Iterable[Lead]
) -> Callable[[RowFields], Lead | None]:
    """
    Let a maker of leads note on a row with an id that someone else, who is known, has its address.

    A row without an id is held against them anyway.
    """
    ids: set[str] = set()
    by_address: dict[str, Lead] = {}
    for lead in known:
        ids.add(lead.id)
        for address in personal_addresses(lead.contact_points):
            by_address.setdefault(address, lead)

    def made(row: RowFields) -> Lead | None:
        told = make(row)
        if told is not None and told.person and row.filled("id") and told.id not in ids:
            for address in personal_addresses(told.contact_points):
                other = by_address.get(address)
                if other and other.person and are_called_otherwise(other.person, told.person):
                    what = _shared({point.key for point in told.contact_points}, other)
                    row.note(_OTHER_THAN_KNOWN, what=what)
                    break
        return told

    return made
