"""The columns of a list that is to be written, and the words that stand in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat

import attrs

from ...errors import InvalidValue, Text
from ...values.frozen_map import FrozenMap
from ..mapping.mapping import FileMapping
from ..mapping.mapping_choice import Kind, mapping_of_kind
from ..mapping.noun_mapping import CLOCKS, SEVERAL, NounMapping, key
from .tables import Cell

BETWEEN_VALUES = "; "
"""What divides the values of a cell that holds several."""

_NO_COLUMNS = Text(
    "mapping_without_columns",
    "{field} {mapping} has no columns for lists of this kind",
    "a mapping with columns for it",
)
_NO_WORDS: FrozenMap[str, str] = FrozenMap()


def place_numbered(field: str, number: int) -> str:
    """
    Name the place of one of several values of a field.

    >>> place_numbered("phone", 1), place_numbered("phone", 2)
    ('phone', 'phone 2')
    """
    return field if number == 1 else f"{field} {number}"


@attrs.frozen
class WrittenColumns:
    """
    The headers of a list, each with the field that stands below it.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> columns = WrittenColumns.of(load_mapping("suitecrm"), "lead")
    >>> columns.fields[columns.header.index("Home Phone")]
    'phone 2'
    """

    noun: NounMapping
    header: tuple[str, ...]
    fields: tuple[str, ...]
    places: FrozenMap[str, tuple[str, ...]]
    """The places of a field that may have several columns, the first of them first."""
    lists: frozenset[str]
    """The places of which a cell holds several values."""

    @classmethod
    def of(cls, mapping: FileMapping, kind: Kind) -> WrittenColumns:
        """Take the headers of a mapping, the first of each field; of a header the first field."""
        noun = mapping_of_kind(mapping, kind)
        found: dict[str, tuple[str, str]] = {}
        places: dict[str, tuple[str, ...]] = {}
        lists = set[str]()
        for field, headers in noun.headers.items():
            written = headers if field in SEVERAL else headers[:1]
            for header in written if field not in CLOCKS else ():
                place = place_numbered(field, len(places.get(field, ())) + 1)
                if found.setdefault(key(header), (header, place)) == (header, place):
                    places[field] = (*places.get(field, ()), place)
                    lists |= {place} if header in noun.lists else set()
        if not found:
            raise InvalidValue("mapping", _NO_COLUMNS, {"mapping": mapping.name})
        header_row = tuple(name for name, _ in found.values())
        fields = tuple(place for _, place in found.values())
        return cls(noun, header_row, fields, FrozenMap(places), frozenset(lists))

    def has(self, field: str) -> bool:
        """Tell whether a field has a column."""
        return field in self.fields

    def demands(self, field: str) -> bool:
        """Tell whether the system takes no row without a field."""
        return (field,) in self.noun.required

    def demanded(self) -> Iterator[tuple[str, ...]]:
        """Give what the system takes no row without: each time one column, or one of several."""
        for fields in self.noun.required:
            if known := tuple(filter(self.has, fields)):
                yield known

    def header_of(self, fields: Sequence[str]) -> str:
        """
        Name one column, or several of which one is enough.

        >>> from salesfunnel.interop.mapping.mapping import load_mapping
        >>> WrittenColumns.of(load_mapping("vtiger"), "lead").header_of(["company", "mobile"])
        'Company or Mobile Phone'
        """
        return " or ".join(self.header[self.fields.index(field)] for field in fields)

    def filling(self, field: str, cells: Mapping[str, Cell]) -> Cell:
        """
        Return what the mapping has for a field that says nothing: a text, or what another says.

        >>> from salesfunnel.interop.mapping.mapping import load_mapping
        >>> columns = WrittenColumns.of(load_mapping("dynamics"), "lead")
        >>> columns.filling("details.topic", {"company": "", "person": "Sara Ahmadi"})
        'Sara Ahmadi'
        """
        given = self.noun.defaults.get(field, "") or self.noun.fills.get(field, "")
        if isinstance(given, str):
            return given
        return next((cells[one] for one in given if cells.get(one, "") != ""), "")

    def rows(self, told: Sequence[dict[str, Cell]]) -> Iterator[tuple[Cell, ...]]:
        """Put what is told of several, field by field, below the headers: column by column."""
        known = set[str]().union(*told)
        blank = [""] * len(told)
        columns = (
            map(dict.get, told, repeat(field), blank) if field in known else blank
            for field in self.fields
        )
        return zip(*columns, strict=True)

    def several(self, field: str, values: Sequence[str]) -> dict[str, str]:
        """
        Put several values into the columns of a field; a cell of lists takes those that are left.

        Values for which there is no column are left out.

        >>> from salesfunnel.interop.mapping.mapping import load_mapping
        >>> WrittenColumns.of(load_mapping("suitecrm"), "lead").several("mobile", ["1", "2"])
        {'mobile': '1'}
        """
        places = self.places.get(field, ())
        found = dict(zip(places, values, strict=False))
        if len(values) > len(places) and places and places[-1] in self.lists:
            found[places[-1]] = BETWEEN_VALUES.join(values[len(places) - 1 :])
        return found

    def room(self, field: str, wanted: int) -> int:
        """Tell for how many values of a field there is a place, if so many are wanted."""
        places = self.places.get(field, ())
        return wanted if places and places[-1] in self.lists else min(wanted, len(places))

    def word(self, field: str, meaning: str) -> str:
        """
        Return the word that the system has for a meaning; blank if it has words, but none for it.

        >>> from salesfunnel.interop.mapping.mapping import load_mapping
        >>> WrittenColumns.of(load_mapping("salesforce"), "lead").word("stage", "contacted")
        'Working - Contacted'
        """
        words = self.noun.told.get(field, _NO_WORDS)
        return words.get(meaning, "") if words else meaning

    def rewritten(self) -> Iterator[tuple[str, str]]:
        """Give each field of which words are read as others, with each of its places."""
        for field in self.noun.rewritten:
            yield from ((field, place) for place in self.places.get(field, ()))

    def written_back(self, field: str, meaning: Cell) -> Cell:
        r"""
        Return the word that is read as what stands in a cell; the cell itself where none is.

        >>> from salesfunnel.interop.mapping.mapping import read_mapping
        >>> text = '[lead.columns]\ncity = "Town"\n[lead.values.city]\nYerevan = "EVN"'
        >>> columns = WrittenColumns.of(read_mapping(text, name="ours"), "lead")
        >>> columns.written_back("city", "Yerevan"), columns.written_back("city", "Shiraz")
        ('EVN', 'Shiraz')
        """
        word = self.noun.told[field].get(meaning) if isinstance(meaning, str) else None
        is_so = word is not None and self.noun.rewritten[field].get(key(word)) == meaning
        return word if is_so else meaning
