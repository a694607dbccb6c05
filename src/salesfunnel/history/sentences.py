"""The sentence that each event carries: what happened, as a template with its parameters."""

from __future__ import annotations

import string
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo

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


def sentence_of(event: object, *, zone: tzinfo = UTC) -> Sentence:
    """
    Return the sentence of an event, with days as they are in a zone.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.history import Recorded
    >>> sent = Recorded(at=datetime(2026, 3, 2, tzinfo=UTC), kind="invoice_sent", data={})
    >>> sentence_of(sent).message, sentence_of(sent).code
    ('recorded invoice_sent', 'told_recorded')
    """
    text: Text = event.sentence  # type: ignore[attr-defined]  # every event has one
    names = (name for _, name, _, _ in string.Formatter().parse(text.template) if name)
    roots = dict.fromkeys(name.partition(".")[0] for name in names)
    return Sentence(text, tuple((name, written(getattr(event, name), zone)) for name in roots))


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
