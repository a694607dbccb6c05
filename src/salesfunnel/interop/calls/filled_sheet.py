"""One sheet of a filled-in call sheet: where its columns stand, and what is odd about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from ...errors import Text
from ...values.numbers import ascii_digits
from ...values.text import shown
from ..cells.dates import day_comes_first
from ..rows.records import Record, Records
from ..rows.row_fault import Refused, RowFault
from .call_headers import KEPT, TO_FILL, TOLD, column_meant
from .call_questions import slot_of
from .call_words import CALL_WORDS, CallWords
from .filled_cells import FilledRow

_LONGEST_NAME = 60
_DAYS = ("called_on", "call_again")
_GONE = Text("call_column_gone", "the column {column} is gone{sheet}: nothing of it was read")
_STRANGE = Text(
    "call_column_strange",
    "{field}{sheet} does not belong to a call sheet; {filled:,} filled cells below it were not "
    "read",
    "the header as it was written, such as: Why? [need]",
)
_TWICE = Text("call_column_twice", "{field} is there twice{sheet}: only the first was read")


@attrs.define
class FilledSheet:
    r"""
    One sheet of a call sheet: its rows, and what is odd about its header.

    >>> from io import StringIO
    >>> from salesfunnel.interop.calls.filled_sheets import filled_sheets
    >>> [sheet] = filled_sheets(StringIO("Lead,Which problem? [need],Weather\n7,yes,fine"))[0]
    >>> [dict(row.answers) for row in sheet.rows()]
    [{'need': 'yes'}]
    >>> print(sheet.problems()[-1])
    Weather does not belong to a call sheet; 1 filled cells below it were not read; allowed: ...
    """

    records: Records
    name: str
    columns: dict[str, int] = attrs.field(factory=dict)
    slots: dict[str, int] = attrs.field(factory=dict)
    language: str = "en"
    strange: dict[int, int] = attrs.field(factory=dict)
    twice: list[int] = attrs.field(factory=list)

    @classmethod
    def of(cls, records: Records, name: str) -> FilledSheet | None:
        """Read the header; nothing where no column names the leads."""
        sheet = cls(records, name)
        for place, header in enumerate(records.header):
            meant = column_meant(header)
            slot = "" if meant else slot_of(header)
            if meant and meant[0] not in sheet.columns:
                sheet.columns[meant[0]] = place
                sheet.language = meant[1] if meant[0] == "lead" else sheet.language
            elif slot and slot not in sheet.slots:
                sheet.slots[slot] = place
            elif meant or slot:
                sheet.twice.append(place)
            else:
                sheet.strange[place] = 0
        return sheet if "lead" in sheet.columns else None

    @property
    def words(self) -> CallWords:
        """The words of its language."""
        return CALL_WORDS[self.language]

    def rows(self) -> Iterator[FilledRow | Refused]:
        """Go through the rows, and count what stands under strange headers."""
        header = self.records.header
        names = {name: header[place] for name, place in (self.columns | self.slots).items()}
        for record in self.records:
            if isinstance(record, Refused):
                yield record
                continue
            for place in self.strange:
                self.strange[place] += bool(record.cells[place].strip())
            yield FilledRow(
                self.name,
                record.row,
                _cells(record, self.columns),
                _cells(record, self.slots),
                names,
            )

    def day_first(self) -> bool | None:
        """Tell whether days begin with the day, if some of the days to be filled in say so."""
        places = [self.columns[name] for name in _DAYS if name in self.columns]
        days = (
            ascii_digits(record.cells[place].strip())
            for record in self.records
            if isinstance(record, Record)
            for place in places
        )
        said = {day_comes_first(day) for day in days if len(day) <= _LONGEST_NAME} - {None}
        return said.pop() if len(said) == 1 else None

    def problems(self) -> list[RowFault]:
        """Say which columns are gone, strange or there twice; after the rows were gone through."""
        gone = [name for name in (*TOLD, *TO_FILL, *KEPT) if name not in self.columns]
        header, sheet = self.records.header, {"sheet": _on(self.name)}
        found = [RowFault(_GONE, {**sheet, "column": self.words.headers[name]}) for name in gone]
        found += [
            RowFault(_TWICE, {**sheet, **_named(header[place])}, header[place])
            for place in self.twice
        ]
        return found + [
            RowFault(_STRANGE, {**sheet, **_named(header[place]), "filled": filled}, header[place])
            for place, filled in self.strange.items()
            if filled
        ]


def _on(sheet: str) -> str:
    """Name a sheet behind what stands on it; a CSV file has none to name."""
    return f" on {shown(sheet, limit=_LONGEST_NAME)}" if sheet else ""


def _named(header: str) -> dict[str, str]:
    return {"field": shown(header, limit=_LONGEST_NAME)}


def _cells(record: Record, places: Mapping[str, int]) -> dict[str, str]:
    return {name: record.cells[place].strip() for name, place in places.items()}
