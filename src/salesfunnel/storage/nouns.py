"""
How a noun stands in documents: it is its events, and nothing beside them.

So no document holds two truths. What is read back is the fold of the events that were read.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..accounts.account import Account
from ..errors import (
    InvalidDefinition,
    InvalidHistory,
    InvalidValue,
    Problem,
    Text,
    did_you_mean,
)
from ..history.event import event_types
from ..history.order import in_order
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..values.codecs import (
    MOST_PROBLEMS,
    NOT_LIST,
    NOT_OBJECT,
    Read,
    Write,
    problem_of,
    under,
    unreadable,
)
from ..values.container_codecs import read_each
from .event_codecs import event_codec
from .event_names import EVENTS, NAMES
from .versions import VERSION, lifted

NOUNS: Mapping[str, type[Any]] = MappingProxyType(
    {"account": Account, "lead": Lead, "opportunity": Opportunity}
)
"""Each noun by the format of its documents."""

_UNKNOWN_EVENT = Text(
    "unknown_event",
    "is not an event that this version knows",
    "upgrade salesfunnel, if a newer one wrote it",
)
_MISSPELT_EVENT = Text(
    "event_misspelt", "is not an event that this version knows", "did you mean {meant}?"
)
_FOREIGN_EVENT = Text("event_of_other_noun", "is not an event of: {noun}", "{events}")
_NO_EVENT_NAME = Text("event_without_name", "does not say which event it is", 'a key "event"')
_TWICE = Text("second_beginning", "begins it a second time", "leave one of them out")


def event_to_data(event: object) -> dict[str, Any]:
    """
    Write an event, without a head, to stand in a list of events.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.activities import ActivityLogged
    >>> call = ActivityLogged(at=datetime(2026, 3, 2, 9, tzinfo=UTC), kind="call")
    >>> event_to_data(call)["event"]
    'activity.logged'
    """
    written: dict[str, Any] = _writers()[type(event)](event)
    return written


def event_from_data(data: object, given: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any event
    """
    Read an event, in the form of this version.

    >>> written = {"event": "lead.accepted", "at": "2026-03-02T09:00:00+00:00"}
    >>> event_from_data(written, {}).at.day
    2
    """
    name = data.get("event") if type(data) is dict else None
    if type(name) is not str or name not in EVENTS:
        raise _not_an_event(data, "")
    return event_codec(name).read(data, given)


@functools.cache
def _readers(noun: str) -> Mapping[str, Read]:
    """List the rows of the events that a noun can have, by their names."""
    return {NAMES[kind]: event_codec(NAMES[kind]).read for kind in event_types(NOUNS[noun])}


def _one_by_one(told: list[Any], given: object, *, noun: str) -> list[Any]:
    """Read the events of a noun, and say what is wrong with each."""
    readers = _readers(noun)

    def read(data: Any, given: object) -> Any:  # noqa: ANN401 - any event
        name = data.get("event") if type(data) is dict else None
        if type(name) is not str or name not in readers:
            raise _not_an_event(data, noun)
        return readers[name](data, given)

    try:
        return [*read_each(told, read, given)]
    except InvalidDefinition as error:
        raise InvalidDefinition("document", tuple(under(".events", error))) from None


def _not_an_event(data: object, noun: str) -> InvalidDefinition:
    if type(data) is not dict:
        return unreadable(NOT_OBJECT.problem())
    name = data.get("event")
    if type(name) is not str:
        return unreadable(_NO_EVENT_NAME.problem())
    if name in EVENTS:
        known = ", ".join(NAMES[kind] for kind in event_types(NOUNS[noun]))
        return unreadable(_FOREIGN_EVENT.problem(where=".event", noun=noun, events=known))
    if meant := did_you_mean(name, EVENTS):
        return unreadable(_MISSPELT_EVENT.problem(where=".event", meant=meant))
    return unreadable(_UNKNOWN_EVENT.problem(where=".event"))


def noun_to_data(noun: Any) -> dict[str, Any]:  # noqa: ANN401 - one of three
    """
    Write a noun as its events, without a head.

    >>> from datetime import UTC, datetime
    >>> lead = Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    >>> len(noun_to_data(lead)["events"])
    1
    """
    writers = _writers()
    return {"events": [writers[type(event)](event) for event in noun.timeline]}


@functools.cache
def _writers() -> Mapping[type[Any], Write]:
    """List the rows of all events by their classes."""
    return {kind: event_codec(name).write for name, kind in EVENTS.items()}


def noun_from_data(
    data: object, given: Mapping[str, Any], *, noun: str, kind: type[Any], version: int
) -> Any:  # noqa: ANN401 - of the kind
    """
    Read the list of a noun's events and fold them; problems name the events by their places.

    >>> noun_from_data([], {}, noun="lead", kind=Lead, version=1)
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDefinition: document: .events: does not begin with LeadCaptured
    """
    if type(data) is not list:
        raise unreadable(NOT_LIST.problem(where=".events"))
    told = data if version == VERSION else [lifted(item, version) for item in data]
    readers = _readers(noun)
    try:
        events = [readers[event["event"]](event, given) for event in told]
    except (InvalidDefinition, LookupError, TypeError):  # only now a place is worth looking for
        events = _one_by_one(told, given, noun=noun)
    try:
        return kind.replay(events)
    except InvalidHistory as error:
        first = event_types(kind)[0]
        beginnings = [number for number, event in enumerate(events) if type(event) is first]
        if again := beginnings[1:]:
            twice = [_TWICE.problem(where=f".events[{number}].event") for number in again]
            raise InvalidDefinition("document", tuple(twice[:MOST_PROBLEMS])) from None
        where = ".events" if error.number is None else _place(events, error.number, kind)
        problem = Problem(error.text, tuple(error.params.items()), where=where)
    except InvalidValue as error:
        problem = problem_of(error, where=".events")
    raise InvalidDefinition("document", (problem,))


def _place(events: list[Any], number: int, kind: type[Any]) -> str:
    """Find where the event with a number along the timeline stands in the document."""
    first = event_types(kind)[0]
    along = sorted(in_order(events), key=lambda event: type(event) is not first)
    places = (place for place, event in enumerate(events) if event is along[number])
    return f".events[{next(places)}]"
