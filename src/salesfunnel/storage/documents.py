"""Writing any value of the library as a document, and reading the same value again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar, overload

from ..errors import InvalidDefinition, InvalidDocument, Text, WrongKind
from ..values.codecs import MOST_PROBLEMS, under, unreadable
from ..values.document import STORED, read_document
from ..values.type_codecs import MISSING, strange_keys
from .names import NAMES
from .nouns import NOUNS, event_from_data, event_to_data, noun_from_data, noun_of, noun_to_data
from .references import KnownPipelines, Pipelines
from .versions import VERSION, lifted

ThingT = TypeVar("ThingT")

_FORMAT = "salesfunnel."
_NOT_A_DOCUMENT = Text("not_a_document", "must be an object with format and version")
_UNKNOWN_FORMAT = Text("unknown_format", "is not a format of salesfunnel", "{formats}")
_OTHER_KIND = Text("document_of_other_kind", "is {found}, and not {wanted}")
_NOT_A_VERSION = Text("not_a_version", "must be a whole number from 1 on")
_TOO_NEW = Text(
    "too_new",
    "was written by a newer salesfunnel, in version {version}",
    "upgrade, or let it write version {ours}",
)


def to_data(thing: object) -> dict[str, Any]:
    """
    Write a value as plain data: dict, list, str, int, bool and None, for any JSON library.

    Args:
        thing: a lead, an opportunity, an account, or a single event.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> lead = Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    >>> data = to_data(lead)
    >>> data["format"], data["version"], [event["event"] for event in data["events"]]
    ('salesfunnel.lead', 1, ['lead.captured'])
    """
    noun = noun_of(thing)
    if noun:
        return {"format": f"{_FORMAT}{noun}", "version": VERSION, **noun_to_data(thing)}
    if type(thing) in NAMES:
        return {"format": f"{_FORMAT}event", "version": VERSION, "event": event_to_data(thing)}
    raise WrongKind.of("thing", thing, wanted="a lead, an opportunity, an account, or an event")


@overload
def from_data(data: object, *, kind: type[ThingT], pipelines: Pipelines = ()) -> ThingT: ...
@overload
def from_data(data: object, *, kind: None = None, pipelines: Pipelines = ()) -> Any: ...  # noqa: ANN401
def from_data(data: object, *, kind: type[Any] | None = None, pipelines: Pipelines = ()) -> Any:
    """
    Read a value from plain data.

    Raises `InvalidDocument` with every problem and its place, for all that is not such a document.

    Args:
        data: what `to_data` has written, of this version or an older one.
        kind: the class that is wanted; any other is refused.
        pipelines: those that the events refer to, beside those that come with the library, or a
            function that finds one by its fingerprint.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> lead = Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    >>> from_data(to_data(lead), kind=Lead) == lead
    True
    """
    what = "document"
    try:
        what, version, found = _head(data)
        _check_kind(what, kind)
        given = {"pipelines": KnownPipelines.of(pipelines)}
        if what == "event":
            return _event(_part(found, "event"), given, version, kind)
        return noun_from_data(
            _part(found, "events"), given, noun=what, kind=kind or NOUNS[what], version=version
        )
    except InvalidDefinition as error:
        raise InvalidDocument(what, error.problems) from None


def to_json(thing: object, *, indent: int | None = None) -> str:
    """
    Write a value as JSON.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.activities import ActivityLogged
    >>> to_json(ActivityLogged(at=datetime(2026, 3, 2, 9, tzinfo=UTC), kind="call"))[:41]
    '{"format":"salesfunnel.event","version":1'
    """
    separators = (",", ":") if indent is None else None
    return json.dumps(to_data(thing), ensure_ascii=False, indent=indent, separators=separators)


@overload
def from_json(text: str | bytes, *, kind: type[ThingT], pipelines: Pipelines = ()) -> ThingT: ...
@overload
def from_json(text: str | bytes, *, kind: None = None, pipelines: Pipelines = ()) -> Any: ...  # noqa: ANN401
def from_json(
    text: str | bytes, *, kind: type[Any] | None = None, pipelines: Pipelines = ()
) -> Any:
    """
    Read a value from JSON, with limits of size and depth. See `from_data`.

    >>> from_json("[]")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDocument: document: $: must be an object with format and version
    """
    try:
        data = read_document(text, what="document", limits=STORED)
    except InvalidDefinition as error:
        raise InvalidDocument("document", error.problems) from None
    return from_data(data, kind=kind, pipelines=pipelines)


def _head(data: object) -> tuple[str, int, dict[str, Any]]:
    if type(data) is not dict:
        raise unreadable(_NOT_A_DOCUMENT.problem(where="$"))
    form, version = data.get("format"), data.get("version")
    known = {f"{_FORMAT}{name}": name for name in (*NOUNS, "event")}
    if type(form) is not str or form not in known:
        raise unreadable(_UNKNOWN_FORMAT.problem(where="$.format", formats=", ".join(known)))
    if type(version) is not int or version < 1:
        raise unreadable(_NOT_A_VERSION.problem(where="$.version"))
    if version > VERSION:
        raise unreadable(_TOO_NEW.problem(where="$.version", version=version, ours=VERSION))
    return known[form], version, data


def _check_kind(what: str, kind: type[Any] | None) -> None:
    if kind is None:
        return
    noun = NOUNS.get(what)
    if not (kind in NAMES if noun is None else issubclass(kind, noun)):
        raise unreadable(_OTHER_KIND.problem(where="$.format", found=what, wanted=kind.__name__))


def _part(data: Mapping[str, Any], key: str) -> Any:  # noqa: ANN401 - any JSON
    """Return the one thing that a document holds beside its head."""
    known = ("format", "version", key)
    problems = tuple(under("$", InvalidDefinition("", tuple(strange_keys(data, known)))))
    if key not in data:
        problems = (MISSING.problem(where="$", key=key), *problems)
    if problems:
        raise InvalidDefinition("document", problems[:MOST_PROBLEMS])
    return data[key]


def _event(data: object, given: Mapping[str, Any], version: int, kind: type[Any] | None) -> Any:  # noqa: ANN401 - of the kind
    try:
        event = event_from_data(lifted(data, version), given)
    except InvalidDefinition as error:
        raise InvalidDefinition("event", tuple(under("$.event", error))) from None
    if kind is not None and type(event) is not kind:
        name = NAMES[type(event)]
        raise unreadable(
            _OTHER_KIND.problem(where="$.event.event", found=name, wanted=kind.__name__)
        )
    return event
