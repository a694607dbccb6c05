"""The facts of a further row put into what is known: as one event, and nothing that is no news."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import attrs

from ...history.contributed import contribute
from ...values.company import Company
from ...values.contribution import Contribution
from ...values.frozen_map import FrozenMap
from ...values.person import Person
from ...values.sameness import is_blank, is_same_value, record_values
from ...values.source import Source
from ...values.text import fold
from .kept_beside import has_source, is_respelt, other_words
from .overlay import with_texts

_RECORDS = ("person", "company")
_OF_THE_NAME = ("given", "family")
_BY_SPELLING = ("person.name", "company.name")


def with_facts(
    known: Any,  # noqa: ANN401 - a noun
    told: Any,  # noqa: ANN401 - the like
    fields: tuple[str, ...],
    *,
    at: datetime,
    keeps: bool = False,
) -> Any:  # noqa: ANN401 - the like
    """Put in the values of some fields, if one of them is news; a blank takes no one's place."""
    if all(_is_there(known, told, field) for field in fields):
        return known  # as nearly always where a list is read again
    values = {field: getattr(told, field) for field in fields if getattr(told, field)}
    for field in _RECORDS:
        if field in values:
            values[field] = _completed(getattr(known, field), values[field])
    ways = dict.fromkeys(
        (field for field in values if not isinstance(values[field], tuple)), "replace"
    )
    ways |= dict.fromkeys(_respelt_in(known, values), "keep")
    for place in _BY_SPELLING:
        field = place.partition(".")[0]
        if field in values and is_same(getattr(known, field), values[field]):
            ways[place] = "keep"
    if "name" in values and ("company.name" in ways or fold(known.name) == fold(told.name)):
        ways["name"] = "keep"
    if keeps:
        if hasattr(known, "person"):
            ways = _with_first_words(known, values, ways)
        values, ways = _with_texts_of_both(known, values, ways, other_words(known, told))
    offered = Contribution(values, ways=ways)
    if not any(change.is_taken for change in offered.differences(known)):
        return known
    return contribute(known, offered, at=at)


def _is_there(known: Any, told: Any, field: str) -> bool:  # noqa: ANN401 - two nouns
    """Tell whether all that one tells by a field stands, word for word, in the other."""
    more, before = getattr(told, field), getattr(known, field)
    if isinstance(more, (Person, Company)):
        return _is_part(before, more)
    if isinstance(more, FrozenMap):
        return all(is_same_value(before.get(name), value) for name, value in more.items())
    if isinstance(more, tuple):
        return all(member in before for member in more)
    return not more or more is Source.OTHER or more == before


def _is_part(known: Any, told: Person | Company) -> bool:  # noqa: ANN401 - of the same kind
    """Tell whether a record has each part of another that is filled."""
    if known is None or known == told:
        return known is not None
    return all(
        is_blank("", part) or part == getattr(known, name) for name, part in record_values(told)
    )


def _completed(known: Any, told: Any) -> Any:  # noqa: ANN401 - a person, or a company
    """Fill the blanks of one of another name by what is known, but for the parts of the name."""
    if known is None or is_same(known, told):
        return told
    parts = [one.name for one in attrs.fields(type(told)) if one.name not in _OF_THE_NAME]
    return attrs.evolve(
        told,
        **{
            part: getattr(known, part)
            for part in parts
            if getattr(told, part) in ("", None) and getattr(known, part) not in ("", None)
        },
    )


def _with_first_words(
    known: Any,  # noqa: ANN401 - a lead
    values: Mapping[str, Any],
    ways: Mapping[str, str],
) -> dict[str, str]:
    """Let the words that are known of a lead stand: only blanks are filled."""
    kept = dict(ways)
    for field in _RECORDS:
        if field in values:
            kept[field] = "add"
    before = known.person
    if "person" in values and before is not None and not is_same(before, values["person"]):
        kept |= {f"person.{part}": "keep" for part in _OF_THE_NAME}
    if has_source(known):
        kept |= {field: "keep" for field in ("source", "source_words") if field in values}
    return kept


def _with_texts_of_both(
    known: Any,  # noqa: ANN401 - a noun
    values: Mapping[str, Any],
    ways: Mapping[str, str],
    beside: Mapping[str, str],
) -> tuple[dict[str, Any], dict[str, str]]:
    """Put what the details are told below what they have, with the words that are not taken."""
    plain = {field: value for field, value in values.items() if field != "details"}
    kept = {place: way for place, way in ways.items() if place.partition(".")[0] in plain}
    respelt = {place.removeprefix("details.") for place in ways if place.startswith("details.")}
    told = {name: text for name, text in values.get("details", {}).items() if name not in respelt}
    details = with_texts(known.details, beside, told)
    if news := {name: text for name, text in details.items() if known.details.get(name) != text}:
        return {**plain, "details": news}, {**kept, "details": "replace"}
    return plain, kept


def _respelt_in(known: Any, values: Mapping[str, Any]) -> Iterator[str]:  # noqa: ANN401 - a noun
    """List the places in which a row writes what is known, and only in another spelling."""
    for field, told in values.items():
        before = getattr(known, field)
        parts: Mapping[str, Any] = {"": told}
        was: Mapping[str, Any] = {"": before}
        if isinstance(told, (Person, Company)):
            parts = {one.name: getattr(told, one.name) for one in attrs.fields(type(told))}
            was = {name: getattr(before, name, None) for name in parts}
        elif isinstance(told, FrozenMap):
            parts, was = told, before
        for name, part in parts.items():
            if is_respelt(was.get(name), part):
                yield f"{field}.{name}" if name else field


def is_same(known: Any, told: Any) -> bool:  # noqa: ANN401 - a person, or a company
    """Tell whether two names are one in two spellings."""
    return known is not None and known.key == told.key
