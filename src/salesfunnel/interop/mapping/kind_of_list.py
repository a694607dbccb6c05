"""Which kind of list a file is: of leads, deals, accounts, contacts or activities."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import TypeAlias

from ...errors import Text, UnreadableFile
from ..inputs.inputs import Readable, open_input
from ..rows.header import headers
from ..rows.records import Records
from .mapped_columns import MappedColumns
from .mapping import SHIPPED, FileMapping
from .mapping_choice import Kind, mapping_of_kind, recognise_mapping

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "leads": "lead",
        "deals": "opportunity",
        "accounts": "account",
        "contacts": "person",
        "activities": "activity",
    }
)
"""The kinds of lists by the words of those who have them."""

# Without one of these a list is not of the kind.
_NEEDED: Mapping[str, Collection[str]] = MappingProxyType(
    {
        "leads": ("person", "given_name", "family_name", "company"),
        "deals": ("stage", "outcome"),
        "accounts": ("name",),
        "contacts": ("person", "given_name", "family_name"),
        "activities": ("happened", "due"),
    }
)
_Known: TypeAlias = tuple[int, bool, int]  # by their names, in an export, by what these mean
_NOTHING: _Known = (0, False, 0)
_IN_DOUBT = Text(
    "kind_of_list_in_doubt",
    "may be a list of {kinds}",
    "say which it is (--kind {first})",
)
_OF_NO_KIND = Text(
    "list_of_no_kind",
    "has no columns by which it is a list of {kinds}",
    "name a mapping that knows them (--from FILE), and say which it is (--kind leads)",
)


def kind_of_list(
    input: Readable,
    *,
    mapping: FileMapping | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> str:
    r"""
    Tell of which kind a list is: the one of which most of its columns are known.

    Of two kinds that know as many, the one that the export of a system has is likelier.

    A mapping that names no columns at all, such as one of formats, leaves it to those.

    A list that is as well of one kind as of another is in doubt: `UnreadableFile` says so, as it
    does where no column tells the kind.

    >>> from io import StringIO
    >>> kind_of_list(StringIO("Deal,Stage,Amount\nPumps,Won,7"))
    'deals'
    """
    given = open_input(input, encoding=encoding, sheet=sheet)
    found: dict[str, _Known] = {}
    names = (mapping.header,) if mapping is not None and mapping.header else ()
    candidates = [Records(given, name, 0) for name in names] or headers(given)
    for records in candidates:
        for kind in KINDS:
            known = _known(records.header, kind, mapping)
            found[kind] = max(found.get(kind, _NOTHING), known)
    most = max(found.values(), default=_NOTHING)
    likeliest = [kind for kind, known in found.items() if known == most]
    if most > _NOTHING and len(likeliest) == 1:
        return likeliest[0]
    if most > _NOTHING:
        params = {"kinds": " or of ".join(likeliest), "first": likeliest[0]}
        raise UnreadableFile(given.name, _IN_DOUBT, params)
    raise UnreadableFile(given.name, _OF_NO_KIND, {"kinds": ", ".join(KINDS)})


def _known(header: tuple[str, ...], kind: str, mapping: FileMapping | None) -> _Known:
    """Count the columns known in a list of a kind, and say whether they are those of a system."""
    noun, needed = KINDS[kind], _NEEDED[kind]
    chosen = mapping
    if chosen is None or not any(mapping_of_kind(chosen, one).columns for one in KINDS.values()):
        chosen = recognise_mapping(header, kind=noun, needed=needed)
    columns = MappedColumns(header, mapping_of_kind(chosen, noun), chosen.format)
    if not columns.tells(*needed):
        return _NOTHING
    known = {name for name in header if columns.noun.field_of(name)}
    return len(known), chosen.name != SHIPPED[0], len(header) - len(columns.unread)
