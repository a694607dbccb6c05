"""
The lists in a JSON text: its objects themselves, and the lists of objects within them.

A program answers with its rows in an object that says more of them, how many there are and what
they belong to: `{"done": true, "records": [...]}`. Which of the lists is meant, who knows the names
of columns can tell, as with the sheets of a workbook.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...errors import Text
from ..rows.row_fault import RowFault
from .json_text import BROKEN, BROKEN_TO_THE_END, JsonText

ITSELF = ""
"""The name of the list of the objects that stand in no other."""

_DEEPEST = 8
_ENDS_WITHIN_TEXT = Text(
    "json_ends_within",
    "is not there: the file ends in the middle of its list",
    "export the list anew",
)
_ENDS_WITHIN = RowFault(_ENDS_WITHIN_TEXT)

Found = tuple[str | None, object]
"""The name of a list, and a value of it, or a fault; of no list where all are meant."""


def listed(text: JsonText) -> Iterator[Found]:
    """
    Give each value of each list, in the order of the text.

    >>> from io import StringIO
    >>> [name for name, _ in listed(JsonText(StringIO('{"done": true, "records": [{}, {}]}')))]
    ['', 'records', 'records']
    """
    if text.sign() == "{" and _is_too_long_for_one(text):
        while text.sign() == "{":
            yield from _within(text)
        return
    is_array = False
    while sign := text.sign():
        if sign == ("]" if is_array else "["):  # another array may stand below the first
            is_array = not is_array
            text.pass_sign()
            continue
        value = text.value()
        if value is BROKEN:
            if not text.skip_a_line():
                yield None, BROKEN_TO_THE_END
                return
            yield None, BROKEN
            continue
        yield ITSELF, value
        if isinstance(value, dict):
            yield from lists_in(value)
    if is_array:
        yield None, _ENDS_WITHIN


def lists_in(value: dict[str, Any], within: str = "", depth: int = _DEEPEST) -> Iterator[Found]:
    """
    Give each object of the lists in an object, whose names are those of all objects around them.

    A list without any name is a cell of its object, and none of its own.

    >>> list(lists_in({"data": {"rows": [{"name": "Sara"}]}, "more": [1]}))
    [('data rows', {'name': 'Sara'})]
    """
    for name, inner in value.items():
        full = f"{within} {name}".strip()
        if isinstance(inner, dict) and depth:
            yield from lists_in(inner, full, depth - 1)
        elif full and isinstance(inner, list) and inner and isinstance(inner[0], dict):
            yield from ((full, item) for item in inner)


def _is_too_long_for_one(text: JsonText) -> bool:
    """Tell whether the text begins with an object that cannot be read as one and holds a list."""
    text.mark()
    is_whole = text.value() is not BROKEN
    text.back()
    if is_whole:
        return False
    text.mark()
    has_list = next(_places(text, "", _DEEPEST), None) is not None
    text.back()
    return has_list


def _within(text: JsonText) -> Iterator[Found]:
    """Give the objects of the lists in an object, without reading that as a whole."""
    for name in _places(text, "", _DEEPEST, is_search=False):
        text.pass_sign()
        while (sign := text.sign()) not in ("]", ""):
            value = text.value()
            if value is not BROKEN:
                yield name, value
            elif not text.skip_a_line():
                yield name, BROKEN_TO_THE_END
                return
            else:
                yield name, BROKEN
        if not sign:
            yield name, _ENDS_WITHIN
        text.pass_sign()


def _places(text: JsonText, within: str, depth: int, *, is_search: bool = True) -> Iterator[str]:
    """Go through an object, and stop at each list of objects in it, which is to be read then."""
    text.pass_sign()
    while text.sign() == '"' and not (is_search and text.has_gone_far):
        name = text.value()
        if text.sign() != ":":
            break
        text.pass_sign()
        full, sign = f"{within} {name}".strip(), text.sign()
        if sign == "[" and text.begins_objects():
            yield full
        elif sign == "{" and depth:
            yield from _places(text, full, depth - 1, is_search=is_search)
        elif text.value() is BROKEN:
            break
    if text.sign() == "}":
        text.pass_sign()
