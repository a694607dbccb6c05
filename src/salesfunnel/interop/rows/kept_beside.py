"""What a further row tells otherwise: the first word stays, and the other is kept beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from ...errors import Text
from ...values.source import Source
from ...values.text import fold_letters
from .row_fields import RowFields

KEPT_BESIDE = Text(
    "kept_beside",
    "tells {fields} otherwise: the first word stays, and this one is kept in the details",
)
REPLACES = Text("replaces", "replaces what was told before of {fields}")

_RECORDS = ("person", "company")
_OF_THE_NAME = ("given", "family")
_NO_WORDS = ("contact_points", "id", "is_erased", *_OF_THE_NAME)
_REPLACED = ("name", "company", "amount", "expected_close", "source", "owner", "parent_id")
_BY_NAME = ("answers", "details")


def is_respelt(before: object, told: object) -> bool:
    """
    Tell whether a text is another in other letters, such as ي for ی, or in capitals.

    >>> is_respelt("تهران، خيابان ۷", "تهران، خیابان 7"), is_respelt("12.5", "125")
    (True, False)
    """
    if not isinstance(before, str) or not isinstance(told, str):
        return False
    return before != told and fold_letters(before) == fold_letters(told)


def other_words(known: Any, told: Any) -> dict[str, str]:  # noqa: ANN401 - two leads
    """
    Give by field the words of a further row that differ from those that are known.

    >>> from types import SimpleNamespace
    >>> from salesfunnel.values import Company
    >>> first, second = (
    ...     SimpleNamespace(person=None, company=company, source=Source.OTHER, source_words="")
    ...     for company in (Company("Novin", city="Tehran"), Company("NOVIN", city="Shiraz"))
    ... )
    >>> other_words(first, second)
    {'city': 'Shiraz'}
    """
    return dict(_other_words(known, told)) if hasattr(known, "person") else {}


def _other_words(known: Any, told: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - two leads
    for field in _RECORDS:
        before, after = getattr(known, field), getattr(told, field)
        if before is None or after is None or before == after:
            continue
        for part in attrs.fields(type(after)):
            was, other = getattr(before, part.name), getattr(after, part.name)
            if part.name in _NO_WORDS or _is_known(was, other):
                continue
            if part.name != "name":
                yield part.name, str(other)
            elif before.key != after.key:
                yield field, str(other)
    if has_source(known) and not _is_source_known(known, told):
        yield "source", told.source_words or told.source.value


def has_source(known: Any) -> bool:  # noqa: ANN401 - a lead
    """Tell whether it is known where a lead came from."""
    return known.source is not Source.OTHER or known.source_words != ""


def _is_source_known(known: Any, told: Any) -> bool:  # noqa: ANN401 - two leads
    if told.source_words and known.source_words:
        return _is_known(known.source_words, told.source_words)
    return told.source in (Source.OTHER, known.source) and not told.source_words


def _is_known(was: object, other: object) -> bool:
    """Tell whether a value is no news beside the one that is known, or fills a blank."""
    return was in (None, "") or other in (None, "") or was == other or is_respelt(was, other)


def note_what_differs(row: RowFields, before: Any, told: Any, after: Any) -> None:  # noqa: ANN401 - of one noun
    """Note on a row, by the names of its columns, what it tells otherwise than those above."""
    if beside := other_words(before, told):
        row.note(KEPT_BESIDE, fields=_columns(row, beside))
    if before is not after and (replaced := list(_replaced(before, after))):
        row.note(REPLACES, fields=_columns(row, replaced))


def _columns(row: RowFields, fields: Mapping[str, str] | list[str]) -> str:
    return ", ".join(row.header_of(field) or field.rpartition(".")[2] for field in fields)


def _replaced(before: Any, after: Any) -> Iterator[str]:  # noqa: ANN401 - of one noun
    """List the fields of which nothing that was told before stands any more."""
    if _has_gone_back(before, after):
        yield "stage"
    for field in _REPLACED:
        was, now = getattr(before, field, None), getattr(after, field, None)
        if was in (None, "", Source.OTHER) or was == now:
            continue
        if not attrs.has(type(was)) or field == "amount":
            yield field
            continue
        for part in attrs.fields(type(was)):
            old = getattr(was, part.name)
            if part.name != "name" and old not in (None, "") and old != getattr(now, part.name):
                yield part.name
    for field in _BY_NAME:
        now = getattr(after, field, {})
        for name, old in getattr(before, field, {}).items():
            if _says(now[name]) != _says(old) and not _holds(now[name], old):
                yield f"{field}.{name}"


def _has_gone_back(before: Any, after: Any) -> bool:  # noqa: ANN401 - of one noun
    """Tell whether a lead or a deal stands before the stage that it was known to have reached."""
    if getattr(before, "stage", None) == getattr(after, "stage", None):
        return False
    was, now = (noun.pipeline.stage(noun.stage) for noun in (before, after))
    if not was.is_open or not now.is_open:
        return not was.is_open
    names = [stage.name for stage in after.pipeline.stages]
    return names.index(now.name) < names.index(was.name)


def _says(value: object) -> object:
    return getattr(value, "value", value)


def _holds(now: object, old: object) -> bool:
    return _says(old) is None or str(old) in str(now).split("\n") or str(now).startswith(f"{old}\n")
