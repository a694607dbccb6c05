"""Writing any value of the library as a document, and reading the same value again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, overload

import attrs

from ..errors import InvalidDefinition, InvalidDocument, Text, WrongKind
from ..pipeline.notation import guards_by_name, pipeline_from_data, pipeline_to_data
from ..pipeline.pipeline import Pipeline
from ..pipeline.short_guards import Given
from ..values.codecs import MOST_PROBLEMS, NOT_LIST, NOT_OBJECT, under, unreadable
from ..values.container_codecs import read_each
from ..values.document import STORED, check_extent, check_written, read_document
from .event_names import NAMES
from .forms import FORMS, Form
from .known_pipelines import KnownPipelines, Pipelines
from .versions import VERSION

ThingT = TypeVar("ThingT")

_FORMAT = "salesfunnel."
_NAMES = {f"{_FORMAT}{name}": name for name in FORMS}
_THINGS = "a noun, an event, a rule, a policy, a pipeline or an assessment"
_UNKNOWN_FORMAT = Text("unknown_format", "is not a format of salesfunnel", "{formats}")
_OTHER_KIND = Text("document_of_other_kind", "is {found}, and not {wanted}")
_LAST_VERSION = 999_999
_NOT_A_VERSION = Text("not_a_version", "must be a whole number from 1 on")
_TOO_NEW = Text(
    "too_new",
    "was written by a newer salesfunnel, in version {version}",
    "upgrade, or let it write version {ours}",
)
_OWN_FIELDS = Text(
    "subclass_not_stored",
    "is a {kind} with fields of its own, which no document can hold",
    "keep them in details, or beside the document",
)


def to_data(thing: object, *, with_definitions: bool = False) -> dict[str, Any]:
    """
    Write a value as plain data: dict, list, str, int, bool and None, for any JSON library.

    Raises `InvalidDocument` for what cannot be stored, such as a rule with a function in it.

    Args:
        thing: a noun, an event, a rule, a policy, a pipeline or an assessment.
        with_definitions: whether the pipelines that events refer to are put into the document, for
            an export that others can read without them.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> lead = Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    >>> data = to_data(lead)
    >>> data["format"], data["version"], [event["event"] for event in data["events"]]
    ('salesfunnel.lead', 1, ['lead.captured'])
    """
    name, form = _form_of(thing)
    try:
        _check_class(thing, form)
        data = {"format": f"{_FORMAT}{name}", "version": VERSION, **form.write(thing)}
        if with_definitions:
            data["definitions"] = [pipeline_to_data(pipeline) for pipeline in _referred(thing)]
    except InvalidDefinition as error:
        raise _invalid(name, error) from None
    return data


@overload
def from_data(
    data: object,
    *,
    kind: type[ThingT],
    pipelines: Pipelines = (),
    guards: Given | Iterable[Given] = (),
) -> ThingT: ...
@overload
def from_data(
    data: object,
    *,
    kind: None = None,
    pipelines: Pipelines = (),
    guards: Given | Iterable[Given] = (),
) -> Any: ...  # noqa: ANN401 - as the document says
def from_data(
    data: object,
    *,
    kind: type[Any] | None = None,
    pipelines: Pipelines = (),
    guards: Given | Iterable[Given] = (),
) -> Any:
    """
    Read a value from plain data, with the limits of size and depth that `from_json` has.

    Raises `InvalidDocument` with every problem and its place, for all that is not such a document.

    Args:
        data: what `to_data` has written, of this version or an older one.
        kind: the class that is wanted; any other is refused.
        pipelines: those that the events refer to, beside those that come with the library, or a
            function that finds one by its fingerprint. Of two that differ in labels alone the last
            is taken, and a definition in the document before all of them.
        guards: the functions that guards of a pipeline stand for, found by their names.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.leads import Lead
    >>> lead = Lead.capture(company="Novin Tejarat", at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    >>> from_data(to_data(lead), kind=Lead) == lead
    True
    """
    try:
        check_extent(data, what="document", limits=STORED)
    except InvalidDefinition as error:
        raise InvalidDocument("document", error.problems) from None
    return _read(data, kind, pipelines, guards)


def to_json(thing: object, *, with_definitions: bool = False, indent: int | None = None) -> str:
    """
    Write a value as JSON; see `to_data`. What is too large to be read again is refused.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel.activities import ActivityLogged
    >>> to_json(ActivityLogged(at=datetime(2026, 3, 2, 9, tzinfo=UTC), kind="call"))[:41]
    '{"format":"salesfunnel.event","version":1'
    """
    data = to_data(thing, with_definitions=with_definitions)
    separators = (",", ":") if indent is None else None
    text = json.dumps(data, ensure_ascii=False, indent=indent, separators=separators)
    try:
        check_written(text, what="document", limits=STORED)
    except InvalidDefinition as error:
        raise InvalidDocument(_form_of(thing)[0], error.problems) from None
    return text


@overload
def from_json(
    text: str | bytes,
    *,
    kind: type[ThingT],
    pipelines: Pipelines = (),
    guards: Given | Iterable[Given] = (),
) -> ThingT: ...
@overload
def from_json(
    text: str | bytes,
    *,
    kind: None = None,
    pipelines: Pipelines = (),
    guards: Given | Iterable[Given] = (),
) -> Any: ...  # noqa: ANN401 - as the document says
def from_json(
    text: str | bytes,
    *,
    kind: type[Any] | None = None,
    pipelines: Pipelines = (),
    guards: Given | Iterable[Given] = (),
) -> Any:
    """
    Read a value from JSON, with limits of size and depth. See `from_data`.

    >>> from_json("[]")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDocument: document: $: must be an object
    """
    try:
        data = read_document(text, what="document", limits=STORED)
    except InvalidDefinition as error:
        raise InvalidDocument("document", error.problems) from None
    return _read(data, kind, pipelines, guards)


def _read(
    data: object,
    kind: type[Any] | None,
    pipelines: Pipelines,
    guards: Given | Iterable[Given],
) -> Any:  # noqa: ANN401 - as the document says
    if kind is not None and not isinstance(kind, type):
        raise WrongKind.of("kind", kind, wanted="a class, such as Lead")
    name = "document"
    try:
        name, version, found = _head(data)
        form = FORMS[name]
        _check_kind(name, form, kind)
        inside = _read_definitions(found, guards) if "definitions" in found else ()
        given = {
            "guards": guards_by_name(guards),
            "pipelines": KnownPipelines.of(pipelines, inside, found),
        }
        return form.read(found, given, kind or form.kind, version)
    except InvalidDefinition as error:
        raise _invalid(name, error) from None


def _referred(thing: Any) -> Iterable[Pipeline]:  # noqa: ANN401 - anything that is stored
    """List the pipelines that a noun or an event refers to, each once."""
    named = (getattr(event, "pipeline", None) for event in getattr(thing, "timeline", (thing,)))
    return dict.fromkeys(found for found in named if isinstance(found, Pipeline))


def _invalid(name: str, error: InvalidDefinition) -> InvalidDocument:
    return InvalidDocument(name, tuple(under("$", error)[:MOST_PROBLEMS]))


def _form_of(thing: object) -> tuple[str, Form]:
    """Find the form in which a value is written."""
    if type(thing) in NAMES:
        return "event", FORMS["event"]
    for name, form in FORMS.items():
        if form.kind is not object and isinstance(thing, form.kind):
            return name, form
    raise WrongKind.of("thing", thing, wanted=_THINGS)


def _check_class(thing: object, form: Form) -> None:
    """Refuse a value of a class with fields of its own, which would be lost without a word."""
    kind: type[Any] = type(thing)
    if kind is form.kind or form.kind is object:
        return
    own = [field.name for field in attrs.fields(kind)]
    if own != [field.name for field in attrs.fields(form.kind)]:
        raise unreadable(_OWN_FIELDS.problem(kind=kind.__name__))


def _head(data: object) -> tuple[str, int, dict[str, Any]]:
    if type(data) is not dict:
        raise unreadable(NOT_OBJECT.problem())
    form, version = data.get("format"), data.get("version")
    if type(form) is not str or form not in _NAMES:
        raise unreadable(_UNKNOWN_FORMAT.problem(where=".format", formats=", ".join(_NAMES)))
    if type(version) is not int or version < 1:
        raise unreadable(_NOT_A_VERSION.problem(where=".version"))
    if version > VERSION:
        said = version if version <= _LAST_VERSION else f"above {_LAST_VERSION}"
        raise unreadable(_TOO_NEW.problem(where=".version", version=said, ours=VERSION))
    return _NAMES[form], version, data


def _check_kind(name: str, form: Form, kind: type[Any] | None) -> None:
    if kind is None or (kind in NAMES if form.kind is object else issubclass(kind, form.kind)):
        return
    raise unreadable(_OTHER_KIND.problem(where=".format", found=name, wanted=kind.__name__))


def _read_definitions(
    data: Mapping[str, Any], guards: Given | Iterable[Given]
) -> tuple[Pipeline, ...]:
    """Read the pipelines that stand in the document itself."""
    told = data["definitions"]
    if type(told) is not list:
        raise unreadable(NOT_LIST.problem(where=".definitions"))
    try:
        return read_each(told, lambda item, _: pipeline_from_data(item, guards=guards, where=""))
    except InvalidDefinition as error:
        raise InvalidDefinition("document", tuple(under(".definitions", error))) from None
