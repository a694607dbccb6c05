"""
Codes with labels: the reasons, the roles and the kinds of activity that each firm has its own of.

A list of codes is a plain mapping of codes to labels; one that is empty lets every code in. Verbs
look at the list. Events look only at the shape of a code, so that what happened stays what it was
when the list has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ..errors import InvalidDefinition, MoveRefused, Objection, Refusal, Text, did_you_mean
from ..values.frozen_map import FrozenMap
from ..values.text import LINE_LIMIT, is_plain, is_visible

Codes = FrozenMap[str, str]
"""Codes and their labels."""

MOST_CODES = 500

_NOT_CODES = Text(
    "not_codes", "its {what} are labels by their codes", 'such as {{"price": "Price too high"}}'
)
_MANY_CODES = Text("too_many_codes", "its {what} are more than {most}")
_NOT_NAMES = Text("not_code_names", "its {what} are codes", 'such as {{"other"}}')
_NOT_AMONG = Text("code_not_among", "{code} in {what} is not one of its reasons{meant}")
_UNKNOWN = Text("unknown_code", "the {field} is not one of {place}{meant}", "one of: {codes}")
_NOTE = Text(
    "note_required", "the reason {reason} wants a note", "give it, as in {trigger}, note=…"
)


def is_name(text: object) -> bool:
    r"""
    Tell whether a text can be a name that events keep and messages show: one visible line.

    >>> is_name("meeting"), is_name(" "), is_name("first\nmeeting")
    (True, False, False)
    """
    return isinstance(text, str) and is_visible(text) and is_plain(text) and len(text) <= LINE_LIMIT


def plain_name(name: str) -> str:
    """
    Write a name as a plain text, even where it is a member of an enumeration.

    >>> from enum import StrEnum
    >>> plain_name(StrEnum("Colour", ["RED"]).RED)
    'red'
    """
    given: object = name
    return str.__str__(name) if isinstance(given, str) else name


def codes(values: Mapping[str, str], what: str) -> Codes:
    """
    Let in labels by their codes. A code is one visible line; a label may be blank.

    >>> codes({"price": "Price too high"}, "reasons")["price"]
    'Price too high'
    """
    given: object = values
    pairs = values.items() if isinstance(given, Mapping) else [("", "")]
    if not all(is_name(code) and (not label or is_name(label)) for code, label in pairs):
        raise InvalidDefinition("codes", (_NOT_CODES.problem(what=what),))
    if len(pairs) > MOST_CODES:
        raise InvalidDefinition("codes", (_MANY_CODES.problem(what=what, most=MOST_CODES),))
    return FrozenMap({plain_name(code): plain_name(label) for code, label in pairs})


def code_names(names: str | Iterable[str], what: str) -> tuple[str, ...]:
    """
    Let in codes without labels, such as those that want a note; their order says nothing.

    >>> code_names(["price", "other"], "note_for")
    ('other', 'price')
    """
    given: Any = names
    several = [given] if isinstance(given, str) or not isinstance(given, Iterable) else [*given]
    if not all(map(is_name, several)) or len(several) > MOST_CODES:
        raise InvalidDefinition("codes", (_NOT_NAMES.problem(what=what),))
    return tuple(sorted(set(map(plain_name, several))))


def must_be_among(names: Iterable[str], known: Collection[str], *, what: str, where: str) -> None:
    """Refuse a code that no list has, such as a misspelt one. An empty list lets every code in."""
    problems = [
        _NOT_AMONG.problem(code=name, what=what, meant=meant(name, known))
        for name in sorted(names)
        if known and name not in known
    ]
    if problems:
        raise InvalidDefinition(where, tuple(problems))


def label_of(labels: Mapping[str, str], code: str) -> str:
    """
    Say a code as people read it: by its label, or else by its own words.

    >>> from salesfunnel.pipeline import LOSS_REASONS
    >>> label_of(LOSS_REASONS, "price"), label_of({}, "lost_the_bid")
    ('Price too high', 'lost the bid')
    """
    return labels.get(code) or code.replace("_", " ")


def unknown_code(
    code: object, known: Mapping[str, str], *, field: str, place: str
) -> Objection | None:
    """
    Object to a code that is not on a list; an empty list lets every code in.

    >>> from salesfunnel.pipeline import LOSS_REASONS
    >>> print(unknown_code("prize", LOSS_REASONS, field="reason", place="the reasons for lost"))
    the reason is not one of the reasons for lost (did you mean price?)
    """
    if not known or (isinstance(code, str) and code in known):
        return None
    said = {"field": field, "place": place, "meant": meant(code, known)}
    return _UNKNOWN.objection(**said, codes=", ".join(known))


def must_be_listed(
    code: object, known: Mapping[str, str], *, field: str, place: str, verb: str, stage: str
) -> None:
    """
    Refuse a verb with a code that is not on a list.

    >>> from salesfunnel.pipeline import CONTACT_ROLES
    >>> must_be_listed(
    ...     "usre", CONTACT_ROLES, field="role", place="ours", verb="involve", stage="won"
    ... )
    Traceback (most recent call last):
    salesfunnel.errors.MoveRefused: cannot involve: the role is not one of ours (did you mean ...
    """
    if objection := unknown_code(code, known, field=field, place=place):
        raise MoveRefused(Refusal(verb, stage, (objection,)))


def note_missing(reason: str, *, trigger: str) -> Objection:
    """
    Object to a reason that says too little without a note.

    >>> print(note_missing("other", trigger="lose"))
    the reason other wants a note
    """
    return _NOTE.objection(reason=reason, trigger=trigger)


def meant(given: object, known: Iterable[str]) -> str:
    """
    Say in brackets what was probably meant by a name that no list has, or nothing.

    >>> meant("propsal", ["proposal", "won"]), meant("sing", ["proposal", "won"])
    (' (did you mean proposal?)', '')
    """
    near = did_you_mean(given, known)
    return f" (did you mean {near}?)" if near else ""
