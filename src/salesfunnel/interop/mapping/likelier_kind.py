"""Of which kind a list is rather than the one it shall be: by its columns, and by its rows."""

from __future__ import annotations

import re

from ..rows.records import Records
from ..rows.why_column import is_why
from .mapped_columns import MappedColumns
from .mapping import FileMapping
from .mapping_choice import Kind, mapping_of_kind, recognise_mapping
from .noun_mapping import NounMapping, key, without_remark
from .stages_over_time import ENDINGS, ITSELF, headers_for, repeats_what_moves, tells_stages

_KINDS: tuple[Kind, ...] = ("lead", "opportunity", "history", "activity")
_ENOUGH = 2
_FAR_MORE = 2
_UNNAMED = re.compile(r"column \d+")

# What lists of anything have: alone they make no list of leads or deals.
_ANYWHERE = frozenset(
    {"id", "note", "captured", "opened", "currency", "owner", "source", "city", "country", "name"}
)
_OF_ANYTHING = {
    "person": frozenset(map(key, ("name", "nom", "نام", "անուն"))),
    "stage": frozenset(map(key, ("status", "state", "statut", "وضعیت", "կարգավիճակ", "phase"))),
}


def likelier_kind(
    records: Records,
    columns: MappedColumns,
    kind: Kind,
    *,
    by: FileMapping | None = None,
    is_readable: bool = True,
) -> tuple[Kind, list[str]]:
    """
    Tell of which kind a list rather is, with the columns that say so; it may be the one it shall.

    Args:
        records: the list.
        columns: its columns as those of the kind that it shall be.
        kind: that one: leads, deals or a stage history.
        by: the mapping that knows the columns of each kind, if not those of the library.
        is_readable: whether it could be read as that kind.
    """
    header = its_own(records)
    mine = _known(header, _noun(header, kind, by))
    past = _noun(header, "history", by)
    if kind != "history" and tells_stages(records, header, columns, kind, past):
        theirs = _known(header, past)
        return "history", [name for name in theirs if name not in mine] or theirs
    seems, telling = kind, list[str]()
    for other in _KINDS:
        noun = _noun(header, other, by)
        theirs = _known(header, noun)
        more = [name for name in theirs if name not in mine]
        if kind == "history" and is_readable and headers_for(header, noun, "id"):
            more = headers_for(header, noun, "lead_id") + more
        if kind == "history" and not is_readable:
            more = [name for name in more if not is_of_anything(noun.field_of(name) or "", name)]
        alone = len(set(mine).difference(theirs))
        is_it = not alone if is_readable else len(more) >= _FAR_MORE * alone
        is_alike = kind == "history" and is_readable
        least = 1 if is_alike and _tells_itself(more, noun, other) else _ENOUGH
        if is_it and len(more) >= max(least, len(telling) + 1):
            seems, telling = other, more
    if seems == kind or kind != "history" or not is_readable:
        return seems, telling
    moves = repeats_what_moves(records, header, past, of=_noun(header, seems, by))
    return (kind, []) if moves else (seems, telling)


def its_own(records: Records) -> list[str]:
    """
    Name the columns that may tell the kind: none without a name, and none of what was left out.

    >>> from io import StringIO
    >>> from salesfunnel.interop.inputs.inputs import read_records
    >>> its_own(read_records(StringIO("Name,,City")))
    ['Name', 'City']
    """
    return [name for name in records.header if not _is_none_of_its(name)]


def _is_none_of_its(name: str) -> bool:
    return is_why(name) or _UNNAMED.fullmatch(name) is not None


def _noun(header: list[str], kind: Kind, by: FileMapping | None) -> NounMapping:
    return mapping_of_kind(by or recognise_mapping(tuple(header), kind=kind), kind)


def _known(header: list[str], noun: NounMapping) -> list[str]:
    """List the names of columns that a kind of list knows."""
    return [name for name in header if noun.field_of(name) or noun.field_of(without_remark(name))]


def _tells_itself(names: list[str], noun: NounMapping, kind: Kind) -> bool:
    """Tell whether a column is one that a deal or a lead has, and lines about it need not have."""
    itself = (*ITSELF[kind], *ENDINGS, "lead_id", "source") if kind in ITSELF else ()
    return any(noun.field_of(name) in itself for name in names)


def is_of_anything(field: str, name: str) -> bool:
    """
    Tell whether a column, taken for a field, may stand in a list of anything.

    >>> is_of_anything("note", "Remarks"), is_of_anything("email", "E-Mail")
    (True, False)
    """
    words = _OF_ANYTHING.get(field)
    if words is not None:
        return key(name) in words
    return field in _ANYWHERE or field.startswith("details.")
