"""What a list seems to be, so that one of another kind is told and not read as what it is not."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ...errors import Text, UnreadableFile
from ...values.text import shown
from ..calls.call_headers import call_sheet_columns
from ..rows.records import Records
from .likelier_kind import is_of_anything, its_own, likelier_kind
from .mapped_columns import MappedColumns
from .mapping import FileMapping
from .mapping_choice import Kind

_JUDGED: tuple[Kind, ...] = ("lead", "opportunity", "history")
_SEVERAL = 4
_MOST_NAMED = 3
_LONGEST_COLUMN = 40
LISTS: Mapping[Kind, str] = MappingProxyType(
    {
        "lead": "leads",
        "opportunity": "deals",
        "account": "accounts",
        "person": "people",
        "history": "stages over time",
        "activity": "activities",
    }
)
"""The kinds in the words of sentences."""

_READERS: Mapping[Kind, str] = {
    "lead": "qualify, as the first file of funnel, or by read_leads",
    "opportunity": "report, as the second file of funnel, or by read_opportunities",
    "history": "--history, or by read_stage_history",
    "activity": "read_activities",
}
_ANOTHER_KIND = Text(
    "another_kind_of_list",
    "seems to be a list of {seems}, not of {wanted}: it has {columns}",
    "read it by {reader}; or name a mapping to have it read all the same (--mapping salesfunnel)",
)
_NO_SUCH_LIST = Text(
    "no_list_of_this_kind",
    "seems to be no list of {wanted}: of its {count} columns only {columns} could be of one",
    "name a mapping that knows more of them (--mapping FILE, mapping=…)",
)


def another_kind(
    records: Records,
    columns: MappedColumns,
    kind: Kind,
    *,
    by: FileMapping | None = None,
    is_readable: bool = True,
) -> UnreadableFile | None:
    """
    Say that a list seems to be of another kind than the one that is asked for, if it does.

    It has columns that another kind knows, and none that only the kind that is asked for knows; or
    it tells which deal was in which stage since when, and nothing of the deal itself; or hardly any
    column is known, and those that are may stand in any list. Of a list that is not readable as
    the kind that is asked for, another kind only has to know far more. What the kinds know is said
    ``by`` one mapping, or by those that come with the library.
    """
    if kind not in _JUDGED:
        return None
    file = records.input.name
    if by is None and (sheet := call_sheet_columns(records.header)):
        params = {"seems": "calls to make", "wanted": LISTS[kind], "reader": "calls, read_calls"}
        return UnreadableFile(file, _ANOTHER_KIND, {**params, "columns": _named(sheet)})
    seems, telling = likelier_kind(records, columns, kind, by=by, is_readable=is_readable)
    if seems != kind:
        params = {"seems": LISTS[seems], "wanted": LISTS[kind], "reader": _READERS[seems]}
        return UnreadableFile(file, _ANOTHER_KIND, {**params, "columns": _named(telling)})
    if by is not None or kind == "history":
        return None
    header = its_own(records)
    known = [(field, name) for field, found in columns.places.items() for _, name in found]
    unknown = len(header) - len(known)
    is_little = len(header) >= _SEVERAL and unknown >= len(known) > 0
    if is_little and all(is_of_anything(*found) for found in known):
        named = _named([name for _, name in known])
        params = {"wanted": LISTS[kind], "count": str(len(header)), "columns": named}
        return UnreadableFile(file, _NO_SUCH_LIST, params)
    return None


def _named(columns: list[str]) -> str:
    return ", ".join(shown(name, limit=_LONGEST_COLUMN) for name in columns[:_MOST_NAMED])
