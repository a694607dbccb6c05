"""What a list seems to be, so that one of another kind is told and not read as what it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ...errors import Text, UnreadableFile
from ...values.text import shown
from ..calls.call_headers import call_sheet_columns
from ..rows.records import Records
from ..rows.rest_column import is_of_rest
from .mapped_columns import MappedColumns
from .mapping_choice import Kind, mapping_of_kind, recognise_mapping
from .noun_mapping import key, without_remark

_KINDS: tuple[Kind, ...] = ("lead", "opportunity", "history", "activity")
_ENOUGH = 2
_SEVERAL = 4
_FAR_MORE = 2
_MOST_NAMED = 3
_LONGEST_COLUMN = 40
_UNNAMED = re.compile(r"column \d+")

# What lists of anything have: alone they make no list of leads or deals.
_ANYWHERE = frozenset(
    {"id", "note", "captured", "opened", "currency", "owner", "source", "city", "country", "name"}
)
_OF_ANYTHING = {
    "person": frozenset(map(key, ("name", "nom", "نام", "անուն"))),
    "stage": frozenset(map(key, ("status", "state", "statut", "وضعیت", "կարգավիճակ", "phase"))),
}
# What a deal or a lead has, and a line of its history has not.
_ITSELF = {
    "lead": ("person", "given_name", "family_name", "company"),
    "opportunity": ("name", "account"),
}
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
    "lead": "qualify, read_leads",
    "opportunity": "report, read_opportunities",
    "history": "read_stage_history",
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
    records: Records, columns: MappedColumns, kind: Kind, *, is_readable: bool = True
) -> UnreadableFile | None:
    """
    Say that a list seems to be of another kind than the one that is asked for, if it does.

    It has columns that another kind knows, and none that only the kind that is asked for knows; or
    it tells which deal was in which stage since when, and nothing of the deal itself; or hardly any
    column is known, and those that are may stand in any list. Of a list that is not readable as
    the kind that is asked for, another kind only has to know far more.
    """
    if kind not in ("lead", "opportunity"):
        return None
    file = records.input.name
    if sheet := call_sheet_columns(records.header):
        params = {"seems": "calls to make", "wanted": LISTS[kind], "reader": "calls, read_calls"}
        return UnreadableFile(file, _ANOTHER_KIND, {**params, "columns": _named(sheet)})
    seems, telling = likelier_kind(records, columns, kind, is_readable=is_readable)
    if seems != kind:
        params = {"seems": LISTS[seems], "wanted": LISTS[kind], "reader": _READERS[seems]}
        return UnreadableFile(file, _ANOTHER_KIND, {**params, "columns": _named(telling)})
    header = _its_own(records)
    known = [(field, name) for field, found in columns.places.items() for _, name in found]
    unknown = len(header) - len(known)
    is_little = len(header) >= _SEVERAL and unknown >= len(known) > 0
    if is_little and all(_is_of_anything(*found) for found in known):
        named = _named([name for _, name in known])
        params = {"wanted": LISTS[kind], "count": str(len(header)), "columns": named}
        return UnreadableFile(file, _NO_SUCH_LIST, params)
    return None


def likelier_kind(
    records: Records, columns: MappedColumns, kind: Kind, *, is_readable: bool = True
) -> tuple[Kind, list[str]]:
    """Tell of which kind a list of leads or deals rather is, with the columns that say so."""
    header = _its_own(records)
    mine = set(_known(header, kind))

    def only(other: Kind) -> list[str]:
        return [name for name in _known(header, other) if name not in mine]

    if _is_history(header, columns, kind):
        return "history", only("history")
    seems, telling = kind, list[str]()
    for other in _KINDS:
        theirs, more = list(_known(header, other)), only(other)
        alone = len(mine.difference(theirs))
        is_it = not alone if is_readable else len(more) >= _FAR_MORE * alone
        if is_it and len(more) >= max(_ENOUGH, len(telling) + 1):
            seems, telling = other, more
    return seems, telling


def _its_own(records: Records) -> list[str]:
    return [name for name in records.header if not _is_none_of_its(name)]


def _is_none_of_its(name: str) -> bool:
    return is_of_rest(name) or _UNNAMED.fullmatch(name) is not None


def _is_history(header: list[str], columns: MappedColumns, kind: Kind) -> bool:
    """Tell whether rows say of something else where it stood, under an id that is not their own."""
    if any(field in columns.places for field in _ITSELF[kind]):
        return False
    noun = mapping_of_kind(recognise_mapping(tuple(header), kind="history"), "history")
    fields = {noun.field_of(name): name for name in header}
    own = [name for _, name in columns.places.get("id", ())]
    is_its_own = own == [fields.get("id")]
    return {"id", "stage", "entered"} <= fields.keys() and not is_its_own


def _known(header: list[str], kind: Kind) -> Iterator[str]:
    """List the names of columns that a kind of list knows."""
    noun = mapping_of_kind(recognise_mapping(tuple(header), kind=kind), kind)
    return (name for name in header if noun.field_of(name) or noun.field_of(without_remark(name)))


def _is_of_anything(field: str, name: str) -> bool:
    words = _OF_ANYTHING.get(field)
    if words is not None:
        return key(name) in words
    return field in _ANYWHERE or field.startswith("details.")


def _named(columns: list[str]) -> str:
    return ", ".join(shown(name, limit=_LONGEST_COLUMN) for name in columns[:_MOST_NAMED])
