"""
The converters of events and nouns: each lets in what its field can hold, and names the field.

Converters run even where the validators of attrs are switched off. A function that is called like a
field is the converter of that field; all others are for fields of several names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from ..errors import InvalidValue, Text, WrongKind, did_you_mean
from .answer import Answer, AnswerValue, answer_value
from .company import Company
from .contact_points import ContactPoint
from .frozen_map import FrozenMap
from .instants import day, instant
from .money import Money
from .person import Person
from .source import Source
from .text import is_visible, note_text, plain_text

ChoiceT = TypeVar("ChoiceT", bound=StrEnum)
_T = TypeVar("_T")

_NOT_LISTED = Text("not_listed", "{field} is not in the list", "{options}")
_BLANK = Text("blank", "{field} is blank", "a text with at least one visible letter")
_NO_FIELD = Text("no_field", "{field} changes nothing", "one of: {fields}")
_UNKNOWN_FIELD = Text("unknown_field", "{field} cannot change {unknown}{meant}", "{fields}")


def visible_line(text: str, field: str) -> str:
    """Let in a text of one line that shows something."""
    if not is_visible(plain_text(text, field)):
        raise InvalidValue(field, _BLANK)
    return text


def choice(options: type[ChoiceT], value: str, field: str) -> ChoiceT:
    """
    Return the option of that name. Raises `InvalidValue`, with the list of options, for any other.

    >>> from salesfunnel.values import Source
    >>> choice(Source, "exhibition", "source")
    <Source.EXHIBITION: 'exhibition'>
    """
    if type(value) is options:
        return value
    try:
        return options(value)
    except ValueError:
        raise InvalidValue(field, _NOT_LISTED, {"options": ", ".join(options)}) from None


def one(kind: type[_T], value: Any, field: str) -> _T:  # noqa: ANN401 - that is the question
    """Let in a value of one kind."""
    if isinstance(value, kind):
        return value
    raise WrongKind.of(field, value, wanted=kind.__name__)


def maybe(kind: type[_T], value: Any, field: str) -> _T | None:  # noqa: ANN401 - likewise
    """Let in a value of one kind, or nothing."""
    if value is None or isinstance(value, kind):
        return value
    raise WrongKind.of(field, value, wanted=f"{kind.__name__}, or None")


def several(kind: type[_T], values: Iterable[Any], field: str) -> tuple[_T, ...]:
    """Let in values of one kind, in the order in which they come."""
    if type(values) is tuple and {*map(type, values)} <= {kind}:
        return values
    if isinstance(values, (str, Mapping, type)) or not hasattr(values, "__iter__"):
        raise WrongKind.of(field, values, wanted=f"several of {kind.__name__}")
    return tuple([one(kind, value, field) for value in values])


def fields(
    values: Mapping[str, Any], converters: Mapping[str, Callable[[Any], object]], verb: str
) -> FrozenMap[str, Any]:
    """Let in new values by the name of their field, each by the converter of its own."""
    known = ", ".join(converters)
    if not hasattr(values, "keys"):
        raise WrongKind.of(verb, values, wanted=f"values by field: {known}")
    if not values:
        raise InvalidValue(verb, _NO_FIELD, {"fields": known})
    for name in values:
        if name not in converters:
            near = did_you_mean(name, converters)
            meant = f" (did you mean {near}?)" if near else ""
            said = {"unknown": plain_text(name, verb), "meant": meant, "fields": known}
            raise InvalidValue(verb, _UNKNOWN_FIELD, said)
    return FrozenMap({name: converters[name](value) for name, value in values.items()})


def by(text: str) -> str:
    """Let in the one who did something; it may be blank."""
    return plain_text(text, "by") if text != "" else text


def trigger(text: str) -> str:
    """Let in the name of a move."""
    return plain_text(text, "trigger")


def from_stage(text: str) -> str:
    """Let in the stage that was left."""
    return plain_text(text, "from_stage")


def to_stage(text: str) -> str:
    """Let in the stage that was entered; blank where none was."""
    return plain_text(text, "to_stage")


def last_open_stage(text: str) -> str:
    """Let in the stage in which something stood while it was open; it may be blank."""
    return plain_text(text, "last_open_stage")


def identity(text: str) -> str:
    """Let in an id, which must show something."""
    return visible_line(text, "id")


def account_id(text: str) -> str:
    """Let in the id of an account; it may be blank."""
    return plain_text(text, "account_id")


def opportunity_id(text: str) -> str:
    """Let in the id of an opportunity; it may be blank."""
    return plain_text(text, "opportunity_id")


def contact_id(text: str) -> str:
    """Let in the id of a contact; it may be blank."""
    return plain_text(text, "contact_id")


def conversion_id(text: str) -> str:
    """Let in the id of a conversion; blank where it was made elsewhere."""
    return plain_text(text, "conversion_id")


def parent_id(text: str) -> str:
    """Let in the id of the account above; it may be blank."""
    return plain_text(text, "parent_id")


def parent_before(text: str) -> str:
    """Let in the id of the account that stood above before; it may be blank."""
    return plain_text(text, "before")


def lead_ids(texts: Iterable[str]) -> tuple[str, ...]:
    """Let in the ids of leads."""
    return tuple([visible_line(text, "lead_ids") for text in several(str, texts, "lead_ids")])


def name(text: str) -> str:
    """Let in the name of a deal or an account; it may be blank."""
    return plain_text(text, "name")


def policy_name(text: str) -> str:
    """Let in the name of a policy."""
    return plain_text(text, "policy")


def policy_version(text: str) -> str:
    """Let in the version of a policy."""
    return plain_text(text, "policy_version")


def kind(text: str) -> str:
    """Let in a code for a kind of activity, such as call."""
    return visible_line(text, "kind")


def role_code(text: str) -> str:
    """Let in a code for the part that a person plays, such as adviser; it may be blank."""
    return str(plain_text(text, "role")) if text != "" else text


def reason_code(text: str) -> str:
    """Let in a code for the reason of a move, such as a win; it may be blank."""
    return str(plain_text(text, "reason"))


def required_reason(text: str) -> str:
    """Let in a code for the reason of a loss, which is never blank."""
    return str(visible_line(text, "reason"))


def note(text: str) -> str:
    """Let in a note of any number of lines; it may be blank."""
    return note_text(text, "note") if text != "" else text


def source_words(text: str) -> str:
    """Let in the words in which a source was given; they may be blank."""
    return note_text(text, "source_words") if text != "" else text


def source(value: Source | str) -> Source:
    """Let in a source, or its name."""
    return choice(Source, value, "source")


def person(value: Person | None) -> Person | None:
    """Let in a person, or nothing."""
    return maybe(Person, value, "person")


def company(value: Company | None) -> Company | None:
    """Let in a company, or nothing."""
    return maybe(Company, value, "company")


def amount(value: Money | None) -> Money | None:
    """Let in an amount of money, or nothing."""
    return maybe(Money, value, "amount")


def amount_before(value: Money | None) -> Money | None:
    """Let in the amount before a change, or nothing."""
    return maybe(Money, value, "before")


def persons(values: Iterable[Person]) -> tuple[Person, ...]:
    """Let in persons."""
    return several(Person, values, "people")


def points(values: Iterable[ContactPoint]) -> tuple[ContactPoint, ...]:
    """Let in contact points."""
    return several(ContactPoint, values, "contact_points")


def details(values: Mapping[str, AnswerValue]) -> FrozenMap[str, AnswerValue]:
    """Let in further facts of the host's own, by their names."""
    return typed_facts(values, "details")


def typed_facts(values: Mapping[str, AnswerValue], field: str) -> FrozenMap[str, AnswerValue]:
    """Let in facts by name: each is what an answer takes, a yes or no, a number, a text, a day."""
    if type(values) is FrozenMap and not values:
        return values  # as most are
    if type(values) is not dict and not isinstance(values, Mapping):
        raise WrongKind.of(field, values, wanted="facts by name")
    return FrozenMap({visible_line(k, field): _fact(v, field) for k, v in values.items()})


def _fact(value: AnswerValue, field: str) -> AnswerValue:
    if type(value) is str:
        return note_text(value, field)
    try:
        return answer_value(value)
    except InvalidValue as error:
        raise type(error)(field, error.text, error.params) from None


def answers_by_question(values: Mapping[str, Answer]) -> FrozenMap[str, Answer]:
    """Let in answers by the names of their questions."""
    if not isinstance(values, Mapping):
        raise WrongKind.of("answers", values, wanted="Answer by question")
    several(Answer, values.values(), "answers")
    return FrozenMap({visible_line(slot, "question"): said for slot, said in values.items()})


def is_day_told(value: bool) -> bool:  # noqa: FBT001 - the converter of a field
    """Let in whether anyone told the day."""
    return one(bool, value, "is_day_told")


def is_from_told(value: bool) -> bool:  # noqa: FBT001 - likewise
    """Let in whether anyone told the stage that was left."""
    return one(bool, value, "is_from_told")


def until(value: datetime | None) -> datetime | None:
    """Let in the moment until which something waits, or nothing."""
    return None if value is None else instant(value, what="until")


def expected_close(value: date | None) -> date | None:
    """Let in the day on which a deal is expected to close, or nothing."""
    return None if value is None else day(value, what="expected_close")


def expected_before(value: date | None) -> date | None:
    """Let in the day on which a deal was expected to close before, or nothing."""
    return None if value is None else day(value, what="before")


def opened_on(value: date | None) -> date | None:
    """Let in the day on which a deal was opened, or nothing."""
    return None if value is None else day(value, what="opened_on")


def closed_on(value: date) -> date:
    """Let in the day on which a deal was closed."""
    return day(value, what="closed_on")
