"""
The gates of an event: what is let in, whatever switches a host has turned.

Each gate is a converter. Converters run even where the validators of attrs are switched off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from ..errors import InvalidValue
from .answer import Answer
from .choice import choice
from .company import Company
from .contact_points import ContactPoint
from .frozen_map import FrozenMap
from .instants import day, instant
from .money import Money
from .person import Person
from .source import Source
from .text import is_visible, note_text, plain_text

_T = TypeVar("_T")


def author(by: str) -> str:
    """Let in whoever did something; it may be blank."""
    return plain_text(by, "by") if by != "" else by


def note(text: str) -> str:
    """Let in a note of any number of lines; it may be blank."""
    return note_text(text, "note") if text != "" else text


def name(text: str) -> str:
    """Let in a name of one line, such as that of a deal or of a stage; it may be blank."""
    return plain_text(text, "name")


def identity(id: str) -> str:
    """Let in an id, which must show something."""
    return visible_line(id, "id")


def link(id: str) -> str:
    """Let in the id of something else; it may be blank."""
    return plain_text(id, "id") if id != "" else id


def links(ids: Iterable[str]) -> tuple[str, ...]:
    """Let in the ids of other things."""
    return tuple(map(identity, several(str, ids, "ids")))


def person(value: Person | None) -> Person | None:
    """Let in a person, or nobody."""
    return maybe(Person, value, "person")


def company(value: Company | None) -> Company | None:
    """Let in a company, or none."""
    return maybe(Company, value, "company")


def amount(value: Money | None) -> Money | None:
    """Let in an amount of money, or none."""
    return maybe(Money, value, "amount")


def people(values: Iterable[Person]) -> tuple[Person, ...]:
    """Let in persons."""
    return several(Person, values, "people")


def contact_points(values: Iterable[ContactPoint]) -> tuple[ContactPoint, ...]:
    """Let in contact points."""
    return several(ContactPoint, values, "contact_points")


def source(value: Source | str) -> Source:
    """Let in a source, or its name."""
    return choice(Source, value, "source")


def source_words(text: str) -> str:
    """Let in the words in which a source was given; they may be blank."""
    return note_text(text, "source_words")


def details(values: Mapping[str, str]) -> FrozenMap[str, str]:
    """Let in further facts: texts by their names."""
    if not isinstance(values, Mapping):
        raise InvalidValue("details", "are of the wrong kind", "texts by name")
    return FrozenMap(
        {visible_line(k, "details"): note_text(v, "details") for k, v in values.items()}
    )


def answers(values: Mapping[str, Answer]) -> FrozenMap[str, Answer]:
    """Let in answers by the names of their questions."""
    if not isinstance(values, Mapping):
        raise InvalidValue("answers", "are of the wrong kind", "Answer by question")
    several(Answer, values.values(), "answers")
    return FrozenMap({visible_line(slot, "question"): said for slot, said in values.items()})


def maybe_instant(value: datetime | None) -> datetime | None:
    """Let in a moment, or none."""
    return None if value is None else instant(value, what="until")


def maybe_day(value: date | None) -> date | None:
    """Let in a calendar day, or none."""
    return None if value is None else day(value, what="expected_close")


def maybe(kind: type[_T], value: Any, what: str) -> _T | None:  # noqa: ANN401 - that is the question
    """Let in a value of one kind, or nothing."""
    if value is None or isinstance(value, kind):
        return value
    raise InvalidValue(what, "is of the wrong kind", f"{kind.__name__}, or None")


def one(kind: type[_T], value: Any, what: str) -> _T:  # noqa: ANN401 - likewise
    """Let in a value of one kind."""
    if isinstance(value, kind):
        return value
    raise InvalidValue(what, "is of the wrong kind", kind.__name__)


def several(kind: type[_T], values: Iterable[Any], what: str) -> tuple[_T, ...]:
    """Let in values of one kind, in the order in which they come."""
    if isinstance(values, (str, Mapping)) or not hasattr(values, "__iter__"):
        raise InvalidValue(what, "are of the wrong kind", f"several of {kind.__name__}")
    return tuple(one(kind, value, what) for value in values)


def fields(
    values: Mapping[str, Any], gate_of: Mapping[str, Callable[[Any], object]], what: str
) -> FrozenMap[str, Any]:
    """Let in new values by the name of their field, each through the gate of its own."""
    if not hasattr(values, "keys") or not values or not values.keys() <= gate_of.keys():
        allowed = ", ".join(gate_of)
        raise InvalidValue(what, "names no field, or one that it cannot change", allowed)
    return FrozenMap({name: gate_of[name](value) for name, value in values.items()})


def visible_line(text: str, what: str) -> str:
    """Let in a text of one line that shows something."""
    if not is_visible(plain_text(text, what)):
        raise InvalidValue(what, "is blank", "a text with at least one visible letter")
    return text
