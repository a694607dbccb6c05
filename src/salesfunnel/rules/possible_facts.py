"""
Which facts a class of nouns can have at all: a misspelt path would be unknown for ever.

Fields and properties are followed by their types. Where a type says nothing, every name is taken
for possible, and a mapping may have any key.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from ..errors import Problem, Text, WrongKind, did_you_mean
from ..values.answer import USUAL_QUESTIONS, Answer
from ..values.contact_points import ContactKind
from .facts import path_names

_NO_FACT = Text("no_such_fact", "{noun} has no such fact")
_NOT_OWN = Text("no_such_own_fact", "{noun} has no such fact", "details.{path}, if it is your own")
_MISSPELT = Text("misspelt_fact", "{noun} has no such fact", "did you mean {meant}?")
_DOUBTFUL = Text("doubtful_fact", "it is not a usual question", "did you mean {meant}?")


# A noun takes these by their names, and keeps them together.
_WAYS, _POINTS = frozenset(ContactKind), "contact_points"


@attrs.frozen
class _Names:
    """The names that can stand next on a path, each with the type behind it."""

    known: Mapping[str, Any]
    # What any other name leads to, and the names that are usual there.
    other: Any = None
    usual: frozenset[str] = frozenset()
    is_open: bool = False


def impossible_paths(paths: Iterable[str], noun: type) -> tuple[Problem, ...]:
    """
    Report the paths that no value of a class can have, with what was probably meant.

    An answer may have any name; one that is nearly that of a usual question is a doubt, no error.

    >>> from salesfunnel.leads import Lead
    >>> for problem in impossible_paths(["employees", "answers.budgte", "details.size"], Lead):
    ...     print(problem)
    answers.budgte: it is not a usual question; did you mean answers.budget?
    employees: a lead has no such fact; did you mean company.employees?
    """
    given: object = noun
    if not isinstance(given, type):
        raise WrongKind.of("noun", noun, wanted="a class, such as Lead")
    problems = (_problem(path, noun) for path in sorted(paths))
    return tuple([problem for problem in problems if problem is not None])


def _problem(path: str, noun: type) -> Problem | None:
    names = path_names(path)
    hint: Any = noun
    for number, name in enumerate(names):
        here = _names_of(hint)
        way = names[:number]
        if name not in here.known and not here.is_open:
            article = "an" if noun.__name__[0] in "AEIOU" else "a"
            said = f"{article} {noun.__name__.lower()}"
            meant = _meant(way, name, names[number + 1 :], here, noun)
            if meant:
                return _MISSPELT.problem(where=path, noun=said, meant=meant)
            if len(names) == 1 and "details" in here.known:  # where one name is one fact
                return _NOT_OWN.problem(where=path, noun=said, path=path)
            return _NO_FACT.problem(where=path, noun=said)
        near = "" if name in here.usual else did_you_mean(name, here.usual)
        if near:
            meant = ".".join((*way, near, *names[number + 1 :]))
            return _DOUBTFUL.problem(where=path, is_error=False, meant=meant)
        hint = here.known.get(name, here.other)
    return None


def _meant(way: tuple[str, ...], name: str, rest: tuple[str, ...], here: _Names, noun: type) -> str:
    """Find the path that was probably meant: one letter off, or without its beginning."""
    near = did_you_mean(name, here.known)
    if name in _WAYS and _POINTS in here.known:
        meant = ".".join((*way, _POINTS))
    elif near:
        meant = ".".join((*way, near, *rest))
    else:
        inside = _names_of(noun).known
        found = (place for place, hint in inside.items() if name in _names_of(hint).known)
        meant = "" if way else next((f"{place}.{'.'.join((name, *rest))}" for place in found), "")
    if not meant:
        return ""
    # What was meant may hold a second mistake; what is impossible even then was not meant.
    other = _problem(meant, noun)
    return meant if other is None else str(other.params.get("meant", ""))


def _names_of(hint: Any) -> _Names:  # noqa: ANN401 - any annotation
    """List the names in all the types that an annotation allows."""
    known: dict[str, Any] = {}
    for kind in _kinds(hint):
        names = _names_in(kind)
        if names.is_open:
            return names
        known.update(names.known)
    return _Names(known)


def _kinds(hint: Any) -> Iterator[Any]:  # noqa: ANN401 - any annotation
    if get_origin(hint) in (Union, UnionType):
        for option in get_args(hint):
            yield from _kinds(option)
    elif hint is Answer:  # which is read as its value
        yield from _kinds(get_type_hints(Answer)["value"])
    elif hint is not NoneType:
        yield hint


def _names_in(hint: Any) -> _Names:  # noqa: ANN401 - any annotation
    kind = get_origin(hint) or hint
    if not isinstance(kind, type) or kind in (Any, object) or hasattr(kind, "__getattr__"):
        return _OPEN
    if hasattr(kind, "keys"):
        _, inside = get_args(hint) or (str, Any)
        usual = USUAL_QUESTIONS if inside is Answer else frozenset[str]()
        return _Names({}, inside, usual, is_open=True)
    hints = _hints(kind)
    if hints is None:
        return _OPEN
    # Not dir(), which hides the name and the value of enumerations from Python 3.13 on.
    names = {name: None for base in kind.__mro__ for name in vars(base)}
    members = {name: inspect.getattr_static(kind, name, None) for name in (*hints, *names)}
    return _Names(
        {
            name: hints[name] if name in hints else _returned(member)
            for name, member in members.items()
            if not name.startswith("_") and (name in hints or not _is_method(member))
        }
    )


def _is_method(member: object) -> bool:
    return callable(member) or isinstance(member, (classmethod, staticmethod))


def _returned(member: object) -> Any:  # noqa: ANN401 - any annotation
    function = getattr(member, "fget", None) or getattr(member, "func", None)
    return (_hints(function) or {}).get("return", Any) if callable(function) else Any


def _hints(thing: type | Callable[..., object]) -> dict[str, Any] | None:
    try:
        return get_type_hints(thing)
    except Exception:  # noqa: BLE001 - an annotation of a host may name what is not there
        return None


_OPEN = _Names({}, Any, is_open=True)
