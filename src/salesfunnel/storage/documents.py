"""Writing any value of the library as a document, and reading the same value again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, overload

from ..errors import InvalidDefinition, InvalidDocument, Problem, Text, WrongKind
from ..values.document import read_document
from .names import NAMES
from .nouns import NOUNS, event_from_data, event_to_data, noun_from_data, noun_of, noun_to_data
from .references import Known, Pipelines
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
_MISSING = Text("key_missing", "{key} is missing")
_UNKNOWN_KEY = Text("unknown_key", "is not a known key", "known: {known}")
MOST_CHARACTERS = 5_000_000
MOST_VALUES = 100_000


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
        given = {"pipelines": Known.of(pipelines)}
        if what == "event":
            _check_keys(found, "event")
            return _event(found["event"], given, version, kind)
        _check_keys(found, "events")
        return noun_from_data(
            found["events"], given, noun=what, kind=kind or NOUNS[what], version=version
        )
    except InvalidDefinition as error:
        raise InvalidDocument(what, error.problems) from None


def to_json(thing: object, *, indent: int | None = None) -> str:
    """
    Write a value as JSON.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.activities import ActivityLogged
    >>> to_json(ActivityLogged(at=datetime(2026, 3, 2, 9, tzinfo=UTC), kind="call"))[:44]
    '{"format": "salesfunnel.event", "version": 1'
    """
    return json.dumps(to_data(thing), ensure_ascii=False, indent=indent)


@overload
def from_json(
    text: str | bytes, *, kind: type[ThingT], pipelines: Pipelines = ()
) -> ThingT: ...
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
        data = read_document(text, what="document")
    except InvalidDefinition as error:
        raise InvalidDocument("document", error.problems) from None
    return from_data(data, kind=kind, pipelines=pipelines)


def _head(data: object) -> tuple[str, int, dict[str, Any]]:
    if type(data) is not dict:
        _refuse(_NOT_A_DOCUMENT.problem(where="$"))
    form, version = data.get("format"), data.get("version")
    known = {f"{_FORMAT}{name}": name for name in (*NOUNS, "event")}
    if type(form) is not str or form not in known:
        _refuse(_UNKNOWN_FORMAT.problem(where="$.format", formats=", ".join(known)))
    if type(version) is not int or version < 1:
        _refuse(_NOT_A_VERSION.problem(where="$.version"))
    if version > VERSION:
        _refuse(_TOO_NEW.problem(where="$.version", version=version, ours=VERSION))
    return known[form], version, data


def _check_kind(what: str, kind: type[Any] | None) -> None:
    if kind is None:
        return
    wanted = NOUNS.get(what)
    is_fit = issubclass(kind, wanted) if wanted else kind in NAMES
    if not is_fit:
        _refuse(_OTHER_KIND.problem(where="$.format", found=what, wanted=kind.__name__))


def _check_keys(data: Mapping[str, Any], key: str) -> None:
    known = ("format", "version", key)
    problems = [
        _UNKNOWN_KEY.problem(where="$", known=", ".join(known)) for name in data if name not in known
    ]
    if key not in data:
        problems.append(_MISSING.problem(where="$", key=key))
    if problems:
        _refuse(*problems[:1])


def _event(data: object, given: Mapping[str, Any], version: int, kind: type[Any] | None) -> Any:  # noqa: ANN401
    try:
        event = event_from_data(lifted(data, version), given)
    except InvalidDefinition as error:
        _refuse(*_at("$.event", error.problems))
    if kind is not None and type(event) is not kind:
        _refuse(
            _OTHER_KIND.problem(
                where="$.event.event", found=type(event).__name__, wanted=kind.__name__
            )
        )
    return event


def _at(step: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    import attrs

    return tuple(attrs.evolve(p, where=f"{step}{p.where}") for p in problems)


def _refuse(*problems: Problem) -> Any:  # noqa: ANN401
    raise InvalidDefinition("document", problems)
