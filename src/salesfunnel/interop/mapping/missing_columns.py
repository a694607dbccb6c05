"""The columns that a mapping of one's own asks for and a list has not: misspelt, it may be."""

from __future__ import annotations

from ...errors import Text, did_you_mean
from ...values.text import shown
from ..rows.row_fault import RowFault
from .mapped_columns import MappedColumns
from .noun_mapping import key

_LONGEST_COLUMN = 40
_MOST_LOOKED_AT = 100
_MISSING = Text("column_missing", "{asked}: the list has no column {header}")
_MISSPELT = Text(
    "column_missing_misspelt", "{asked}: the list has no column {header}", "did you mean {meant}?"
)


def missing_columns(columns: MappedColumns) -> tuple[RowFault, ...]:
    r"""
    Name the headers of each field of which a list has none, where a column of it is not known.

    A list of which each column is known has simply fewer columns than its mapping.

    >>> from salesfunnel.interop.mapping.mapping import read_mapping
    >>> ours = read_mapping('[lead.columns]\nperson = "Nom"\nemail = "Courier"', name="ours")
    >>> print(*missing_columns(MappedColumns(("Nom", "Courriel"), ours.lead)))
    email: the list has no column Courier; did you mean Courriel?
    """
    strange = _not_known(columns)
    asked = [(field, name) for field, name in columns.noun.asked if field not in columns.places]
    return tuple(_missing(field, name, strange) for field, name in asked) if strange else ()


def _not_known(columns: MappedColumns) -> dict[str, str]:
    """List the columns that are not read, or only kept with the rest, by their keys."""
    fields = set(columns.noun.columns.values())
    kept = (places for field, places in columns.places.items() if field not in fields)
    strange = [name for places in kept for _, name in places] if columns.noun.keep_unknown else []
    names = (*columns.unread, *strange)[:_MOST_LOOKED_AT]
    return {key(name): name for name in names}


def _missing(field: str, header: str, strange: dict[str, str]) -> RowFault:
    told = {"asked": field, "header": shown(header, limit=_LONGEST_COLUMN)}
    if meant := did_you_mean(key(header), strange):
        told["meant"] = shown(strange[meant], limit=_LONGEST_COLUMN)
        return RowFault(_MISSPELT, told)
    return RowFault(_MISSING, told)
