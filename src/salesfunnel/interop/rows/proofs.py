"""What the rows of a list prove about its dates and numbers, where no mapping says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Generic, TypeVar

import attrs

from ...errors import Text
from ...values.numbers import ascii_digits
from ..cells.amounts import amount_in
from ..cells.dates import day_comes_first, day_of_number, order_is_in_doubt
from ..cells.decimal_marks import decimal_mark_of, may_be_thousands
from ..cells.formats import FileFormat
from ..mapping.mapped_columns import MappedColumns
from ..mapping.noun_mapping import AMOUNTS, DATES
from .records import Record
from .row_fault import Refused, RowFault

_ENOUGH_ROWS = 1_000
_ENOUGH_PROOFS = 3
_LONGEST_PROOF = 64  # in letters: what is longer is no date and no number
_DAY_FIRST = Text(
    "day_first_proven",
    "dates are read with the day first, as row {row} proves ({count} in all)",
    "day_first in [format] of a mapping (--day-first, --no-day-first), if that is wrong",
)
_MONTH_FIRST = Text(
    "month_first_proven",
    "dates are read with the month first, as row {row} proves ({count} in all)",
    "day_first in [format] of a mapping (--day-first, --no-day-first), if that is wrong",
)
_DECIMALS = Text(
    "decimal_mark_proven",
    "decimals are read behind {mark!r}, as row {row} proves ({count} in all)",
    "decimal_mark in [format] of a mapping, if that is wrong",
)
GuessT = TypeVar("GuessT", bool, str)


def proven_format(
    columns: MappedColumns, rows: Iterable[Record | Refused]
) -> tuple[FileFormat, tuple[RowFault, ...]]:
    """
    Complete the format of a file by its first thousand rows, and say what was taken as proven.

    One ``31/03/2026`` proves that the day comes first, one ``1.234,50`` that a comma divides off
    the cents. Three such rows decide; fewer do where no more than twice as many cells are in
    doubt, so that one odd row does not change how the others are read. Three day numbers in a
    column of dates are days of a spreadsheet.

    >>> from salesfunnel.interop.mapping.mapping import load_mapping
    >>> plain = load_mapping("salesfunnel")
    >>> columns = MappedColumns(("Stage", "Amount"), plain.opportunity)
    >>> rows = [Record(2, ("won", "1.234,50")), Record(3, ("won", "3.100"))]
    >>> found, guesses = proven_format(columns, rows)
    >>> found.decimal_mark, str(guesses[0])
    (',', "decimals are read behind ',', as row 2 proves (1 in all); decimal_mark in [format] ...")
    """
    form = columns.format
    if columns.places.keys().isdisjoint((*DATES, *AMOUNTS)):
        return form, ()
    seen = [row for row in islice(rows, _ENOUGH_ROWS) if isinstance(row, Record)]
    dates, sums = columns.among(DATES), columns.among(AMOUNTS)
    order = _Proofs[bool](day_comes_first, order_is_in_doubt)
    mark = _Proofs[str](decimal_mark_of, may_be_thousands)
    for row in seen:
        order.look_at(row.row, _cells(columns, row, dates))
        amounts = map(amount_in, _cells(columns, row, sums))
        mark.look_at(row.row, (number for found in amounts for number, _ in found.parts))
    day_first, decimal_mark = order.decided(), mark.decided()
    guesses: list[RowFault] = []
    if day_first is not None and order.in_doubt:
        guesses.append(RowFault(_DAY_FIRST if day_first else _MONTH_FIRST, order.of(day_first)))
    if decimal_mark and mark.in_doubt:
        guesses.append(RowFault(_DECIMALS, {"mark": decimal_mark, **mark.of(decimal_mark)}))
    numbered = {field for field in dates if _has_day_numbers(columns, seen, field)}
    proven = attrs.evolve(
        form,
        day_numbers=form.day_numbers | numbered,
        day_first=form.day_first if day_first is None else day_first,
        decimal_mark=decimal_mark or form.decimal_mark,
    )
    return proven, tuple(guesses)


class _Proofs(Generic[GuessT]):
    """The rows that prove something, and the cells that can be read in two ways."""

    def __init__(
        self, proof: Callable[[str], GuessT | None], is_in_doubt: Callable[[str], bool]
    ) -> None:
        self._proof: Callable[[str], GuessT | None] = proof
        self._is_in_doubt = is_in_doubt
        self._rows: defaultdict[GuessT, list[int]] = defaultdict(list)
        self.in_doubt: set[str] = set()

    def look_at(self, row: int, texts: Iterable[str]) -> None:
        """Let a row prove one thing, however many cells of it do; two prove nothing."""
        proven: set[GuessT] = set()
        for text in texts:
            found = self._proof(text)
            if found is not None and found != "":
                proven.add(found)
            elif self._is_in_doubt(text):
                self.in_doubt.add(text)
        if len(proven) == 1:
            self._rows[proven.pop()].append(row)

    def decided(self) -> GuessT | None:
        """Return what most rows prove, where they are enough; nothing where as many contradict."""
        most = sorted(self._rows, key=lambda guess: len(self._rows[guess]), reverse=True)
        if not most:
            return None
        times, *others = (len(self._rows[guess]) for guess in most)
        if others and others[0] == times:
            return None
        return most[0] if times >= _ENOUGH_PROOFS or times * 2 >= len(self.in_doubt) else None

    def of(self, guess: GuessT) -> dict[str, object]:
        """Name the first row that proves it, and say how many there are."""
        return {"row": self._rows[guess][0], "count": len(self._rows[guess])}


def _has_day_numbers(columns: MappedColumns, rows: Iterable[Record], field: str) -> bool:
    numbers = (text for row in rows for text in _cells(columns, row, [field]))
    return len([*islice(filter(day_of_number, numbers), _ENOUGH_PROOFS)]) == _ENOUGH_PROOFS


def _cells(columns: MappedColumns, row: Record, fields: Iterable[str]) -> Iterator[str]:
    for field in fields:
        for place, _ in columns.places.get(field, ()):
            text = row.cells[place].strip()
            # What is no text proves nothing of how texts are written.
            if place not in row.exact and len(text) <= _LONGEST_PROOF:
                yield ascii_digits(text)
