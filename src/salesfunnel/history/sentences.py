"""The sentence that each event carries: what happened, as a template with its parameters."""

from __future__ import annotations

import string
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from types import MappingProxyType, SimpleNamespace

import attrs

from ..errors import Statement, Text
from ..values.contribution import Contribution

AMENDED = Text("told_amended", "corrected {amended}")

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


@attrs.frozen
class Sentence(Statement):
    """
    What an event says: its text, and what is filled in; nothing of it is personal.

    >>> sentence = Sentence(Text("told_moved", "moved to {to_stage}"), (("to_stage", "won"),))
    >>> print(sentence)
    moved to won
    """


Labels = Mapping[str, Mapping[str, str]]
"""What people call codes: by the field in which a code stands, such as ``reason``, and the code."""

NO_LABELS: Labels = MappingProxyType({})


def sentence_of(event: object, *, zone: tzinfo = UTC, labels: Labels = NO_LABELS) -> Sentence:
    """
    Return the sentence of an event, with days as they are in a zone, and codes by their labels.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.history import Recorded
    >>> sent = Recorded(at=datetime(2026, 3, 2, tzinfo=UTC), kind="invoice_sent", data={})
    >>> sentence_of(sent).message, sentence_of(sent).code
    ('recorded invoice_sent', 'told_recorded')
    """
    text: Text = event.sentence  # type: ignore[attr-defined]  # every event has one
    names = [name for _, name, _, _ in string.Formatter().parse(text.template) if name]
    params = {}
    for name in names:
        root, _, part = name.partition(".")
        value = getattr(event, root)
        params[root] = _called(value, part, labels) if part else called(root, value, labels)
    return Sentence(text, tuple((name, written(value, zone)) for name, value in params.items()))


def called(field: str, value: object, labels: Labels) -> object:
    """
    Give the label of a code that stands in a field, or what stands there as it is.

    >>> called("reason", "price", {"reason": {"price": "Price too high"}})
    'Price too high'
    """
    return labels.get(field, {}).get(value, value) if isinstance(value, str) else value


def _called(value: object, part: str, labels: Labels) -> object:
    """Give a value of which a sentence names one part, with the label of that part."""
    label = called(part, getattr(value, part), labels)
    return value if label is getattr(value, part) else SimpleNamespace(**{part: label})


def written(value: object, zone: tzinfo = UTC) -> object:
    """
    Write a day as people do, a moment as its day in a zone, and a mapping as its keys.

    >>> written(date(2026, 3, 7)), written({"name": 1, "source": 2})
    ('7 March 2026', 'name, source')
    """
    if isinstance(value, Contribution):
        value = value.values
    if isinstance(value, Mapping):
        return ", ".join(map(str, value))
    if isinstance(value, datetime):
        value = in_zone(value, zone).date()
    if isinstance(value, date):
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return value


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """
    Give a moment in a zone, or in UTC at the ends of the calendar, where the zone has no name.

    >>> in_zone(datetime(2026, 3, 7, tzinfo=UTC), UTC).day
    7
    """
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment
