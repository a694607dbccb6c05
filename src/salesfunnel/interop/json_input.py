"""A list in a JSON file: an array of objects, one within an object, or an object in each line."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import attrs

from ..errors import Text, UnreadableFile
from .cell_values import record_of
from .encoding import Encoding, encoding_of
from .input_file import MARK_DAMAGE, InputFile
from .records import Input, Record
from .row_fault import Refused, RowFault

LONGEST_OBJECT = 2**20
"""In letters: what is longer is no row of a list."""

_CHUNK = 2**16
_MOST_COLUMNS = 16_384
_DEEPEST = 8
_CUT = 20
_WIDEST_INDENT = 200
_BEGINNING = re.compile(r"\s*+(?:\[\s*+(?:[{[\]]|$)|\{\s*+(?:[\"}]|$))")
_ARRAY = re.compile(r"\s*+\[")
# An array within an object, behind members that are no lists: `{"done": true, "records": [`.
_WITHIN = re.compile(
    r'\s*+\{\s*+(?:"[^"\\]*+"\s*+:\s*+(?:"[^"\\]*+"|[^\[\]{}",\s]++)\s*+,\s*+)*+'
    r'"[^"\\]*+"\s*+:\s*+\[(?=\s*+(?:\{|\]))'
)
_OBJECTS = re.compile(r"\[\s*+(?:\{|$)")
_BETWEEN = re.compile(r"[\s,]*+")
_TOO_WIDE = Text("too_many_columns", "has more than {most:,} columns")
_NO_OBJECTS = Text(
    "json_without_objects", "is JSON without a list of objects", "export the list as CSV"
)
_NOT_ONE_WHOLE = Text(
    "json_without_a_whole_object", "is broken JSON without one whole object", "export the list anew"
)
_BROKEN = RowFault(Text("broken_json", "is broken JSON", "quote and close it as JSON asks"))
_BROKEN_TO_THE_END = RowFault(
    Text(
        "json_breaks_off",
        "is broken JSON: what stands below it in the file is not read",
        "export the list anew",
    )
)
_ENDS_WITHIN = RowFault(
    Text(
        "json_ends_within",
        "is not there: the file ends in the middle of its list",
        "export the list anew",
    )
)
_ANOTHER_LIST_TEXT = Text(
    "json_another_list",
    "is another list in the same file, which is not read",
    "save it as a file of its own",
)
_ANOTHER_LIST = RowFault(_ANOTHER_LIST_TEXT)
_NOT_AN_OBJECT = RowFault(Text("not_a_json_object", "is no JSON object"))


def is_json(beginning: str) -> bool:
    """
    Tell JSON from a list whose first column begins with a bracket.

    >>> is_json('[{"name": "Sara"}]'), is_json("[x] done,name")
    (True, False)
    """
    return _BEGINNING.match(beginning.lstrip("\ufeff")) is not None


@attrs.frozen
class JsonInput:
    """
    A JSON file: each object is a row, and a name within a name is a column of both.

    >>> typed = io.StringIO('{"name": "Sara", "company": {"city": "Paris"}}')
    >>> [row.cells for row in json_input(InputFile.of(typed)).rows()]
    [('name', 'company city'), ('Sara', 'Paris')]
    """

    file: InputFile
    encoding: Encoding
    columns: tuple[str, ...]
    state: tuple[int, int] = attrs.field(repr=False)
    names_columns: bool = True

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.file.name

    @property
    def how(self) -> Mapping[str, str]:
        """Name the encoding."""
        return {"encoding": self.encoding.name}

    def ways(self) -> Iterator[Input]:
        """Give the file itself: it has but one meaning."""
        yield self

    def rows(self, *, below: int = 0, width: int | None = None) -> Iterator[Record | Refused]:
        """Give the names of the columns, and below them the objects."""
        self.file.refuse_another(self.state)
        if below == 0:
            yield Record(1, self.columns)
        for row, found in enumerate(_objects(self.file, self.encoding), start=2):
            if row <= below:
                continue
            if isinstance(found, RowFault):
                yield Refused(row, (found,))
            elif record := record_of(row, map(found.get, self.columns), width):
                yield record


def json_input(file: InputFile, *, encoding: str | None = None) -> JsonInput:
    """
    Collect the names of the columns of a JSON file, in the order in which its objects have them.

    >>> json_input(InputFile.of(io.StringIO('[{"name": "Sara"}, {"city": "Paris"}]'))).columns
    ('name', 'city')
    """
    state = file.state()
    recognised = encoding_of(file, told=encoding)
    columns: dict[str, None] = {}
    is_broken = False
    for found in _objects(file, recognised):
        if isinstance(found, RowFault):
            is_broken |= found not in (_NOT_AN_OBJECT, _ANOTHER_LIST)
        else:
            columns.update(dict.fromkeys(found))
        if len(columns) > _MOST_COLUMNS:
            raise UnreadableFile(file.name, _TOO_WIDE, {"most": _MOST_COLUMNS})
    if not columns:
        raise UnreadableFile(file.name, _NOT_ONE_WHOLE if is_broken else _NO_OBJECTS)
    return JsonInput(file, recognised, tuple(columns), state)


def _objects(file: InputFile, encoding: Encoding) -> Iterator[dict[str, object] | RowFault]:
    """Read the objects of a file one by one; a broken one costs those around it nothing."""
    with file.opened() as content:
        text = io.TextIOWrapper(content, encoding=encoding.name, errors=MARK_DAMAGE)
        for value in _Values(text):
            if isinstance(value, dict):
                yield _together(_flat(value, "", _DEEPEST))
            else:
                yield value if isinstance(value, RowFault) else _NOT_AN_OBJECT


def _flat(value: dict[str, Any], above: str, depth: int) -> Iterator[tuple[str, object]]:
    for name, inner in value.items():
        full = f"{above} {name}".strip()
        if isinstance(inner, dict) and inner and depth:
            yield from _flat(inner, full, depth - 1)
        else:
            yield full, inner


class _Values:
    """The values of a JSON text, of which little is held at a time."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._held = text.read(_CHUNK).lstrip("\ufeff")
        array = _ARRAY.match(self._held)
        within = array or _WITHIN.match(self._held)
        self._place = within.end() if within else 0
        self._is_array = within is not None
        self._may_have_more = array is not None

    def __iter__(self) -> Iterator[object]:
        while self._go_on():
            if self._is_at_a_bracket():
                if self._may_have_more:  # another array may stand below this one
                    continue
                if self._has_another_list():
                    yield _ANOTHER_LIST
                return
            wanted = _CHUNK
            while True:
                try:
                    value, end = _DECODER.raw_decode(self._held, self._place)
                except (ValueError, RecursionError) as error:
                    wanted *= 2
                    if self._is_cut(error) and self._hold(wanted):
                        continue
                    if not self._skip_a_line():
                        yield _BROKEN_TO_THE_END
                        return
                    yield _BROKEN
                    break
                self._place = end
                yield value
                break
        if self._is_array:
            yield _ENDS_WITHIN

    def _go_on(self) -> bool:
        """Go to the next value, if there is one."""
        while True:
            found = _BETWEEN.match(self._held, self._place)
            self._place = found.end() if found else self._place
            if self._place < len(self._held):
                return True
            if not self._hold(_CHUNK):
                return False

    def _is_at_a_bracket(self) -> bool:
        """Go into an array that begins here, or out of the one that ends here."""
        is_open = self._may_have_more and not self._is_array
        if self._held[self._place] != ("]" if self._is_array else "[" if is_open else ""):
            return False
        self._place += 1
        self._is_array = is_open
        return True

    def _has_another_list(self) -> bool:
        """Tell whether a list of objects stands behind the one within an object that was read."""
        while True:
            found = _OBJECTS.search(self._held, self._place)
            if found and found[0].endswith("{"):
                return True
            self._place = len(self._held)
            if found and self._place - found.start() < LONGEST_OBJECT:
                self._place = found.start()
            if not self._hold(_CHUNK):
                return False

    def _hold(self, letters: int) -> bool:
        """Hold more of the text, and let go of what was read."""
        more = self._text.read(letters)
        before = max(self._held.rfind("\n", 0, self._place) + 1, self._place - _WIDEST_INDENT)
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

    def _skip_a_line(self) -> bool:
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


def _together(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Keep all values of a name that stands more than once in an object."""
    found: dict[str, list[Any]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


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
    object_pairs_hook=_together,
)
