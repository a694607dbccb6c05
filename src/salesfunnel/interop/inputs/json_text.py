"""A JSON text that is read value by value, of which little is held at a time."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from ...errors import Text
from ..rows.row_fault import RowFault

LONGEST_OBJECT = 2**20
"""In letters: what is longer is no row of a list."""

_CHUNK = 2**16
_CUT = 20
_WIDEST_INDENT = 200
_BETWEEN = re.compile(r"[\s,]*+")
_BEGUN = re.compile(r"[\[{]\s*+")
_BROKEN_TEXT = Text("broken_json", "is broken JSON", "quote and close it as JSON asks")
_BROKEN_TO_THE_END_TEXT = Text(
    "json_breaks_off",
    "is broken JSON: what stands below it in the file is not read",
    "export the list anew",
)
BROKEN = RowFault(_BROKEN_TEXT)
BROKEN_TO_THE_END = RowFault(_BROKEN_TO_THE_END_TEXT)


class JsonText:
    """
    The values of a JSON text, one after the other.

    >>> text = JsonText(io.StringIO('{"name": "Sara"} 7'))
    >>> text.value(), text.sign(), str(text.value()), text.sign()
    ({'name': 'Sara'}, '7', '7', '')
    """

    def __init__(self, text: io.TextIOBase) -> None:
        """Begin behind a byte order mark."""
        self._text = text
        self._held = text.read(_CHUNK).lstrip("\ufeff")
        self._place = 0
        self._mark: int | None = None

    def sign(self) -> str:
        """Go on to the next sign that is neither blank nor comma, and give it; none at the end."""
        while True:
            found = _BETWEEN.match(self._held, self._place)
            self._place = found.end() if found else self._place
            if self._place < len(self._held):
                return self._held[self._place]
            if not self._hold(_CHUNK):
                return ""

    def pass_sign(self) -> None:
        """Go on behind the sign."""
        self._place += 1

    def begins_objects(self) -> bool:
        """Tell whether the bracket here opens a list of objects."""
        while True:
            found = _BEGUN.match(self._held, self._place)
            end = found.end() if found else self._place
            is_long = end - self._place > LONGEST_OBJECT
            if end < len(self._held) or is_long or not self._hold(_CHUNK):
                return self._held[end : end + 1] == "{"

    def mark(self) -> None:
        """Hold what comes from here on, until `back`."""
        self._mark = self._place

    def back(self) -> None:
        """Go back to the mark."""
        self._place = self._mark or 0
        self._mark = None

    @property
    def has_gone_far(self) -> bool:
        """Whether more was read since the mark than a row may have."""
        return self._place - (self._mark or 0) > LONGEST_OBJECT

    def value(self) -> object:
        """Give the value that begins here and go behind it; a broken one leaves the place."""
        wanted = _CHUNK
        while True:
            try:
                found, end = _DECODER.raw_decode(self._held, self._place)
            except (ValueError, RecursionError) as error:
                wanted *= 2
                if self._is_cut(error) and self._hold(wanted):
                    continue
                return BROKEN
            if end == len(self._held) and self._hold(_CHUNK):
                continue  # a number may go on
            self._place = end
            return found

    def skip_a_line(self) -> bool:
        """Go to the next line that begins as the broken object does, if there is one."""
        start = self._held.rfind("\n", 0, self._place) + 1
        indent = self._held[start : self._place]
        if indent.strip(" \t["):
            return False
        sign = "\n" + indent.replace("[", "") + "{"
        while (found := self._held.find(sign, self._place)) < 0:
            self._place = max(self._place, len(self._held) - len(sign))
            if not self._hold(_CHUNK):
                return False
        self._place = found + len(sign) - 1
        return True

    def _hold(self, letters: int) -> bool:
        """Hold more of the text, and let go of what was read."""
        more = self._text.read(letters)
        before = max(self._held.rfind("\n", 0, self._place) + 1, self._place - _WIDEST_INDENT)
        if self._mark is not None:
            before = min(before, self._mark)
            self._mark -= before
        self._held = self._held[before:] + more
        self._place -= before
        return more != ""

    def _is_cut(self, error: Exception) -> bool:
        """Tell whether more of the text may mend what is broken."""
        is_long = len(self._held) - self._place >= LONGEST_OBJECT
        if is_long or not isinstance(error, json.JSONDecodeError):
            return False
        if error.msg.startswith("Unterminated"):
            return "\n" not in self._held[error.pos :]
        return error.pos >= len(self._held) - _CUT


class Several(list[Any]):
    """The values of a name that stands more than once in an object."""


def together(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """
    Keep all values of a name that stands more than once in an object.

    >>> together([("email", 1), ("name", 2), ("email", 3)])
    {'email': [1, 3], 'name': 2}
    """
    found: dict[str, list[Any]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {
        name: Several(values) if len(values) > 1 else values[0] for name, values in found.items()
    }


def _number(written: str) -> Decimal | str:
    """Read a number; one beyond all bounds is kept as it is written."""
    try:
        return Decimal(written)
    except InvalidOperation:
        return written


_DECODER = json.JSONDecoder(
    parse_int=Decimal,
    parse_float=_number,
    parse_constant=lambda _name: None,
    object_pairs_hook=together,
)
