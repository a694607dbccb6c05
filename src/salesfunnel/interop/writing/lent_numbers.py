"""
A number without a column goes into a free one of the other kind, and is named.

Telephones and mobiles are both numbers to call, and a list with one column for them has it for
both. A fax is none: who calls it hears a machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ...errors import Text
from ...values.contact_points import ContactKind, ContactPoint
from .written_columns import WrittenColumns

LENT = ".lent"
"""What stands behind the place of a number that was found in a column of the other kind."""

TO_CALL = ("phone", "mobile")
"""The fields that lend each other their free columns."""

LENT_COLUMN = Text(
    "number_in_another_column",
    "{fact}: {count:,} (it stands in a free column for other numbers)",
)
_KINDS = frozenset({ContactKind.PHONE, ContactKind.MOBILE})


def lent(texts: Mapping[str, Sequence[str]], columns: WrittenColumns) -> dict[str, list[str]]:
    """
    Move numbers that have no column into the free ones of the other kind; nothing if none moves.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> columns = WrittenColumns.of(load_mapping("espocrm"), "lead")
    >>> lent({"mobile": ["0912 123 4567"]}, columns)
    {'phone': ['0912 123 4567'], 'mobile': []}
    >>> lent({"phone": ["021 1"], "mobile": ["0912 2"]}, columns)
    {}
    """
    found = {field: list(texts.get(field, ())) for field in TO_CALL}
    moved: list[str] = []
    for field, other in (TO_CALL, TO_CALL[::-1]):
        mine, theirs = found[field], found[other]
        room = columns.room(other, len(mine) + len(theirs)) - len(theirs)
        own = columns.room(field, len(mine))
        news = [text for text in mine[own:] if text not in theirs][: max(room, 0)]
        if news:
            found = {
                field: mine[:own] + [text for text in mine[own:] if text not in news],
                other: theirs + news,
            }
            moved += news
    return {field: found[field] for field in TO_CALL} if moved else {}


def name_lent(lost: Counter[str], told: Mapping[str, object], read: Mapping[str, object]) -> None:
    """
    Name a number that was read from a column of the other kind once, and not as lost and as new.

    >>> points = [ContactPoint(kind, "0912 123 4567") for kind in ("mobile", "phone")]
    >>> places = ["contact_points.mobile.1", "contact_points.phone.1"]
    >>> lost = Counter(places)
    >>> name_lent(lost, {places[0]: points[0]}, {places[1]: points[1]})
    >>> +lost
    Counter({'contact_points.mobile.1.lent': 1})
    """
    came = {
        point.text: place
        for place, point in read.items()
        if isinstance(point, ContactPoint) and point.kind in _KINDS and place not in told
    }
    if not came:  # as nearly always
        return
    for place, point in told.items():
        if isinstance(point, ContactPoint) and place not in read and point.kind in _KINDS:
            other = came.pop(point.text, "")
            if other:
                del lost[place], lost[other]
                lost[f"{place}{LENT}"] += 1
