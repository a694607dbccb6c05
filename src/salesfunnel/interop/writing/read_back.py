"""Reads again at once what is written, and counts the facts that did not come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import attrs

from ...errors import SalesFunnelError
from ..cells.plain_cells import are_all_plain, joined_texts
from ..cells.totals import is_total
from ..rows.row_outcomes import Accepted
from ..rows.told_parts import Told
from .fact_reasons import ROW, why_left_out
from .left_out import RETOLD, LeftOut
from .noun_facts import differing
from .tables import Cell
from .written_columns import WrittenColumns

_AT_ONCE = 500
_USUAL_AT_ONCE = 50
_LONGEST_TOTAL = 20


@attrs.define
class _Alike:
    """How many rows tell the same kinds of facts, and what is lost of each."""

    times: int = 0
    lost: Counter[str] = attrs.field(factory=Counter)


@attrs.define
class ReadBack:
    """
    Compares each noun with what its row is read as.

    Rows whose texts are plain, and that tell the same kinds of facts, lose the same: of those one
    is read for all.
    """

    columns: WrittenColumns
    read: Callable[[Sequence[Mapping[str, Any]]], Any]
    """Reads rows that are dictionaries."""
    as_found: Callable[[Cell], Cell] | None = None
    """Gives a cell as it will be found in the file."""
    blanks: frozenset[str] = frozenset()
    _usual: list[tuple[Any, Told, list[Cell]]] = attrs.field(factory=list, init=False)
    _pending: list[tuple[Any, list[Cell], _Alike | None]] = attrs.field(factory=list, init=False)
    _alike: dict[Hashable, _Alike] = attrs.field(factory=dict, init=False)
    _counts: Counter[str] = attrs.field(factory=Counter, init=False)
    _ids: set[str] = attrs.field(factory=set, init=False)

    def look_at(self, noun: Any, told: Told, row: list[Cell]) -> None:  # noqa: ANN401 - any noun
        """Look at a noun and its row, now or with the others."""
        before = len(self._ids)
        self._ids.add(noun.id)
        if len(self._ids) == before:
            self._counts["id"] += 1
        if not told.is_usual:
            self._put(noun, row, None)
            return
        self._usual.append((noun, told, row))
        if len(self._usual) >= _USUAL_AT_ONCE:
            self._sort_usual()

    def left_out(self) -> tuple[LeftOut, ...]:
        """List what did not come back, each kind of fact once."""
        self._sort_usual()
        self._read_pending()
        total = Counter(self._counts)
        for alike in self._alike.values():
            for place, count in alike.lost.items():
                total[place] += count * alike.times
        is_retold = total["pipeline"] >= total["stage"]
        retold = ("pipeline", "stage") if total["pipeline"] and is_retold else ()
        return tuple(
            LeftOut(
                place,
                total[place],
                RETOLD if place in retold else why_left_out(place, self.columns),
            )
            for place in sorted(+total)
        )

    def _sort_usual(self) -> None:
        """Look at the usual ones: of those that are alike one is read, if all texts are plain."""
        usual, self._usual = self._usual, []
        texts = [joined_texts(told.cells.values()) for _, told, _ in usual]
        is_sure = self.as_found is None and are_all_plain(texts, self.blanks)
        for (noun, told, row), text in zip(usual, texts, strict=True):
            if _may_be_total(row) or not (is_sure or self._is_sure(row, text)):
                self._put(noun, row, None)
                continue
            shape = (*told.cells, *told.shape, *self._rewritten(told))
            alike = self._alike.get(shape)
            if alike is None:
                alike = self._alike[shape] = _Alike()
                self._put(noun, row, alike)
            alike.times += 1

    def _is_sure(self, row: list[Cell], text: str) -> bool:
        is_same = self.as_found is None or all(self.as_found(cell) == cell for cell in row)
        return is_same and are_all_plain([text], self.blanks)

    def _rewritten(self, told: Told) -> list[Cell]:
        """Give the words that are read as others."""
        fields = self.columns.noun.rewritten
        return [told.cells.get(field) for field in fields] if fields else []

    def _put(self, noun: Any, row: list[Cell], alike: _Alike | None) -> None:  # noqa: ANN401 - as above
        self._pending.append((noun, row, alike))
        if len(self._pending) >= _AT_ONCE:
            self._read_pending()

    def _read_pending(self) -> None:
        pending, self._pending = self._pending, []
        if not pending:
            return
        rows = [self._as_row(row) for _, row, _ in pending]
        for (noun, _, alike), found in zip(pending, self._entities(rows), strict=True):
            lost = Counter([ROW]) if found is None else differing(noun, found)
            if alike is None:
                self._counts.update(lost)
            else:
                alike.lost = lost

    def _as_row(self, row: list[Cell]) -> dict[str, Cell]:
        cells = map(self.as_found, row) if self.as_found else row
        return dict(zip(self.columns.header, cells, strict=True))

    def _entities(self, rows: list[dict[str, Cell]]) -> list[Any]:
        """Read rows, and give of each what came of it; nothing of one that was refused."""
        try:
            outcomes = {found.row: found for found in self.read(rows)}
        except SalesFunnelError:
            return [None] * len(rows)
        found = [outcomes.get(number) for number in range(2, len(rows) + 2)]
        return [one.entity if isinstance(one, Accepted) else None for one in found]


def _may_be_total(row: list[Cell]) -> bool:
    """Tell whether a row would be taken for a sum of those above it."""
    first = next(filter(None, row), "")
    if type(first) is str and len(first) > _LONGEST_TOTAL:  # as nearly always
        return False
    return is_total(tuple([str(cell) for cell in row]))
