"""A list in a JSON file: an array of objects, one within an object, or an object in each line."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from ...errors import Text, UnreadableFile
from ...values.text import shown
from ..cells.cell_values import record_of
from ..rows.records import Input, Record
from ..rows.row_fault import Refused, RowFault
from .asked_sheet import named_sheet
from .empty_input import EmptyInput
from .encoding import Encoding, encoding_of
from .input_file import MARK_DAMAGE, InputFile
from .json_answers import as_shown
from .json_lists import ITSELF, listed
from .json_text import JsonText, Several, together

_MOST_COLUMNS = 16_384
_MOST_LISTS = 100
_LONGEST_LIST = 60
_DEEPEST = 8
_BEGINNING = re.compile(r"\s*+(?:\[\s*+(?:[{[\]]|$)|\{\s*+(?:[\"}]|$))")
_WRAPPERS = frozenset({"properties", "fields", "node"})
# What programs call the list in their answers.
_LISTS = frozenset(
    {
        *("records", "data", "items", "results", "result", "rows", "value", "values", "entries"),
        *("list", "objects", "hits", "content", "elements", "collection", "entry", "entry_list"),
        *("leads", "deals", "opportunities", "contacts", "accounts", "companies", "people"),
        *("persons", "organizations", "activities", "tasks", "calls", "meetings", "history"),
    }
)
_TOO_WIDE = Text("too_many_columns", "has more than {most:,} columns")
_NO_OBJECTS = Text(
    "json_without_objects", "is JSON without a list of objects", "export the list as CSV"
)
_NOT_ONE_WHOLE = Text(
    "json_without_a_whole_object", "is broken JSON without one whole object", "export the list anew"
)
_NOT_AN_OBJECT_TEXT = Text("not_a_json_object", "is not a JSON object")
_TWICE = Text(
    "json_name_twice", "{field} stands more than once in its object: all its values are taken"
)
_NOT_AN_OBJECT = RowFault(_NOT_AN_OBJECT_TEXT)


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
    A list of a JSON file: each object is a row, and a name within a name is a column of both.

    The other lists of the file are the ways in which it may be meant, too.

    >>> typed = io.StringIO('{"name": "Sara", "company": {"city": "Paris"}}')
    >>> [row.cells for row in json_input(InputFile.of(typed)).rows()]
    [('name', 'company city'), ('Sara', 'Paris')]
    """

    file: InputFile
    encoding: Encoding
    lists: Mapping[str, tuple[str, ...]] = attrs.field(repr=False)
    """The names of the columns of each list, the one that is read first."""
    state: tuple[int, int] = attrs.field(repr=False)
    blank: tuple[str, ...] = attrs.field(default=(), repr=False)
    """The names of the lists in which nothing stands."""
    names_columns: bool = True

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.file.name

    def nothing(self) -> EmptyInput | None:
        """Give the list in which nothing stands, where a program answers with one."""
        if not self.blank:
            return None
        of = {"list": shown(self.blank[0], limit=_LONGEST_LIST)}
        if others := ", ".join(shown(name, limit=_LONGEST_LIST) for name in self.lists if name):
            of["not read"] = others
        return EmptyInput(self.name, of)

    @property
    def how(self) -> Mapping[str, str]:
        """Name the encoding, and the list where there are several."""
        first, *others = (shown(name, limit=_LONGEST_LIST) for name in self.lists)
        told = {"encoding": self.encoding.name}
        if first:
            told["list"] = first
            if more := ", ".join(filter(None, others)):
                told["not read"] = more
        return told

    def ways(self) -> Iterator[Input]:
        """Give each list of the file, the likeliest first."""
        for name in self.lists:
            first = {name: self.lists[name]}
            yield attrs.evolve(self, lists={**first, **self.lists})

    def rows(self, *, below: int = 0, width: int | None = None) -> Iterator[Record | Refused]:
        """Give the names of the columns, and below them the objects."""
        self.file.refuse_another(self.state)
        wanted, columns = next(iter(self.lists.items()))
        if below == 0:
            yield Record(1, columns)
        row = 1
        for name, found in _objects(self.file, self.encoding):
            if name not in (wanted, None):
                continue
            row += 1
            if row <= below:
                continue
            if isinstance(found, RowFault):
                yield Refused(row, (found,))
            elif record := record_of(row, map(found.get, columns), width):
                if isinstance(record, Record) and Several in map(type, found.values()):
                    record = attrs.evolve(record, notes=(*record.notes, *_twice(found)))
                yield record


def json_input(
    file: InputFile, *, encoding: str | None = None, sheet: str | None = None
) -> JsonInput | EmptyInput:
    """
    Collect the names of the columns of each list, in the order in which its objects have them.

    A list within an object may be named as a sheet of a workbook is.

    >>> json_input(InputFile.of(io.StringIO('[{"name": "Sara"}, {"city": "Paris"}]'))).lists
    {'': ('name', 'city')}
    """
    state = file.state()
    recognised = encoding_of(file, told=encoding)
    columns: dict[str, dict[str, None]] = {}
    times: Counter[str] = Counter()
    blank: dict[str, None] = {}
    is_broken = is_filled = False
    for name, found in _objects(file, recognised):
        is_filled = True
        if name is None or (name not in columns and len(columns) >= _MOST_LISTS):
            is_broken |= name is None
        elif isinstance(found, RowFault):
            is_broken |= found is not _NOT_AN_OBJECT
        else:
            times[name] += 1
            if name == ITSELF:
                blank |= {inner: None for inner in found if _is_a_blank_list(inner, found)}
            columns.setdefault(name, {}).update(dict.fromkeys(found))
            if len(columns[name]) > _MOST_COLUMNS:
                raise UnreadableFile(file.name, _TOO_WIDE, {"most": _MOST_COLUMNS})
    if not is_filled:  # `[]`
        return EmptyInput(file.name)
    columns = {name: found for name, found in columns.items() if found}
    if not columns:
        raise UnreadableFile(file.name, _NOT_ONE_WHOLE if is_broken else _NO_OBJECTS)
    is_list = times[ITSELF] > 1 or _is_array(file, recognised)
    longest = {ITSELF: max(times.values()) + 1 if is_list else 0}
    order = sorted(columns, key=lambda name: longest.get(name, times[name]), reverse=True)
    if sheet in blank:
        return EmptyInput(file.name, {"list": shown(sheet, limit=_LONGEST_LIST)})
    if sheet is not None and order != [ITSELF]:
        order = [named_sheet(sheet, list(filter(None, columns)), file.name)]
    lists = {name: tuple(columns[name]) for name in order}
    return JsonInput(file, recognised, lists, state, () if is_list else tuple(blank))


def _twice(found: Mapping[str, object]) -> Iterator[RowFault]:
    for name, value in found.items():
        if isinstance(value, Several):
            yield RowFault(_TWICE, {"field": shown(name, limit=_LONGEST_LIST)}, name)


def _is_a_blank_list(name: str, found: Mapping[str, object]) -> bool:
    """Tell whether a program answers with a list of nothing; a lead may have no tags as well."""
    return found[name] == [] and name.rpartition(" ")[2].lower() in _LISTS


def _is_array(file: InputFile, encoding: Encoding) -> bool:
    """Tell whether the objects that stand in no other are a list, even if it is but one."""
    with file.opened() as content:
        text = io.TextIOWrapper(content, encoding=encoding.name, errors=MARK_DAMAGE)
        return JsonText(text).sign() == "["


def _objects(
    file: InputFile, encoding: Encoding
) -> Iterator[tuple[str | None, dict[str, object] | RowFault]]:
    """Read the objects of a file one by one; a broken one costs those around it nothing."""
    with file.opened() as content:
        text = io.TextIOWrapper(content, encoding=encoding.name, errors=MARK_DAMAGE)
        for name, value in listed(JsonText(text)):
            if isinstance(value, dict):
                yield name, as_shown(together(_flat(value, "", _DEEPEST)))
            else:
                yield name, value if isinstance(value, RowFault) else _NOT_AN_OBJECT


def _flat(value: dict[str, Any], above: str, depth: int) -> Iterator[tuple[str, object]]:
    for name, inner in value.items():
        full = f"{above} {name}".strip()
        if isinstance(inner, dict) and inner and depth:
            is_wrapper = not above and (name in _WRAPPERS or _is_of_json_api(name, value))
            yield from _flat(inner, "" if is_wrapper else full, depth - 1)
        else:
            yield full, inner


def _is_of_json_api(name: str, value: dict[str, Any]) -> bool:
    """Tell whether the facts of an object stand apart from its id."""
    return name == "attributes" and "id" in value
