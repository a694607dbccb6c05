"""The kinds of documents, one row each: what is written in this form, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import attrs

from ..accounts.account import Account
from ..errors import InvalidDefinition, Text
from ..history.event import event_types
from ..leads.lead import Lead
from ..opportunities.opportunity import Opportunity
from ..pipeline.notation import DEFINITION
from ..pipeline.pipeline import Pipeline
from ..qualification.assessment import Assessment
from ..qualification.notation import POLICY
from ..qualification.scorecard import Scorecard
from ..rules.notation import RULE
from ..rules.rule import Rule
from ..values.codecs import Codec, Read, under, unreadable
from ..values.document import part_of
from .assessment_codec import ASSESSMENT
from .event_codecs import event_codec
from .event_names import EVENTS, NAMES
from .nouns import event_from_data, event_to_data, noun_from_data, noun_to_data
from .versions import VERSION, lifted

Data = dict[str, Any]
Given = Mapping[str, Any]

_OTHER_KIND = Text("document_of_other_kind", "is {found}, and not {wanted}")


@attrs.frozen
class Form:
    """
    A kind of document: the class of what it holds, and how that is written and read.

    >>> FORMS["policy"].kind.__name__
    'Scorecard'
    """

    kind: type[Any]
    write: Callable[[Any], Data]
    read: Callable[[Data, Given, type[Any], int], Any]
    """Reads the data with what was given beside it, as a class, in a version."""
    schema: Mapping[str, Any] = attrs.field(repr=False)
    """The JSON Schema of its documents."""


def _body(data: Data, key: str) -> Any:  # noqa: ANN401 - any JSON
    """Return the one thing that a document holds beside its head and its definitions."""
    return part_of(data, key, what="document", where="", beside=("definitions",))


def _read_part(key: str, read: Read, data: Data, given: Given, *_: object) -> Any:  # noqa: ANN401 - of any kind
    part = _body(data, key)
    try:
        return read(part, given)
    except InvalidDefinition as error:
        raise InvalidDefinition("document", tuple(under(f".{key}", error))) from None


def _read_noun(noun: str, data: Data, given: Given, kind: type[Any], version: int) -> Any:  # noqa: ANN401 - of the kind
    events = _body(data, "events")
    return noun_from_data(events, given, noun=noun, kind=kind, version=version)


def _read_event(data: Data, given: Given, kind: type[Any], version: int) -> Any:  # noqa: ANN401 - of the kind
    event = _read_part("event", partial(_lifted_event, version), data, given)
    if kind is not object and type(event) is not kind:
        said = _OTHER_KIND.problem(
            where=".event.event", found=NAMES[type(event)], wanted=kind.__name__
        )
        raise unreadable(said)
    return event


def _lifted_event(version: int, data: object, given: Given) -> Any:  # noqa: ANN401 - any event
    return event_from_data(lifted(data, version), given)


def _schema(form: str, key: str, part: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a document of one thing beside its head and its definitions."""
    return {
        "title": f"{form}_document",
        "type": "object",
        "properties": {
            "format": {"const": f"salesfunnel.{form}"},
            "version": {"const": VERSION},
            key: part,
            "definitions": {"type": "array", "items": DEFINITION.schema},
        },
        "required": ["format", "version", key],
        "additionalProperties": False,
    }


def _events(names: Iterable[str]) -> dict[str, Any]:
    return {"anyOf": [event_codec(name).schema for name in names]}


def _noun(noun: str, kind: type[Any]) -> Form:
    events = _events(NAMES[event] for event in event_types(kind))
    schema = _schema(noun, "events", {"type": "array", "items": events, "minItems": 1})
    return Form(kind, noun_to_data, partial(_read_noun, noun), schema)


def _whole(kind: type[Any], codec: Codec) -> Form:
    return Form(kind, codec.write, lambda data, given, *_: codec.read(data, given), codec.schema)


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "account": _noun("account", Account),
        "assessment": _whole(Assessment, ASSESSMENT),
        "event": Form(
            object,
            lambda event: {"event": event_to_data(event)},
            _read_event,
            _schema("event", "event", _events(EVENTS)),
        ),
        "lead": _noun("lead", Lead),
        "opportunity": _noun("opportunity", Opportunity),
        "pipeline": _whole(Pipeline, DEFINITION),
        "policy": _whole(Scorecard, POLICY),
        "rule": Form(
            Rule,
            lambda rule: {"rule": RULE.write(rule)},
            partial(_read_part, "rule", RULE.read),
            _schema("rule", "rule", RULE.schema),
        ),
    }
)
"""Each kind of document by the last part of its format, such as lead of ``salesfunnel.lead``."""
